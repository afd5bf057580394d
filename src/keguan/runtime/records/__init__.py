"""The records themselves: their tables, how they are changed, found and read."""
