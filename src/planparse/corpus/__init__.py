"""Many documents: find them, leave out what is unchanged, let an engine read the rest, publish the dataset."""

from planparse.corpus.discovery import discover
from planparse.corpus.run import ingest
from planparse.corpus.summary import Stage, Summary

__all__ = ["Stage", "Summary", "discover", "ingest"]
