"""Whose records are, whose they were, and how they change hands."""
