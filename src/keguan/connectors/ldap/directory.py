"""Asking a directory whether a password is somebody's: find the one entry, then bind as it (RFC 4513, 5.1.3)."""

from __future__ import annotations

import logging
import ssl
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings

if TYPE_CHECKING:
    import ldap3

SECONDS = 5
LONGEST = 256
"""Characters of a name or password that are sent."""

_log = logging.getLogger(__name__)


class LdapDirectory:
    """The directory that ``settings.LDAP`` names."""

    code = "ldap"

    def configured(self) -> bool:
        """Whether an address and a base are named."""
        return bool(settings.LDAP["url"] and settings.LDAP["base"])

    def subject(self, username: str, password: str) -> str | None:
        """The unchanging id (``entryUUID``, ``objectGUID``) of the entry with this name and password.

        None for a wrong name or password, for two entries of one name, and when the directory does not answer. An empty
        password is never asked: a directory would take it for an anonymous bind, and say yes (RFC 4513, 5.1.2).
        """
        if not password or not username or "\0" in username + password or max(len(username), len(password)) > LONGEST:
            return None
        try:
            from ldap3.core.exceptions import LDAPException
        except ModuleNotFoundError:
            _log.error("KEGUAN_LDAP_URL is set, but the extra keguan[ldap] is not installed")
            return None
        try:
            return self._proven(username, password)
        except LDAPException as error:
            _log.warning("the directory could not be asked", extra={"facts": {"error": type(error).__name__}})
            return None

    def _proven(self, username: str, password: str) -> str | None:
        found = self._entry(username)
        if found is None:
            return None
        name, subject = found
        with self._connection(name, password) as bound:
            return subject if bound.bind() else None

    def _entry(self, username: str) -> tuple[str, str] | None:
        """The distinguished name and the id of the one entry with this name."""
        from ldap3 import SUBTREE
        from ldap3.utils.conv import escape_filter_chars

        named, identified = settings.LDAP["name"], settings.LDAP["subject"]
        with self._connection(settings.LDAP["bind"], settings.LDAP["password"]) as service:
            if not service.bind():
                _log.warning("the directory refuses the service account")
                return None
            service.search(
                settings.LDAP["base"],
                f"({named}={escape_filter_chars(username)})",
                SUBTREE,
                attributes=[identified],
                size_limit=2,
            )
            entries = [each for each in service.response or () if each.get("type") == "searchResEntry"]
        if len(entries) != 1:
            return None
        subject = _text(entries[0]["raw_attributes"].get(identified))
        return (entries[0]["dn"], subject) if subject else None

    def _connection(self, name: str, password: str) -> ldap3.Connection:
        """A connection that is not bound yet; encrypted unless the directory is on this very machine."""
        import ldap3

        where = urlsplit(settings.LDAP["url"])
        tls = ldap3.Tls(validate=ssl.CERT_REQUIRED, ca_certs_file=settings.LDAP["certificates"] or None)
        server = ldap3.Server(
            where.hostname or "", where.port, use_ssl=where.scheme == "ldaps", tls=tls, connect_timeout=SECONDS
        )
        anonymous = not name
        connection = ldap3.Connection(
            server,
            user=None if anonymous else name,
            password=None if anonymous else password,
            authentication=ldap3.ANONYMOUS if anonymous else ldap3.SIMPLE,
            receive_timeout=SECONDS,
            auto_referrals=False,
            read_only=True,
        )
        if where.scheme != "ldaps" and where.hostname not in {"localhost", "127.0.0.1", "::1"}:
            connection.start_tls()
        return connection


def _text(values: Any) -> str:
    """The one value of an attribute: as text, or in hex where it is no text (``objectGUID``)."""
    if not isinstance(values, list) or len(values) != 1:
        return ""
    raw = bytes(values[0])
    try:
        text = raw.decode("ascii")
    except UnicodeDecodeError:
        return raw.hex()
    return text if text.isprintable() else raw.hex()
