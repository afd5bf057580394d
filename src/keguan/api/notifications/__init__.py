"""Notices and deliveries over HTTP."""
