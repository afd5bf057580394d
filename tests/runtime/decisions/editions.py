"""Later editions of the property developer's policy, made from the text in force."""

from __future__ import annotations

from keguan.language.source import PackSource
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.queries import current

DEVELOPER = "property-developer"


def edition(version: str, *changes: tuple[str, str], effective: str = "2026-01-01") -> PackSource:
    """The policy in force with another number and day and some words changed; each change must be found once."""
    source = next(source for source in current().sources if source.id == DEVELOPER)
    text = source.files["policy.md"]
    policy = current().model.policies[DEVELOPER]
    header = (
        (f"version: {policy.version}", f"version: {version}"),
        ("effective: 2026-01-01", f"effective: {effective}"),
    )
    for before, after in (*header, *changes):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return PackSource(DEVELOPER, {**source.files, "policy.md": text})


SIX_MILLION = (">= 800万", ">= 600万")


def publish(source: PackSource) -> None:
    """As the system."""
    Publish(actor=SYSTEM, packs=(source,)).run()
