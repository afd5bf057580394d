"""Sharing records out among people, and pools from which people claim them."""
