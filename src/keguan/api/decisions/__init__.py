"""Grades and their reasons over HTTP."""
