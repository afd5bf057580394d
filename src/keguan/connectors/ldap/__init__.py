"""Passwords checked by a company's directory (LDAP)."""

from __future__ import annotations

from keguan.connectors.ldap.directory import LdapDirectory

DIRECTORIES = (LdapDirectory(),)
"""The doors that sign-in finds here."""
