"""Nobody holds two of the three administrators, nor two roles that exclude each other: not on one day, not for any
units, and not as a deputy for such a holder.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.ledger.refusal import Refused
from keguan.runtime.org.holding import Clash, Post, Stand, acting_for, clashes
from keguan.runtime.org.models import Appointment, Deputy, Staff
from keguan.runtime.org.role_rules import RoleRules, rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet

    from keguan.runtime.org.holding import Key

_CHANGING = 0x6B67_7002  # the advisory lock's number on PostgreSQL: ours alone


def one_at_a_time() -> None:
    """Let nobody else change who holds what until the transaction ends: two who each see nothing wrong could together
    make what is forbidden. On SQLite a transaction that writes is alone already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHANGING])


def refuse_post(staff_id: int, role: str, since: date, until: date | None) -> None:
    """Raise ``Refused`` (``org.apart``) where giving this role would put two into one person's hands that exclude each
    other: the person's own, or those of whoever acts for them.
    """
    said = rules()
    if role in said.roles:
        posts, stands = _around({staff_id}, said, min(since, clock.today()))
        new = Post(("appointment", 0), staff_id, role, since, until or date.max)
        _refuse(new.key, acting_for(staff_id, stands), [*posts, new], stands, said)


def refuse_stand(staff_id: int, deputy_id: int, since: date, until: date | None) -> None:
    """Raise ``Refused`` (``org.apart``) where acting for the person would do so."""
    said = rules()
    if said.apart:
        posts, stands = _around({staff_id, deputy_id}, said, since)
        new = Stand(("deputy", 0), staff_id, deputy_id, since, until or date.max)
        _refuse(new.key, acting_for(deputy_id, stands), posts, [*stands, new], said)


def _refuse(
    key: Key, people: Iterable[int], posts: Collection[Post], stands: Collection[Stand], said: RoleRules
) -> None:
    wrong = next((clash for clash in clashes(people, posts, stands, said) if key in clash.keys), None)
    if wrong is None:
        return
    first, second = wrong.roles
    three = frozenset(wrong.roles) in said.administrators
    sentence = (
        _("没有办理：从%(since)s起，%(name)s手里会同时有“%(first)s”和“%(second)s”，这是三员中的两员，必须分开。")
        if three
        else _("没有办理：从%(since)s起，%(name)s手里会同时有“%(first)s”和“%(second)s”，按制度两者互斥。")
    )
    name = Staff.objects.values_list("name", flat=True).get(pk=wrong.staff_id)
    values = {"since": wrong.since, "name": name, "first": said.called(first), "second": said.called(second)}
    raise Refused("org.apart", sentence % values, {"role": sentence % values})


def separate() -> int:
    """Take the effect from whatever a publication has made forbidden, and give it back where it is so no longer. Gives
    how many rows changed. Inside a transaction, or in one of its own.

    The newer of two appointments yields, and every deputyship to an appointment: those who were there first go on.
    """
    with transaction.atomic():
        one_at_a_time()
        barred = _forbidden(rules())
        changed = _mark("appointment", barred) + _mark("deputy", barred)
        append(SYSTEM, changed)
    return len(changed)


def look_again() -> int:
    """As ``separate``, every minute: a policy may come into force at midnight. Five queries at most without news."""
    return separate() if _forbidden(rules()) != _barred("appointment") | _barred("deputy") else 0


def would_yield(said: RoleRules) -> tuple[Clash, ...]:
    """What would lose its effect under these rules; ``keys`` is that one row. Two queries."""
    if not said.apart:
        return ()
    posts, stands = _rows(said, clock.today())
    kept_posts: list[Post] = []
    kept_stands: list[Stand] = []
    found = []
    for post in posts:
        people = acting_for(post.staff_id, kept_stands)
        wrong = [each for each in clashes(people, [*kept_posts, post], kept_stands, said) if post.key in each.keys]
        if wrong:
            found.append(Clash(post.staff_id, wrong[0].roles, wrong[0].since, frozenset({post.key})))
        else:
            kept_posts.append(post)
    for stand in stands:
        people = acting_for(stand.deputy_id, kept_stands)
        wrong = [each for each in clashes(people, kept_posts, [*kept_stands, stand], said) if stand.key in each.keys]
        if wrong:
            found.append(Clash(stand.deputy_id, wrong[0].roles, wrong[0].since, frozenset({stand.key})))
        else:
            kept_stands.append(stand)
    return tuple(found)


def _forbidden(said: RoleRules) -> set[Key]:
    return {key for clash in would_yield(said) for key in clash.keys}


def _barred(kind: str) -> set[Key]:
    return {(kind, row_id) for row_id in _table(kind).filter(barred=True).values_list("id", flat=True)}


def _mark(kind: str, barred: Collection[Key]) -> list[Record]:
    now, wanted = _barred(kind), {key for key in barred if key[0] == kind}
    fresh, over = sorted(row_id for _, row_id in wanted - now), sorted(row_id for _, row_id in now - wanted)
    if fresh:
        _table(kind).filter(pk__in=fresh).update(barred=True)
    if over:
        _table(kind).filter(pk__in=over).update(barred=False)
    told = [Record("org.barred", kind, row_id) for row_id in fresh]
    return [*told, *(Record("org.unbarred", kind, row_id) for row_id in over)]


def _table(kind: str) -> QuerySet[Appointment] | QuerySet[Deputy]:
    return Appointment.objects.all() if kind == "appointment" else Deputy.objects.all()


def _around(people: Collection[int], said: RoleRules, since: date) -> tuple[list[Post], list[Stand]]:
    """What is in force on any day from then on, of everybody whom a chain of deputies joins to these people."""
    every_post, every_stand = _rows(said, since, barred=False)
    near: set[int] = set()
    asked = set(people)
    while asked:
        near |= asked
        joined = {(stand.staff_id, stand.deputy_id) for stand in every_stand}
        asked = {each for pair in joined if near & set(pair) for each in pair} - near
    return (
        [post for post in every_post if post.staff_id in near],
        [stand for stand in every_stand if stand.staff_id in near],
    )


def _rows(said: RoleRules, since: date, barred: bool | None = None) -> tuple[list[Post], list[Stand]]:
    lasting = Q(until=None) | Q(until__gte=since)
    if barred is not None:
        lasting &= Q(barred=barred)
    given = Appointment.objects.filter(lasting, role__in=said.roles).order_by("id")
    acting = Deputy.objects.filter(lasting).order_by("id")
    return (
        [
            Post(("appointment", pk), staff_id, role, first, last or date.max)
            for pk, staff_id, role, first, last in given.values_list("id", "staff_id", "role", "since", "until")
        ],
        [
            Stand(("deputy", pk), staff_id, deputy_id, first, last or date.max)
            for pk, staff_id, deputy_id, first, last in acting.values_list(
                "id", "staff_id", "deputy_id", "since", "until"
            )
        ],
    )
