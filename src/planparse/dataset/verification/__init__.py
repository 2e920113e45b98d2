"""Every record of a dataset against the source text that it was read from: what was altered since, or never stood there, is found."""

from planparse.dataset.verification.faults import Fault
from planparse.dataset.verification.verifying import Verified, verify

__all__ = ["Fault", "Verified", "verify"]
