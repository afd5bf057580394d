"""Backups: everything that is kept, in one encrypted file, and back again into an empty system."""
