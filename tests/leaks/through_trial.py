"""Trying a draft of the policy on the live customers, taking the result away, and looking at it from every other side.

A policy on paper (``policies.printing``) is no exit: it holds the policy's words and names of staff, which all staff
read, and no value of any record.
"""

from __future__ import annotations

import re

from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import StartDraft
from keguan.web.policies.draft import PREFIX
from tests.leaks.world import Person, World

WORDS = re.compile(r"<article.*?</article>", re.DOTALL)
"""The clauses themselves, as they would stand."""
SIDES = ("check", "preview", "changes", "trial", "trial/csv", "trial/json", "process")


def drive(world: World, person: Person) -> str:
    """Every side of a draft by which the customer falls out of grade A."""
    source = next(each for each in policies.current().sources if each.id == "property-developer")
    files = {name: text.replace(">= 5000万", ">= 9000万") for name, text in source.files.items()}
    number = StartDraft(actor=SYSTEM, pack=source.id).run()
    posted = {PREFIX + name: text for name, text in files.items()}
    answers = [person.client.post(f"/policies/{source.id}/drafts/{number}/{side}/", posted) for side in SIDES]
    return WORDS.sub("", "".join(answer.content.decode() for answer in answers))
