"""The way of a draft on its page and on the desks of those who are waited for."""

from __future__ import annotations

from pathlib import Path

import pytest

from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import AddStaff, Appoint
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import SaveDraft, StartDraft
from keguan.runtime.policies.queries import State
from tests.cast import HEAD_OFFICE, PASSWORD, SINCE, Cast, Member
from tests.web.conftest import SignedIn

PACK = "property-developer"
PUBLISHED = (Path(__file__).parents[3] / "packs" / PACK / "policy.md").read_text(encoding="utf-8")
REVISED = PUBLISHED.replace("version: 1.0.0", "version: 1.1.0").replace(">= 800万", ">= 600万")
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def director(company: Cast) -> Member:
    """郑远, marketing director, who signs."""
    unit = company.units[HEAD_OFFICE]
    added = AddStaff(actor=SYSTEM, username="zheng_yuan", staff_name="郑远", unit_id=unit, password=PASSWORD).run()
    Appoint(actor=SYSTEM, staff_id=added, role="marketing_director", since=SINCE).run()
    return Member(added, "zheng_yuan", "郑远", "marketing_director", unit)


@pytest.fixture
def number(company: Cast) -> int:
    """许可's revision 1.1.0, second revision of the draft."""
    draft = StartDraft(actor=company.xu_ke.actor, pack=PACK).run()
    SaveDraft(actor=company.xu_ke.actor, draft_id=draft, revision=1, files={"policy.md": REVISED}).run()
    return draft


def _address(number: int) -> str:
    return f"/policies/{PACK}/drafts/{number}/"


def _take(signed_in: SignedIn, who: Member, number: int, step: str, opinion: str = "") -> str:
    posted = {"step": step, "revision": "2", "opinion": opinion}
    response = signed_in(who).post(f"{_address(number)}step/", posted, follow=True)
    return str(response.content.decode())


def _side(signed_in: SignedIn, who: Member, number: int) -> str:
    return str(signed_in(who).post(f"{_address(number)}process/", headers=FRAGMENT).content.decode())


def test_each_step_waits_on_the_desk_of_who_can_take_it(
    company: Cast, director: Member, number: int, signed_in: SignedIn
) -> None:
    """Submitted: 周敏 is asked to review, 许可 is not. Approved: 郑远 is asked to sign, 周敏 no longer."""
    assert "已提交审核" in _take(signed_in, company.xu_ke, number, "submit")
    assert "请您审核" in signed_in(company.zhou_min).get("/desk/").content.decode()
    assert "请您审核" not in signed_in(company.xu_ke).get("/desk/").content.decode()
    assert "已审核通过" in _take(signed_in, company.zhou_min, number, "approve", "同意")
    assert "请您签发" in signed_in(director).get("/desk/").content.decode()
    assert "请您签发" not in signed_in(company.zhou_min).get("/desk/").content.decode()
    assert policies.draft(number).card.state is State.SIGN


def test_the_way_tells_who_did_what_and_what_can_be_done(
    company: Cast, director: Member, number: int, signed_in: SignedIn
) -> None:
    """In review, its author finds no button but withdrawing; the reviewer finds both; the opinion stands in the way."""
    _take(signed_in, company.xu_ke, number, "submit", "请看第四条")
    author, reviewer = (_side(signed_in, who, number) for who in (company.xu_ke, company.zhou_min))
    assert 'value="approve"' not in author
    assert 'value="withdraw"' in author
    assert 'value="approve"' in reviewer
    assert 'value="return"' in reviewer
    assert "请看第四条" in reviewer
    assert "许可 <strong>提交审核</strong>" in reviewer


def test_a_refused_step_says_why_and_changes_nothing(
    company: Cast, director: Member, number: int, signed_in: SignedIn
) -> None:
    """A return without a word is refused in a sentence; the draft is still in review."""
    _take(signed_in, company.xu_ke, number, "submit")
    before = policies.draft(number)
    posted = {"step": "return", "revision": "2", "opinion": ""}
    response = signed_in(company.zhou_min).post(f"{_address(number)}step/", posted)
    assert response.status_code == 422
    assert "退回时请写明要改什么" in response.content.decode()
    assert policies.draft(number) == before


def test_a_returned_draft_comes_back_to_its_author(
    company: Cast, director: Member, number: int, signed_in: SignedIn
) -> None:
    """Returned with words: the desk of its author asks to revise, and the text can be written in again."""
    _take(signed_in, company.xu_ke, number, "submit")
    assert "readonly" in signed_in(company.xu_ke).get(_address(number)).content.decode()
    _take(signed_in, company.zhou_min, number, "return", "门槛太低")
    assert "请您修改" in signed_in(company.xu_ke).get("/desk/").content.decode()
    assert "readonly" not in signed_in(company.xu_ke).get(_address(number)).content.decode()


def test_what_is_wrong_is_listed_when_it_is_submitted(company: Cast, number: int, signed_in: SignedIn) -> None:
    """A draft with an error is not handed in; the page lists the error with its place."""
    broken = {"policy.md": REVISED.replace("count(活动参加)", "count(活动参咖)")}
    SaveDraft(actor=company.xu_ke.actor, draft_id=number, revision=2, files=broken).run()
    posted = {"step": "submit", "revision": "3"}
    response = signed_in(company.xu_ke).post(f"{_address(number)}step/", posted)
    assert response.status_code == 422
    assert "活动参咖" in response.content.decode()
    assert policies.draft(number).card.state is State.DRAFT


def test_a_signed_version_is_in_force_and_asks_to_be_read(
    company: Cast, director: Member, number: int, signed_in: SignedIn
) -> None:
    """Signed: 1.1.0 applies at once, 林晓 is asked to confirm on her desk, does so once, and leaves the list."""
    _take(signed_in, company.xu_ke, number, "submit")
    _take(signed_in, company.zhou_min, number, "approve")
    assert "已发布 1.1.0" in _take(signed_in, director, number, "sign", "照此施行")
    reader = signed_in(company.lin_xiao)
    assert "请签收" in reader.get("/desk/").content.decode()
    page = f"/policies/{PACK}/"
    assert "我已阅读" in reader.get(page).content.decode()
    assert "8 人未签收" in signed_in(company.xu_ke).get(page).content.decode()
    confirmed = reader.post(f"{page}confirm/", {"version": "1.1.0"}, follow=True).content.decode()
    assert "已签收，谢谢。" in confirmed
    assert "我已阅读" not in confirmed
    assert "请签收" not in reader.get("/desk/").content.decode()
    assert "7 人未签收" in signed_in(company.xu_ke).get(page).content.decode()
    assert "人未签收" not in reader.get(page).content.decode()
    assert reader.post(f"{page}confirm/", {"version": "1.1.0"}).status_code == 403


def test_a_step_that_has_no_button_is_not_found(company: Cast, number: int, signed_in: SignedIn) -> None:
    """A made-up step is no step."""
    response = signed_in(company.xu_ke).post(f"{_address(number)}step/", {"step": "burn", "revision": "2"})
    assert response.status_code == 404
    assert policies.draft(number).card.state is State.DRAFT
