"""Publishing is all or nothing, and only ever forward."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils.translation import override

from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.policies import hooks
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.models import PolicyVersion, Publication
from keguan.runtime.policies.queries import current, latest
from keguan.runtime.policies.refusals import PolicyRefused
from keguan.runtime.policies.stored import existing_columns, existing_tables
from tests.runtime.policies.shelf import club

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from keguan.language.model.model import Model
    from keguan.language.source import PackSource
    from tests.cast import Cast

ADDED = "| 入会日 | joined_on | Joined on | 日期 | | 身份 | 一般 |\n"


def publish(*packs: PackSource, effective: date | None = None) -> None:
    """As the system."""
    Publish(actor=SYSTEM, packs=packs, effective=effective).run()


def kept() -> tuple[int, int, int | None, frozenset[str]]:
    """Everything that a publication leaves behind."""
    newest = entries_page(size=1).entries
    return (
        PolicyVersion.objects.count(),
        Publication.objects.count(),
        newest[0].id if newest else None,
        existing_tables(),
    )


def test_a_published_pack_is_in_force_with_the_others(company: Cast) -> None:
    """After publishing, the model has the new record type beside those of the other packs, and its tables exist."""
    before = current()
    publish(club())
    after = current()
    assert "member" not in before.model.record_types
    assert {"member", "customer", "purchase_contract"} <= set(after.model.record_types)
    assert after.publication_id > before.publication_id
    assert {"rec_member", "his_member_level", "tok_member"} <= existing_tables()


def test_publishing_is_written_down(company: Cast, settings: SettingsWrapper) -> None:
    """The ledger names who published which version from which day."""
    settings.PUBLISHING = "direct"
    Publish(actor=company.zhou_min.actor, packs=(club(),)).run()
    (entry, *_rest) = entries_page(filters=EntryFilters(action="policies.publish")).entries
    assert (entry.actor_name, entry.subject_id) == ("周敏", "club")
    assert (entry.data["version"], entry.data["publications"]) == ("1.0.0", [current().publication_id])


def test_a_later_version_adds_columns(company: Cast) -> None:
    """A field added by the next version becomes a column of the same table."""
    publish(club())
    publish(club("1.1.0", fields=ADDED))
    assert "joined_on" in existing_columns("rec_member")
    assert current().model.policies["club"].version == "1.1.0"


def test_an_error_in_the_text_is_refused_with_its_place(company: Cast) -> None:
    """A decision over a name that nothing has is refused with diagnostics, and nothing is left behind."""
    before = kept()
    broken = club().files["policy.md"].replace("| 积分 | → 级别 (level) |", "| 积份 | → 级别 (level) |")
    with pytest.raises(PolicyRefused) as refusal:
        publish(type(club())("club", {"policy.md": broken}))
    assert refusal.value.code == "policies.invalid"
    assert any(found.span.line == broken[: broken.index("积份")].count("\n") + 1 for found in refusal.value.diagnostics)
    assert kept() == before


def test_a_refusal_names_its_first_error_in_the_language_spoken(company: Cast) -> None:
    """The English sentence holds the error's English sentence, and ends as it does."""
    broken = club().files["policy.md"].replace("| 积分 | → 级别 (level) |", "| 积份 | → 级别 (level) |")
    with override("en"), pytest.raises(PolicyRefused) as refusal:
        publish(type(club())("club", {"policy.md": broken}))
    first = refusal.value.diagnostics[0]
    assert first.message("en").endswith("?")  # a sentence that ends by itself gets no full stop
    assert refusal.value.message.endswith(": " + first.message("en"))


@pytest.mark.parametrize("version", ["1.2.0", "1.1.9", "0.10.0"])
def test_the_version_must_grow(company: Cast, version: str) -> None:
    """A changed text under the same or a smaller number is refused, and the version in force stays."""
    publish(club("1.2.0"))
    before = kept()
    with pytest.raises(Refused, match=r"policies\.version"):
        publish(club(version, threshold=200))
    assert kept() == before
    assert current().model.policies["club"].version == "1.2.0"


def test_the_same_text_under_a_new_number_is_refused(company: Cast) -> None:
    """A new number without a new word is not published."""
    publish(club("1.0.0"))
    before = kept()
    with pytest.raises(Refused, match=r"policies\.unchanged"):
        publish(club("2.0.0"))
    assert kept() == before


def test_a_failing_hook_leaves_nothing(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """When what should happen with a publication fails at the very end, no row, table or entry of it is left."""

    def fail(old: Model | None, new: Model) -> None:
        raise RuntimeError("the last hook fails")

    monkeypatch.setattr(hooks, "_hooks", [*hooks._hooks, fail])
    before, in_force = kept(), current()
    with pytest.raises(RuntimeError, match="the last hook fails"):
        publish(club())
    assert kept() == before
    assert current().publication_id == in_force.publication_id
    assert "rec_member" not in existing_tables()


def test_whoever_may_not_publish_is_refused(company: Cast, settings: SettingsWrapper) -> None:
    """林晓 sells and may not publish; 周敏 may."""
    settings.PUBLISHING = "direct"
    before = kept()
    with pytest.raises(Refused, match="not_permitted"):
        Publish(actor=company.lin_xiao.actor, packs=(club(),)).run()
    assert kept() == before
    Publish(actor=company.zhou_min.actor, packs=(club(),)).run()
    assert "club" in current().model.policies


def test_a_draft_that_was_overtaken_is_refused(company: Cast) -> None:
    """Whoever started from a publication that is not the last any more is told so."""
    started = current().publication_id
    publish(club())
    before = kept()
    with pytest.raises(Refused, match=r"policies\.overtaken"):
        Publish(actor=SYSTEM, packs=(club("1.1.0", threshold=50),), based_on=started).run()
    assert kept() == before


@pytest.mark.usefixtures("company", "afternoon")
class TestDays:
    """A version takes force on its day, by the clock."""

    def test_a_version_waits_for_its_day(self) -> None:
        """Published for the first of December, it is not in force on the thirtieth of November and is a day later."""
        publish(club())
        publish(club("2.0.0", "2026-12-01", threshold=50, fields=ADDED))
        assert current().model.policies["club"].version == "1.0.0"
        assert "joined_on" in existing_columns("rec_member")  # the table is ready before the day
        with clock.hold(datetime(2026, 11, 30, 15, 59, tzinfo=UTC)):
            assert current().model.policies["club"].version == "1.0.0"
        with clock.hold(datetime(2026, 11, 30, 16, 0, tzinfo=UTC)):  # midnight in the company's time zone
            assert current().model.policies["club"].version == "2.0.0"

    def test_a_newer_version_takes_the_place_of_one_that_waits(self) -> None:
        """A correction in force at once is still in force when the day of the older, waiting version comes."""
        publish(club())
        publish(club("2.0.0", "2026-12-01", threshold=50))
        publish(club("2.0.1", "2026-11-21", threshold=60))
        assert current().model.policies["club"].version == "2.0.1"
        with clock.hold(datetime(2026, 12, 2, tzinfo=UTC)):
            assert current().model.policies["club"].version == "2.0.1"

    def test_a_waiting_version_meets_the_newer_version_of_another_pack(self) -> None:
        """What another pack published meanwhile is in force beside it on its day."""
        publish(club())
        publish(club("2.0.0", "2026-12-01", threshold=50))
        core = next(source for source in current().sources if source.id == "core")
        newer = core.files["policy.md"].replace("version: 1.0.0", "version: 1.0.1").replace("当天建立", "当日建立")
        publish(type(core)("core", {**core.files, "policy.md": newer}))
        assert versions() == {"club": "1.0.0", "core": "1.0.1"}
        with clock.hold(datetime(2026, 12, 2, tzinfo=UTC)):
            assert versions() == {"club": "2.0.0", "core": "1.0.1"}

    def test_a_day_gone_by_means_at_once(self) -> None:
        """A document that names a past day takes force now, and what was in force yesterday is not changed by it."""
        publish(club(effective="2026-11-01"))
        publish(club("1.1.0", "2020-01-01", threshold=5))
        assert current().model.policies["club"].version == "1.1.0"
        assert current().effective == date(2026, 11, 1)

    def test_the_day_can_be_given(self) -> None:
        """A day given at publishing counts instead of the one in the document."""
        publish(club(), effective=date(2027, 1, 1))
        assert "club" not in current().model.policies
        newest = latest()
        assert newest is not None
        assert newest.effective == date(2027, 1, 1)


def versions() -> dict[str, str]:
    """The versions of two packs in force."""
    return {policy.id: policy.version for policy in current().model.policies.values() if policy.id in {"club", "core"}}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite a writer is alone anyway")
def test_someone_else_publishing_is_told(company: Cast) -> None:
    """While another session is publishing, this one is refused with a sentence and leaves nothing."""
    from keguan.runtime.policies.exclusive import _PUBLISHING

    before = kept()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_PUBLISHING])
        with pytest.raises(Refused, match=r"policies\.busy"):
            publish(club())
    finally:
        other.close()
    assert kept() == before
