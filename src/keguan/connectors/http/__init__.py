"""Calling outside systems over HTTP: one client for all connectors, guarded and impatient."""

from __future__ import annotations
