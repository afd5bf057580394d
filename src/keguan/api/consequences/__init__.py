"""Consequences over HTTP."""
