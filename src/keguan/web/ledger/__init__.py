"""账本: the list of entries and its verification."""
