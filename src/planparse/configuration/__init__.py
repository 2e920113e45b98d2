"""What a user sets for a corpus of their own: ``planparse.toml``, or ``[tool.planparse]`` in ``pyproject.toml``."""

from planparse.configuration.loading import Configured, configured, find
from planparse.configuration.settings import Settings

__all__ = ["Configured", "Settings", "configured", "find"]
