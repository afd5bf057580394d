"""Exports: files that leave the house, marked, logged and gone again; and records on paper."""
