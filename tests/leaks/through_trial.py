"""Trying a draft of the policy on the live customers. The policy's own text is everybody's and is taken out."""

from __future__ import annotations

from keguan.runtime.policies import queries as policies
from keguan.web.policies.draft import PREFIX
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """The trial of a draft by which the customer falls out of grade A."""
    source = next(each for each in policies.current().sources if each.id == "property-developer")
    draft = {PREFIX + name: text.replace(">= 5000万", ">= 9000万") for name, text in source.files.items()}
    response = person.client.post("/policies/property-developer/trial/", draft)
    return response.content.decode()
