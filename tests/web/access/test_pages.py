"""The pages on which an officer reads how information is protected and who may do what with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keguan.runtime.org.models import Staff
from tests.runtime.access.rules import publish_rules

if TYPE_CHECKING:
    from tests.cast import Cast, Member

CLASSES = """
:::类别 信息类别 (information_classes)
级别: C1 < C2 < C3

| 信息类别 | 代码 | 保护级别 | 显示 | 责任部门 | 用途 |
|---|---|---|---|---|---|
| 身份 | identity | C2 | - | 客服部 | 建档 · 核对身份 |
| 联系 | contact | C3 | 从不 | 客服部 | 回访 |
:::
"""
MOST_QUERIES = 9


def browser(member: Member) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(Staff.objects.get(pk=member.id), backend="keguan.runtime.org.backend.StaffBackend")
    return client


def test_the_classes(company: Cast) -> None:
    """Each class with its level, who answers for it and what for; what is not declared says so."""
    publish_rules(("销售员", "身份", "是"), before=CLASSES)
    client = browser(company.he_shen)
    client.get("/policies/information_classes/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get("/policies/information_classes/").content.decode()
    assert len(queries) <= MOST_QUERIES
    for said in ("C1 &lt; C2 &lt; C3", "客服部", "建档 · 核对身份", "从不显示", "没有声明"):
        assert said in page
    assert "/policies/information_classes/customer/" in page


def test_who_may_what(company: Cast) -> None:
    """Row by row as the access block says it, with condition and clause; where there is none, by the roles."""
    publish_rules(("销售员", "身份", "是", "审批", "-", "遮盖", "-", "本人", '来源 = "来访"', "一般"), before=CLASSES)
    client = browser(company.he_shen)
    page = client.get("/policies/information_classes/customer/").content.decode()
    for said in ("销售员", "须审批", "来源 = &quot;来访&quot;", "没有写的一律不可以", "累计购买额", "C3"):
        assert said in page
    assert "客服经理" not in page
    other = client.get("/policies/information_classes/visit/").content.decode()
    assert "客服经理" in other
    assert "没有专门的" in other


def test_an_unknown_type(company: Cast) -> None:
    """There is no page about a type that the policy does not have."""
    assert browser(company.he_shen).get("/policies/information_classes/nothing/").status_code == 404
