"""Changing many records at once, each judged by itself."""
