"""API tokens: issued once, kept as a hash, ended by day or by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.org.actions import SetActive
from keguan.runtime.tokens import queries as tokens
from keguan.runtime.tokens.actions import Issued, IssueToken, RevokeToken
from keguan.runtime.tokens.models import ApiToken
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from datetime import datetime

    from tests.cast import Cast


def issue(cast: Cast, **changed: object) -> Issued:
    """林晓's token for reading records, for thirty days, unless changed."""
    given = {
        "actor": cast.lin_xiao.actor,
        "staff_id": cast.lin_xiao.id,
        "label": "每日报表",
        "scopes": frozenset({Scope.RECORDS_READ}),
        "days": 30,
    }
    return IssueToken(**{**given, **changed}).run()


def test_a_token_is_found_by_its_secret_and_by_nothing_else(cast: Cast) -> None:
    """The secret finds the token; the database keeps no part of it."""
    issued = issue(cast)
    found = tokens.by_secret(issued.secret)
    assert found is not None
    assert (found.staff_id, found.scopes) == (cast.lin_xiao.id, {"records:read"})
    assert tokens.by_secret(issued.secret[:-1]) is None
    assert issued.secret[3:] not in str(ApiToken.objects.values().get(pk=issued.id))


def test_a_token_ends_on_its_day(cast: Cast, afternoon: datetime) -> None:
    """A token works until its last second and not after."""
    issued = issue(cast, days=1)
    clock.advance(timedelta(days=1, seconds=-1))
    assert tokens.by_secret(issued.secret) is not None
    clock.advance(timedelta(seconds=1))
    assert tokens.by_secret(issued.secret) is None


def test_a_revoked_token_no_longer_works(cast: Cast) -> None:
    """Its owner ends a token, and the ledger says so."""
    issued = issue(cast)
    RevokeToken(actor=cast.lin_xiao.actor, token_id=issued.id).run()
    assert tokens.by_secret(issued.secret) is None
    entry = ledger.entries_page().entries[0]
    assert (entry.action, entry.subject_id, entry.actor_name) == ("tokens.revoke", str(issued.id), "林晓")


def test_nobody_ends_somebody_elses_token(cast: Cast) -> None:
    """方明 cannot revoke 林晓's token; it goes on working and nothing is logged."""
    issued = issue(cast)
    before = ledger.entries_page().entries[0].id
    with pytest.raises(Refused) as refusal:
        RevokeToken(actor=cast.fang_ming.actor, token_id=issued.id).run()
    assert refusal.value.code == "tokens.missing"
    assert tokens.by_secret(issued.secret) is not None
    assert ledger.entries_page().entries[0].id == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"label": " "}, "label"),
        ({"scopes": frozenset()}, "scopes"),
        ({"scopes": frozenset({"everything"})}, "scopes"),
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
    ],
)
def test_an_unclear_token_is_not_issued(cast: Cast, changed: dict[str, object], field: str) -> None:
    """A token without a use, with no or unknown scopes, or with an odd life is refused and not stored."""
    with pytest.raises(Refused) as refusal:
        issue(cast, **changed)
    assert set(refusal.value.fields) == {field}
    assert ApiToken.objects.count() == 0


def test_the_ledger_never_holds_the_secret(cast: Cast) -> None:
    """Issuing is an entry with scopes and life, without the secret."""
    issued = issue(cast)
    entry = ledger.entries_page().entries[0]
    assert entry.data == {"staff": cast.lin_xiao.id, "label": "每日报表", "scopes": ["records:read"], "days": 30}
    assert issued.secret not in str(entry)


def test_nobody_issues_a_token_for_somebody_else(cast: Cast) -> None:
    """管理 cannot make a token that acts as 林晓; none is stored."""
    with pytest.raises(Refused) as refusal:
        issue(cast, actor=cast.guan_li.actor)
    assert refusal.value.code == "tokens.forbidden"
    assert ApiToken.objects.count() == 0


def test_a_token_is_for_something_short(cast: Cast) -> None:
    """81 characters are refused in a sentence, on either engine."""
    with pytest.raises(Refused) as caught:
        issue(cast, label="长" * 81)
    assert list(caught.value.fields) == ["label"]


def test_a_token_ends_with_its_owners_account(cast: Cast) -> None:
    """Whoever has left acts through no program either; the token stays listed, and works again if they come back."""
    issued = issue(cast)
    SetActive(actor=SYSTEM, staff_id=cast.lin_xiao.id, active=False).run()
    assert tokens.by_secret(issued.secret) is None
    SetActive(actor=SYSTEM, staff_id=cast.lin_xiao.id, active=True).run()
    assert tokens.by_secret(issued.secret) is not None
