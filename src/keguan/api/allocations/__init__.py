"""Allocations and pools over HTTP."""
