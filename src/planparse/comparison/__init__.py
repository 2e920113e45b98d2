"""Two datasets, or two versions of a plan: what came, went or changed."""

from planparse.comparison.comparing import compare
from planparse.comparison.model import Change, Comparison, DocumentChange, Field
from planparse.comparison.versions import Version, version

__all__ = ["Change", "Comparison", "DocumentChange", "Field", "Version", "compare", "version"]
