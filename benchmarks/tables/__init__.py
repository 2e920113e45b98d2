"""There and back: made tables, set on every surface that plans use, read again, row by row."""
