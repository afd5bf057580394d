"""Units, staff and who is appointed to what."""
