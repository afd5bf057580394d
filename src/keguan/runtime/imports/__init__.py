"""Bringing spreadsheets in: read, map, try, import in batches that can die at any line, give bad rows back."""
