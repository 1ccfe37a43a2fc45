"""The journal's arithmetic once more: slow, exact, one fill after the other.

Written from the rule contract alone, without a look at `journal.book`, so that two readings of
one page can be held against each other.
"""
