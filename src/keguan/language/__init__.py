"""The policy language: text in, decisions out. Pure Python; ``api`` is the only door."""
