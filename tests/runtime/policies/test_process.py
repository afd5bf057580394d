"""A draft becomes policy by three people, and nobody can go round them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM, Actor, Refused
from keguan.runtime.ledger.queries import entries_page
from keguan.runtime.org.actions import AddStaff, Appoint
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import (
    Publish,
    Rebase,
    ReviewDraft,
    SaveDraft,
    SendBackDraft,
    SignDraft,
    StartDraft,
    SubmitDraft,
    WithdrawDraft,
)
from keguan.runtime.policies.models import Draft, DraftMove, PolicyVersion, Publication
from keguan.runtime.policies.queries import State, Step
from keguan.runtime.policies.refusals import PolicyRefused
from tests.cast import HEAD_OFFICE, PASSWORD, SINCE
from tests.runtime.policies.shelf import club

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django.fixtures import SettingsWrapper

    from keguan.language.source import PackSource
    from tests.cast import Cast


@pytest.fixture
def director(company: Cast) -> Actor:
    """郑远, marketing director, who signs; the club's policy is in force."""
    Publish(actor=SYSTEM, packs=(club(),)).run()
    unit = company.units[HEAD_OFFICE]
    added = AddStaff(actor=SYSTEM, username="zheng_yuan", staff_name="郑远", unit_id=unit, password=PASSWORD).run()
    Appoint(actor=SYSTEM, staff_id=added, role="marketing_director", since=SINCE).run()
    return Actor(added, "郑远", "web")


def drafted(company: Cast, pack: PackSource | None = None) -> int:
    """许可 writes the club's next version."""
    author = company.xu_ke.actor
    draft = StartDraft(actor=author, pack="club").run()
    SaveDraft(actor=author, draft_id=draft, revision=1, files=(pack or club("1.1.0", threshold=200)).files).run()
    return draft


def submitted(company: Cast, pack: PackSource | None = None) -> int:
    """As drafted, and handed in."""
    draft = drafted(company, pack)
    SubmitDraft(actor=company.xu_ke.actor, draft_id=draft, revision=2).run()
    return draft


def approved(company: Cast, pack: PackSource | None = None) -> int:
    """As submitted, and approved by 周敏."""
    draft = submitted(company, pack)
    ReviewDraft(actor=company.zhou_min.actor, draft_id=draft, revision=2, approve=True, opinion="同意").run()
    return draft


def kept() -> tuple[object, ...]:
    """Everything that a step leaves behind."""
    newest = entries_page(size=1).entries
    return (
        list(Draft.objects.order_by("id").values()),
        DraftMove.objects.count(),
        PolicyVersion.objects.count(),
        Publication.objects.count(),
        newest[0].id if newest else None,
    )


def test_three_people_make_a_draft_policy(company: Cast, director: Actor) -> None:
    """许可 writes, 周敏 approves, 郑远 signs: the version is in force at once, and all of it is told in order."""
    draft = approved(company)
    published = SignDraft(actor=director, draft_id=draft, revision=2, opinion="照此施行").run()
    assert published.versions == (("club", "1.1.0"),)
    assert policies.current().model.policies["club"].version == "1.1.0"
    told = policies.draft(draft)
    assert [(move.step, move.by_name, move.opinion) for move in told.moves] == [
        (Step.START, "许可", ""),
        (Step.SUBMIT, "许可", ""),
        (Step.APPROVE, "周敏", "同意"),
        (Step.SIGN, "郑远", "照此施行"),
    ]
    assert (told.card.state, told.card.version, told.card.waiting) == (State.SIGNED, "1.1.0", False)


def test_every_step_is_in_the_ledger(company: Cast, director: Actor) -> None:
    """Each step is one entry about the policy, the signature is followed by the publication, opinions included."""
    before = entries_page(size=1).entries[0].id
    SignDraft(actor=director, draft_id=approved(company), revision=2).run()
    entries = [each for each in reversed(entries_page(size=50).entries) if each.id > before]
    told = [(each.action, each.actor_name, each.subject_id) for each in entries if each.action.startswith("policies.")]
    assert told == [
        ("policies.start_draft", "许可", "club"),
        ("policies.save_draft", "许可", "club"),
        ("policies.submit_draft", "许可", "club"),
        ("policies.review_draft", "周敏", "club"),
        ("policies.sign_draft", "郑远", "club"),
        ("policies.publish", "郑远", "club"),
    ]
    review = next(each for each in entries if each.action == "policies.review_draft")
    assert (review.data["approved"], review.data["opinion"], review.data["revision"]) == (True, "同意", 2)


def test_who_wrote_does_not_review_and_who_reviewed_does_not_sign(company: Cast, director: Actor) -> None:
    """周敏 may do all three by her role, and still only one of them with one draft."""
    draft = submitted(company)
    before = kept()
    with pytest.raises(Refused) as own:
        ReviewDraft(actor=company.xu_ke.actor, draft_id=draft, revision=2, approve=True).run()
    assert own.value.code == "not_permitted"
    assert kept() == before
    ReviewDraft(actor=company.zhou_min.actor, draft_id=draft, revision=2, approve=True).run()
    before = kept()
    with pytest.raises(Refused) as twice:
        SignDraft(actor=company.zhou_min.actor, draft_id=draft, revision=2).run()
    assert twice.value.code == "policies.own_review"
    assert kept() == before


def test_whoever_saved_once_counts_as_its_author(company: Cast, director: Actor) -> None:
    """周敏 mends a word in 许可's draft: then she neither reviews nor signs it."""
    draft = drafted(company)
    files = club("1.1.0", threshold=300).files
    SaveDraft(actor=company.zhou_min.actor, draft_id=draft, revision=2, files=files).run()
    SubmitDraft(actor=company.xu_ke.actor, draft_id=draft, revision=3).run()
    before = kept()
    with pytest.raises(Refused) as review:
        ReviewDraft(actor=company.zhou_min.actor, draft_id=draft, revision=3, approve=True).run()
    assert review.value.code == "policies.own_draft"
    assert kept() == before
    ReviewDraft(actor=director, draft_id=draft, revision=3, approve=True).run()
    before = kept()
    for signer, code in ((company.zhou_min.actor, "policies.own_draft"), (director, "policies.own_review")):
        with pytest.raises(Refused) as sign:
            SignDraft(actor=signer, draft_id=draft, revision=3).run()
        assert sign.value.code == code
    assert kept() == before


def test_of_two_who_save_at_once_the_second_is_told(company: Cast, director: Actor) -> None:
    """Both start from revision 1: one is kept as 2, the other is refused with the name, and can be kept as a draft."""
    draft = StartDraft(actor=company.xu_ke.actor, pack="club").run()
    mine, hers = club("1.1.0", threshold=200).files, club("1.1.0", threshold=300).files
    assert SaveDraft(actor=company.zhou_min.actor, draft_id=draft, revision=1, files=hers).run() == 2
    before = kept()
    with pytest.raises(Refused) as late:
        SaveDraft(actor=company.xu_ke.actor, draft_id=draft, revision=1, files=mine).run()
    assert late.value.code == "policies.stale"
    assert "周敏" in late.value.message
    assert kept() == before
    assert policies.draft(draft).files == dict(hers)
    copy = StartDraft(actor=company.xu_ke.actor, pack="club", files=mine).run()
    assert policies.draft(copy).files == dict(mine)


def test_a_locked_draft_is_not_written_in(company: Cast, director: Actor) -> None:
    """While it is reviewed, nobody saves, and nobody hands it in again."""
    draft = submitted(company)
    before = kept()
    for action in (
        SaveDraft(actor=company.xu_ke.actor, draft_id=draft, revision=2, files=club("1.2.0").files),
        SubmitDraft(actor=company.xu_ke.actor, draft_id=draft, revision=2),
        SignDraft(actor=director, draft_id=draft, revision=2),
    ):
        with pytest.raises(Refused) as locked:
            action.run()
        assert locked.value.code == "policies.not_now"
    assert kept() == before


def test_a_returned_draft_is_written_on_and_reviewed_anew(company: Cast, director: Actor) -> None:
    """A return needs words; then the author goes on, and the round begins again, from the signer's desk too."""
    draft = submitted(company)
    before = kept()
    with pytest.raises(Refused) as wordless:
        ReviewDraft(actor=company.zhou_min.actor, draft_id=draft, revision=2, approve=False, opinion="改").run()
    assert "opinion" in wordless.value.fields
    assert kept() == before
    ReviewDraft(actor=company.zhou_min.actor, draft_id=draft, revision=2, approve=False, opinion="门槛太高").run()
    assert policies.draft(draft).card.state is State.RETURNED
    files = club("1.1.0", threshold=150).files
    SaveDraft(actor=company.xu_ke.actor, draft_id=draft, revision=2, files=files).run()
    SubmitDraft(actor=company.xu_ke.actor, draft_id=draft, revision=3).run()
    ReviewDraft(actor=company.zhou_min.actor, draft_id=draft, revision=3, approve=True).run()
    SendBackDraft(actor=director, draft_id=draft, revision=3, opinion="下月再议").run()
    assert policies.draft(draft).card.state is State.RETURNED
    assert policies.current().model.policies["club"].version == "1.0.0"


def test_a_signature_is_for_the_revision_that_was_seen(company: Cast, director: Actor) -> None:
    """An approval of an older revision than the one handed in is refused."""
    draft = submitted(company)
    before = kept()
    with pytest.raises(Refused) as stale:
        ReviewDraft(actor=company.zhou_min.actor, draft_id=draft, revision=1, approve=True).run()
    assert stale.value.code == "policies.stale"
    assert kept() == before


@pytest.mark.parametrize(
    ("pack", "code"),
    [
        (club("1.1.0", threshold=100), "policies.unchanged"),
        (club("1.0.0", threshold=200), "policies.version"),
        (club("1.1.0", more="### 第九条 {#broken}\n\n:::判定\n"), "policies.invalid"),
    ],
    ids=["nothing new", "same number", "errors"],
)
def test_only_what_could_be_published_is_handed_in(pack: PackSource, code: str, company: Cast, director: Actor) -> None:
    """A draft that signing would refuse is refused at the first step, and stays with its author."""
    draft = drafted(company, pack)
    before = kept()
    with pytest.raises(Refused) as early:
        SubmitDraft(actor=company.xu_ke.actor, draft_id=draft, revision=2).run()
    assert early.value.code == code
    assert isinstance(early.value, PolicyRefused) == (code == "policies.invalid")
    assert kept() == before


def test_a_version_signed_ahead_waits_for_its_day(company: Cast, director: Actor, afternoon: datetime) -> None:
    """Signed today for 1 December: waiting until then, in force from then."""
    draft = approved(company, club("1.1.0", "2026-12-01", threshold=200))
    SignDraft(actor=director, draft_id=draft, revision=2).run()
    assert policies.current().model.policies["club"].version == "1.0.0"
    assert policies.draft(draft).card.waiting
    with clock.hold(afternoon + timedelta(days=10)):
        policies.forget()
        assert policies.current().model.policies["club"].version == "1.1.0"
        assert not policies.draft(draft).card.waiting


def test_an_overtaken_draft_says_so_and_can_be_taken_up(company: Cast, director: Actor) -> None:
    """Another version is published while it is reviewed: the signature is refused until the author has taken it up."""
    draft = approved(company, club("1.2.0", threshold=200))
    Publish(actor=SYSTEM, packs=(club("1.1.0", threshold=500),)).run()
    before = kept()
    with pytest.raises(Refused) as overtaken:
        SignDraft(actor=director, draft_id=draft, revision=2).run()
    assert overtaken.value.code == "policies.overtaken"
    assert kept() == before
    assert policies.draft(draft).card.overtaken == "1.1.0"
    SendBackDraft(actor=director, draft_id=draft, revision=2, opinion="接上新版").run()
    Rebase(actor=company.xu_ke.actor, draft_id=draft).run()
    assert (policies.draft(draft).card.base, policies.draft(draft).card.overtaken) == ("1.1.0", "")
    before = kept()
    with pytest.raises(Refused) as again:
        Rebase(actor=company.xu_ke.actor, draft_id=draft).run()
    assert again.value.code == "policies.base"
    assert kept() == before


def test_only_its_writers_withdraw_a_draft(company: Cast, director: Actor) -> None:
    """周敏 cannot withdraw what 许可 wrote; he can, from the reviewer's desk too, and then it rests."""
    draft = submitted(company)
    before = kept()
    with pytest.raises(Refused) as others:
        WithdrawDraft(actor=company.zhou_min.actor, draft_id=draft).run()
    assert others.value.code == "policies.not_yours"
    assert kept() == before
    WithdrawDraft(actor=company.xu_ke.actor, draft_id=draft).run()
    assert policies.draft(draft).card.state is State.WITHDRAWN
    assert policies.drafts("club") == ()
    with pytest.raises(Refused) as rests:
        SaveDraft(actor=company.xu_ke.actor, draft_id=draft, revision=2, files=club().files).run()
    assert rests.value.code == "policies.not_now"


def test_a_person_publishes_by_the_process_only(company: Cast, director: Actor, settings: SettingsWrapper) -> None:
    """Publishing a text outright is refused to people, unless the company lets one person do it all."""
    text = club("1.1.0", threshold=200)
    before = kept()
    with pytest.raises(Refused) as outright:
        Publish(actor=company.zhou_min.actor, packs=(text,)).run()
    assert outright.value.code == "policies.to_be_signed"
    assert kept() == before
    settings.PUBLISHING = "direct"
    draft = StartDraft(actor=company.zhou_min.actor, pack="club", files=text.files).run()
    SignDraft(actor=company.zhou_min.actor, draft_id=draft, revision=1).run()
    assert policies.current().model.policies["club"].version == "1.1.0"


def test_a_new_pack_begins_with_its_text(company: Cast, director: Actor) -> None:
    """A pack that was never published needs a text and a proper name; then it goes the same way."""
    author = company.xu_ke.actor
    before = kept()
    for pack, files, code in (
        ("sauna", None, "policies.no_text"),
        ("Sauna Club", {"policy.md": ""}, "policies.pack_name"),
        ("sauna", {"../policy.md": ""}, "policies.files"),
        ("sauna", {}, "policies.files"),
    ):
        with pytest.raises(Refused) as refused:
            StartDraft(actor=author, pack=pack, files=files).run()
        assert refused.value.code == code
    assert kept() == before
    draft = StartDraft(actor=author, pack="sauna", files={"policy.md": "# 桑拿"}, title="桑拿办法").run()
    assert (policies.draft(draft).card.title, policies.draft(draft).card.base) == ("桑拿办法", "")


def test_what_can_be_done_depends_on_who_asks(company: Cast, director: Actor) -> None:
    """The buttons of a draft in review: its author may withdraw it, the reviewer judges it, the signer waits."""
    card = policies.draft(submitted(company)).card
    operations = {"draft", "review", "publish"}
    assert policies.steps(card, company.xu_ke.id, operations) == (Step.WITHDRAW,)
    assert policies.steps(card, company.zhou_min.id, operations) == (Step.APPROVE, Step.RETURN)
    assert policies.steps(card, company.zhou_min.id, ()) == ()
