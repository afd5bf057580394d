"""Leaks that peers had, each tried here: protection that holds on one screen and gives way on another.

The seller may see names of her unit's customers and nothing else of them but masks; the notes of a visit, the amounts
of a contract and the grade are not hers to know. Each test is called after the leak it is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import FieldError
from django.test import Client

from keguan.language.source import PackSource
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import readable
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import SYSTEM, Actor, Refused
from keguan.runtime.org.models import Staff
from keguan.runtime.policies.actions import Publish
from keguan.runtime.processes.actions import StartCase
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Create, Update, UpdateMany
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from keguan.runtime.tokens.actions import IssueToken
from keguan.runtime.tokens.scopes import Scope
from tests.runtime.records.filing import contract, customer

if TYPE_CHECKING:
    from tests.cast import Cast

PHONE, TRAITS, VISIT = "13912345678", "暗号龙井茶一壶", "拜访暗号"
RULES = """---
id: peers
title: 权限
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 权限 {#granted}

:::表单 核对表 (peers_form)
对象: 客户
信息类别: 来往

| 字段 | 代码 | 类型 | 必填 | 取自 |
|---|---|---|---|---|
| 核对特征 | peers_traits | 长文本 | | 基本特征 |
| 核对金额 | peers_total | 金额 | | 累计购买额 |
:::

:::流程 资料核对 (peers_case)
对象: 客户
发起: 销售员
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 表单 | 去向 |
|---|---|---|---|---|
| 提出 | asking | 发起人 | 核对表 | → 核对 |
| 核对 | checking | 客服经理 | 核对表 | → 归档 |
:::

:::权限 客户权限 (peers_customers)
对象: 客户

| 角色 | 信息类别 | 看 | 改 | 打印 | 范围 | 密级 |
|---|---|---|---|---|---|---|
| 销售员 | 身份 | 是 | 是 | 否 | 本部门 | 一般 |
| 销售员 | 联系 | 遮盖 | 否 | 否 | 本人 | 敏感 |
| 销售员 | 来往 | 遮盖 | 否 | 否 | 本人 | - |
| 客服专员 | 全部 | 是 | 是 | 遮盖 | 全部 | - |
| 客服经理 | 全部 | 是 | 是 | 遮盖 | 全部 | - |
:::

:::权限 走访权限 (peers_visits)
对象: 走访

| 角色 | 信息类别 | 看 | 改 | 范围 |
|---|---|---|---|---|
| 客服经理 | 全部 | 是 | 是 | 全部 |
:::
"""


@dataclass(frozen=True)
class Scene:
    """林晓's customer and one of the other branch, under the rules."""

    cast: Cast
    mine: int
    theirs: int

    @property
    def seller(self) -> Client:
        """林晓's browser."""
        return self.browser(self.cast.lin_xiao.id)

    def browser(self, staff_id: int) -> Client:
        """Somebody's browser."""
        client = Client()
        client.force_login(Staff.objects.get(pk=staff_id), backend="keguan.runtime.org.backend.StaffBackend")
        return client

    def program(self, staff_id: int) -> tuple[Client, dict[str, str]]:
        """A program with somebody's token."""
        me = Actor(staff_id, "某人", "web")
        issued = IssueToken(actor=me, staff_id=staff_id, label="测试", scopes=frozenset(Scope), days=1).run()
        return Client(), {"Authorization": f"Bearer {issued.secret}"}

    def pages(self, *paths: str) -> str:
        """What 林晓's browser gets from these addresses, none of which leads nowhere."""
        answers = [self.seller.get(path) for path in paths]
        assert 404 not in [answer.status_code for answer in answers]
        return "\n".join(answer.content.decode() for answer in answers)


@pytest.fixture
def scene(company: Cast, afternoon: object) -> Scene:
    """The customers, a contract and a visit, and then the rules."""
    mine = customer(
        company.lin_xiao, "秦未央", PHONE, traits=TRAITS, intends="是", first_contact="2026-03-02", price_limit="666万"
    )
    theirs = customer(company.fang_ming, "卫长生", "13912345679", traits="暗号碧螺春一两")
    contract(company.xu_ke, mine, "HT-秘-77", amount="61234567")
    visit = {"customer": mine, "visited_on": "2026-11-20", "purpose": VISIT}
    Create(viewer=viewer_for(company.lin_xiao.id), record_type="visit", values=visit).run()
    keeper = viewer_for(company.zhou_min.id)
    Update(viewer=keeper, record_type="customer", id=mine, version=1, values={"traits": TRAITS + "两盏"}).run()
    Publish(actor=SYSTEM, packs=(PackSource("peers", {"policy.md": RULES}),)).run()
    return Scene(company, mine, theirs)


SECRETS = (PHONE, TRAITS, VISIT, "666", "61,234,567", "6,123.4567", "HT-秘-77")


def told(text: str) -> list[str]:
    """Which secrets stand in a text."""
    return [secret for secret in SECRETS if secret in text]


def test_notes_of_records_one_may_not_see(scene: Scene) -> None:
    """EspoCRM's stream notes, Frappe CRM's notes of unseen leads: a visit stays off page, timeline and its own address.

    (CVE-2026-109959, frappe/crm#1492)
    """
    page = scene.pages(f"/records/customer/{scene.mine}/", "/records/visit/", "/records/visit/1/")
    assert "秦未央" in page
    assert told(page) == []
    events = records.timeline(viewer_for(scene.cast.lin_xiao.id), "customer", scene.mine)
    assert [event.record_type for event in events if event.record_type == "visit"] == []


def test_activity_feed(scene: Scene) -> None:
    """Frappe CRM's activity feed: that traits were changed is told, not from what to what. (frappe/crm#805)"""
    seller = viewer_for(scene.cast.lin_xiao.id)
    shown = records.changes(seller, "customer", scene.mine, {"traits": [TRAITS, TRAITS + "两盏"]})
    assert told(repr(shown)) == []
    assert told(scene.pages("/", f"/records/customer/{scene.mine}/")) == []


def test_address_book_search(scene: Scene) -> None:
    """EspoCRM's address book: choosing a customer by the words of a hidden field finds nobody. (CVE-2026-109958)"""
    for typed in (PHONE, PHONE[-4:], "暗号", "龙井", "666"):
        answer = scene.seller.get(f"/records/customer/options/?field=customer&q={typed}")
        assert "秦未央" not in answer.content.decode()
        assert "秦未央" not in scene.pages(f"/search/?q={typed}")
    assert "秦未央" in scene.seller.get("/records/customer/options/?field=customer&q=秦未央").content.decode()


def test_advanced_search_of_masked_fields(scene: Scene) -> None:
    """Cordys' advanced search: a masked field answers no condition of any kind. (CordysCRM#688)"""
    seller = viewer_for(scene.cast.lin_xiao.id)
    asked = {"traits": TRAITS, "phone": PHONE, "first_contact": "2026-03-02", "price_limit": "666万", "intends": "是"}
    for code, value in asked.items():
        for operator in Operator:
            with pytest.raises(Refused, match=r"records\.filter"):
                records.page(seller, "customer", ListQuery(filters=(Filter(code, operator, (value,)),)))


def test_sort_oracle(scene: Scene) -> None:
    """Corteza's sort: no order by what may not be seen in clear, by page, by address or by a cursor made elsewhere."""
    seller, keeper = viewer_for(scene.cast.lin_xiao.id), viewer_for(scene.cast.xu_ke.id)
    cursor = records.page(keeper, "customer", ListQuery(sort="first_contact", size=1)).next
    for sort in ("first_contact", "-price_limit", "grade", "-total_purchase"):
        with pytest.raises(Refused, match=r"records\.sort"):
            records.page(seller, "customer", ListQuery(sort=sort, after=cursor))
        assert told(scene.pages(f"/records/customer/?sort={sort}")) == []


def test_list_columns_by_address(scene: Scene) -> None:
    """EspoCRM's list: asking for hidden columns in the address gives none of them. (espocrm#2515)"""
    page = scene.pages("/records/customer/?column=traits&column=phone&column=total_purchase&column=price_limit")
    assert "秦未央" in page
    assert told(page) == []


def test_report_and_statistics(scene: Scene) -> None:
    """Frappe's report view, Corteza's report: nothing is counted or grouped by what may not be seen in clear."""
    seller = viewer_for(scene.cast.lin_xiao.id)
    offered = readable(seller, "customer", Exit.STATISTICS)
    assert offered.isdisjoint({"need", "source", "sincerity", "grade", "card", "intends", "total_purchase", "phone"})
    assert "customer_kind" in offered
    assert told(scene.pages("/statistics/", "/statistics/cases/peers_case/?by=source")) == []


def test_print_view(scene: Scene) -> None:
    """Frappe's print: a case's sheet says no more than its page. (frappe#28099)"""
    case = StartCase(viewer=viewer_for(scene.cast.lin_xiao.id), process="peers_case", record_id=scene.mine).run()
    sheet = scene.pages(f"/cases/{case}/", f"/cases/{case}/print/")
    assert told(sheet) == []
    manager = scene.browser(scene.cast.zhou_min.id).get(f"/cases/{case}/").content.decode()
    assert TRAITS in manager


def test_pool_detail_endpoints(scene: Scene) -> None:
    """Cordys' pool details: every address that takes a number asks whose it is. (CVE-2026-76901)"""
    client, headers = scene.program(scene.cast.lin_xiao.id)
    for path in ("", "drawer/", "edit/", "why/customer_grade/"):
        answer = scene.seller.get(f"/records/customer/{scene.theirs}/{path}")
        assert answer.status_code in (403, 404), path
        assert "卫长生" not in answer.content.decode()
    answer = scene.seller.post(f"/records/customer/{scene.theirs}/reveal/phone/", {"reason": "核对身份"})
    assert answer.status_code == 403
    assert "13912345679" not in answer.content.decode()
    for path in ("", "/timeline"):
        answer = client.get(f"/api/v1/records/customer/{scene.theirs}{path}", headers=headers)
        assert answer.status_code in (403, 404)
        assert "卫长生" not in answer.content.decode()


def test_api_says_no_more_than_the_page(scene: Scene) -> None:
    """Twenty's API: rights that the screen keeps hold for programs too. (twenty#19738)"""
    client, headers = scene.program(scene.cast.lin_xiao.id)
    wanted = {"columns": ["name", "traits", "phone", "price_limit", "grade", "total_purchase"]}
    listed = client.post("/api/v1/records/customer/list", wanted, content_type="application/json", headers=headers)
    assert listed.status_code == 200
    one = client.get(f"/api/v1/records/customer/{scene.mine}", headers=headers)
    assert one.status_code == 200
    assert "秦未央" in one.content.decode()
    assert told(listed.content.decode() + one.content.decode()) == []
    change = {"version": 2, "values": {"source": "来访"}}
    refused = client.patch(
        f"/api/v1/records/customer/{scene.mine}", change, content_type="application/json", headers=headers
    )
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["source"])


def test_mass_update(scene: Scene) -> None:
    """EspoCRM's mass update: a batch with one forbidden field or one strange record changes nothing.

    (CVE-2026-75505)
    """
    seller, keeper = viewer_for(scene.cast.lin_xiao.id), viewer_for(scene.cast.zhou_min.id)
    batches = (
        {scene.mine: {"name": "秦某", "source": "来访"}},
        {scene.mine: {"name": "秦某"}, scene.theirs: {"name": "卫某"}},
    )
    for rows in batches:
        with pytest.raises(Refused):
            UpdateMany(viewer=seller, record_type="customer", rows=rows).run()
    titles = [records.profile(keeper, "customer", each).row.title.text for each in (scene.mine, scene.theirs)]
    assert titles == ["秦未央", "卫长生"]


def test_portal(scene: Scene) -> None:
    """EspoCRM's portal, Frappe's web list: to a stranger there is no record of the house. (CVE-2026-46694, #42640)"""
    stranger = Client()
    for path in ("/portal/", f"/records/customer/{scene.mine}/", "/records/customer/", "/api/v1/records/customer/1"):
        text = stranger.get(path, follow=True).content.decode()
        assert told(text) == []
        assert "秦未央" not in text


def test_duplicate_check(scene: Scene) -> None:
    """Cordys' duplicate check: whoever files the same number learns that it is there, and not whose. (CordysCRM#61)"""
    values = {"name": "某人", "customer_kind": "个人", "phone": PHONE}
    with pytest.raises(Refused, match=r"records\.duplicate") as refused:
        Create(viewer=viewer_for(scene.cast.fang_ming.id), record_type="customer", values=values).run()
    assert "秦未央" not in repr(refused.value.fields)
    assert str(scene.mine) not in refused.value.fields["phone"]


def test_related_entities(scene: Scene) -> None:
    """EspoCRM's related entities: a field of the customer, read through a contract, is no way around. (espocrm#1067)"""
    seller = viewer_for(scene.cast.lin_xiao.id)
    for code in ("customer.traits", "customer__traits", "c_traits", "traits__contains"):
        with pytest.raises((Refused, FieldError)):
            records.page(seller, "customer", ListQuery(filters=(Filter(code, Operator.CONTAINS, ("龙井",)),)))


def test_explanation_of_a_hidden_figure(scene: Scene) -> None:
    """Nobody's leak but easily ours: why a grade is what it is would tell the amounts that made it."""
    page = scene.pages(f"/records/customer/{scene.mine}/why/customer_grade/")
    assert told(page) == []
    assert "61" not in page.partition("<main")[2]
