"""Chinese government plans, read into a dataset."""

__version__ = "0.1.0"
