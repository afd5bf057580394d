"""Permits: rights that approved cases give one person, for a while and a number of times."""
