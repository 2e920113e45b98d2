"""The dataset as a site to read and correct it by: an index of the corpus, and a page per document. No network is used.

Needs the extra ``planparse[report]``; with ``planparse[plots]`` the index has plots.
"""
