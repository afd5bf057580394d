"""The pages of departures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.departures.held import held_by
from keguan.runtime.departures.models import Departure, Handing
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.org.models import Staff
from keguan.runtime.records.actions import Create

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

    from tests.cast import Cast
    from tests.web.conftest import SignedIn


@pytest.fixture
def busy(company: Cast, afternoon: datetime) -> Cast:
    """林晓 has two customers."""
    for name, phone in (("林知远", "13912345678"), ("江有余", "13912345679")):
        values = {"name": name, "customer_kind": "个人", "phone": phone}
        Create(viewer=viewer_for(company.lin_xiao.id), record_type="customer", values=values).run()
    return company


def leave(busy: Cast, signed_in: SignedIn, on: str = "2026-11-21") -> str:
    """管理 takes 林晓 out; the address of the departure."""
    client = signed_in(busy.guan_li)
    there = f"/departures/new/{busy.lin_xiao.id}"
    assert "客户" in client.get(there).content.decode()
    answer = client.post(there, {"on": on, "reason": "本人辞职"})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_from_the_form_to_the_last_customer(
    busy: Cast, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The page lists what is left, 赵启 takes it all, then nothing is left but the list of the day."""
    there = leave(busy, signed_in)
    client = signed_in(busy.guan_li)
    with django_assert_max_num_queries(40):
        page = client.get(there).content.decode()
    assert "全部移交" in page
    assert "当天的清单" in page
    for name in ("林知远", "江有余", "13912345678"):
        assert name not in page
    asked = {"to": "赵启", "reason": "接替林晓", "part": ["records", "duties", "cases"]}
    wrong = client.post(f"{there}hand-over", asked | {"to": "没有这个人"})
    assert (wrong.status_code, "没有找到这个人" in wrong.content.decode()) == (422, True)
    nothing = client.post(f"{there}hand-over", asked | {"part": []})
    assert (nothing.status_code, "请至少选一项" in nothing.content.decode()) == (422, True)
    results = str(client.post(f"{there}hand-over", asked)["Location"])
    assert "正在移交" in client.get(results).content.decode()
    run_now(Handing.objects.get().job_id or 0)
    with django_assert_max_num_queries(24):
        done = client.get(results).content.decode()
    assert "移交档案 2 份，待办和案件 0 项，没有移交 0 项。" in done
    after = client.get(there).content.decode()
    assert "没有要移交的了" in after
    assert "当天的清单" in after
    kept = client.get(f"{there}kept/customer").content.decode()
    assert "林知远" not in kept
    assert client.get(f"{there}kept/nothing").status_code == 404


def test_a_hand_over_is_stopped_by_whoever_began_it(busy: Cast, signed_in: SignedIn) -> None:
    """Stopped before it began, everything stays; an auditor looks and cannot stop it."""
    there = leave(busy, signed_in)
    client, auditor = signed_in(busy.guan_li), signed_in(busy.he_shen)
    asked = {"to": "赵启", "reason": "接替林晓", "part": ["records"]}
    results = str(client.post(f"{there}hand-over", asked)["Location"])
    assert "停下" not in auditor.get(results).content.decode()
    assert auditor.post(f"{results}stop").status_code == 403
    assert client.post(f"{results}stop").status_code == 302
    assert "中途停下了" in client.get(results).content.decode()
    assert "移交给赵启" in client.get(there).content.decode()
    assert held_by(busy.lin_xiao.id).records != ()
    other = results.replace(there, f"{there}9")
    assert client.get(other).status_code in (403, 404)


def test_a_plan_is_cancelled_and_a_leaver_comes_back(busy: Cast, signed_in: SignedIn) -> None:
    """Both on the departure's page, with a reason."""
    there = leave(busy, signed_in, "2026-12-31")
    client = signed_in(busy.guan_li)
    assert "取消离职" in client.get(there).content.decode()
    assert client.post(f"{there}end", {"how": "cancel", "reason": ""}).status_code == 422
    assert client.post(f"{there}end", {"how": "cancel", "reason": "本人撤回"}).status_code == 302
    there = leave(busy, signed_in)
    assert not Staff.objects.get(pk=busy.lin_xiao.id).is_active
    assert "办理复职" in client.get(there).content.decode()
    assert client.post(f"{there}end", {"how": "reinstate", "reason": "返聘上岗"}).status_code == 302
    assert Staff.objects.get(pk=busy.lin_xiao.id).is_active
    assert "本人辞职" in client.get("/departures/").content.decode()


def test_who_may_look(busy: Cast, signed_in: SignedIn) -> None:
    """何审 sees it and changes nothing; a salesperson sees neither list nor page nor orphans."""
    there = leave(busy, signed_in)
    auditor, stranger = signed_in(busy.he_shen), signed_in(busy.fang_ming)
    assert "全部移交" not in auditor.get(there).content.decode()
    assert auditor.post(f"{there}hand-over", {"to": "赵启", "reason": "接替林晓"}).status_code == 422
    assert auditor.get("/departures/orphans").status_code == 200
    for address in ("/departures/", there, "/departures/orphans", f"/departures/new/{busy.zhao_qi.id}"):
        assert stranger.get(address).status_code == 403
    assert Departure.objects.count() == 1


def test_orphans_are_shown(busy: Cast, signed_in: SignedIn) -> None:
    """All is well before, the leaver's customers after."""
    client = signed_in(busy.guan_li)
    leave(busy, signed_in)
    page = client.get("/departures/orphans").content.decode()
    assert "归属人的账号已停用" in page
