"""The rest of a draft's way, taken by others than its author, through the system's own actions."""

from __future__ import annotations

from tests.web.journey.conftest import Site

_SIGNING = """
from keguan.runtime.ledger.actions import Actor
from keguan.runtime.org.queries import staff_by_username
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import ReviewDraft, SignDraft

def actor(username):
    person = staff_by_username(username)
    return Actor(person.id, person.name, "web")

(card,) = [each for each in policies.drafts() if each.author_name == actor({author!r}).name]
ReviewDraft(actor=actor({reviewer!r}), draft_id=card.id, revision=card.revision, approve=True).run()
SignDraft(actor=actor({signer!r}), draft_id=card.id, revision=card.revision).run()
"""


def published_by(site: Site, author: str, reviewer: str, signer: str) -> None:
    """Review and sign the one draft that its author has submitted."""
    site.home.script(_SIGNING.format(author=author, reviewer=reviewer, signer=signer))
