"""What people are called, and whom a name means."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from keguan.runtime.org.models import Staff
from keguan.runtime.org.queries.people import names, staff_by_username, staff_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_memo: ContextVar[dict[int, str] | None] = ContextVar("names_of_staff", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Within this block (one request, one job) everybody's name is looked up once."""
    token = _memo.set({})
    try:
        yield
    finally:
        _memo.reset(token)


def learn_names(staff_ids: Iterable[int]) -> dict[int, str]:
    """The names of these people by id, all looked up at once, and remembered within a block for ``name_of``: one query,
    none for those known already.
    """
    memo = _memo.get()
    known = {} if memo is None else memo
    wanted = set(staff_ids)
    if unknown := wanted - known.keys():
        known.update(names(unknown))
    return {each: known[each] for each in wanted & known.keys()}


def name_of(staff_id: int) -> str:
    """What a person is called; ``#7`` for a number that nobody has. One query, none when remembered."""
    memo = _memo.get()
    if memo is None:
        memo = {}
    if staff_id not in memo:
        memo[staff_id] = names((staff_id,)).get(staff_id, f"#{staff_id}")
    return memo[staff_id]


def written_name(staff_id: int) -> str:
    """A person as they stand in a form: ``周敏（zhoumin）``, which means nobody else. One query."""
    found = Staff.objects.filter(pk=staff_id).values_list("name", "username").first()
    return f"#{staff_id}" if found is None else f"{found[0]}（{found[1]}）"


def meant(text: str) -> tuple[int, ...]:
    """The ids of those whom ``text`` may mean: a sign-in name, ``周敏（zhoumin）``, or a name; of several of one name
    those who still work here, if there are any. At most three queries.
    """
    said = text.strip()
    account = said.rstrip("）)").rpartition("（" if "（" in said else "(")[2].strip()
    for username in dict.fromkeys((said, account)):
        person = staff_by_username(username)
        if person is not None and (username == said or said.startswith(person.name)):
            return (person.id,)
    found = staff_named((said, "".join(said.split())))
    if len(found) > 1:
        open_ = Staff.objects.filter(pk__in=found, is_active=True).values_list("id", flat=True)
        found = frozenset(open_) or found
    return tuple(sorted(found))
