"""What a user sets for a corpus of their own: ``planparse.toml``, or ``[tool.planparse]`` in ``pyproject.toml``."""

from planparse.configuration.loading import Configured, configured, find

__all__ = ["Configured", "configured", "find"]
