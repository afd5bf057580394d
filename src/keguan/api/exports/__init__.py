"""Exports and permits over HTTP."""
