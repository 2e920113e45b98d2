"""One document's way from bytes to records: the only file that states the order of the stages."""
