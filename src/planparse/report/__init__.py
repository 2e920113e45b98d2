"""The dataset as a site to read and correct it by: an index of the corpus, a page of all records, and one per document. No network is used.

Needs Jinja2; with matplotlib the index has plots.
"""
