"""What a person at a terminal sees: progress, summaries, and the inside of a document."""
