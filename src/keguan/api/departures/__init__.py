"""Departures over HTTP."""
