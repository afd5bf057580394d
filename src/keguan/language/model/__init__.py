"""What packs mean once every name is resolved and every expression typed."""
