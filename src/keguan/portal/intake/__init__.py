"""A customer begins a case, asks about it, takes it back."""
