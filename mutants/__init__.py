"""Are the tests able to fail? Small changes to the code and its words, one at a time, and whether the fast tests notice.

    python -m mutants --sample 150 --seed 1       a sample, the same share of every area
    python -m mutants --sample 0 --only outline/titles.py     all changes of one file
    python -m mutants --list                      what could be changed, by area

Nothing in the checkout is touched: package and tests are copied to a temporary directory, without ``../shared``.
"""
