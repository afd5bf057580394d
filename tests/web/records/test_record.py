"""One record: drawer, page, reasons, forms, and seeing a sealed value."""

from __future__ import annotations

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.records import queries as records
from tests.cast import Cast
from tests.web.conftest import SignedIn
from tests.web.records.conftest import PHONE, Filed

FRAGMENT = {"HX-Request": "true"}


def test_the_page_tells_everything_within_its_budget(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """Grade with reason and clause, contract, timeline, what is missing with its clause; 25 queries at most."""
    client = signed_in(company.zhou_min)
    with CaptureQueriesContext(connection) as queries:
        html = client.get(f"/records/customer/{filed.su_qing}/").content.decode()
    assert len(queries) <= 25, [each["sql"] for each in queries]
    assert "为什么客户等级是 B？" in html
    assert '<a class="clause" href="/policies/property-developer/#grade">第四条 五级分类</a>' in html
    assert "GF-2026-0231" in html
    assert "购买合同 GF-2026-0231" in html
    assert "待补" in html
    assert PHONE not in html


def test_the_drawer_is_short_and_cheap(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """The drawer has the profile and the reason's sentence, without children and timeline."""
    client = signed_in(company.zhou_min)
    with CaptureQueriesContext(connection) as queries:
        html = client.get(f"/records/customer/{filed.su_qing}/drawer/", headers=FRAGMENT).content.decode()
    assert len(queries) <= 14
    assert "为什么客户等级是 B？" in html
    assert "时间线" not in html


def test_hidden_inputs_stay_hidden_in_the_reason(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """A salesperson learns the grade and its rule, but not the purchase total, in no way of writing it."""
    html = signed_in(company.lin_xiao).get(f"/records/customer/{filed.su_qing}/").content.decode()
    assert "为什么客户等级是 B？" in html
    assert "8,600,000" not in html
    assert "860" not in html
    assert "800万" not in html
    assert "（第四条第5行）：符合第5行；另有 1 项依据您无权查看。" in html
    hidden = r'<td class="number">无权查看</td>\s*<td class="why__unmet">\s*<span class="nothing">—</span>'
    assert re.search(hidden, html)


def test_another_branchs_record_does_not_exist(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """The answer for a record out of sight is the same as for one that never was."""
    client = signed_in(company.fang_ming)
    hidden, absent = (client.get(f"/records/customer/{number}/") for number in (filed.su_qing, 999_999))
    assert hidden.status_code == absent.status_code == 403
    sentence = "没有这份档案，或者它不在您的可见范围内。"
    assert sentence in hidden.content.decode()
    assert sentence in absent.content.decode()


def test_a_reason_opens_a_sealed_value_and_is_written_down(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """With a reason the phone is shown, for a while, and the ledger has the reason and not the phone."""
    client = signed_in(company.lin_xiao)
    address = f"/records/customer/{filed.su_qing}/reveal/phone/"
    assert "为什么要看手机的原文" in client.get(address, headers=FRAGMENT).content.decode()
    shown = client.post(address, {"reason": "交付预约，核对电话"}, headers=FRAGMENT).content.decode()
    assert PHONE in shown
    assert 'hx-trigger="load delay:30s"' in shown
    masked = client.get(f"{address}?masked=1", headers=FRAGMENT).content.decode()
    assert PHONE not in masked
    assert "139****5612" in masked
    (entry,) = entries_page(filters=EntryFilters(action="records.reveal")).entries
    assert entry.data["reason"] == "交付预约，核对电话"
    assert PHONE not in str(entry.data)


def test_without_a_reason_nothing_is_shown(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """Too short a reason is refused at its field, and nothing is written."""
    address = f"/records/customer/{filed.su_qing}/reveal/phone/"
    response = signed_in(company.lin_xiao).post(address, {"reason": "看"}, headers=FRAGMENT)
    assert response.status_code == 422
    assert "至少4个字" in response.content.decode()
    assert PHONE not in response.content.decode()
    assert entries_page(filters=EntryFilters(action="records.reveal")).entries == ()


def test_a_supervisor_sees_the_mask_but_not_the_way_behind_it(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """赵启 reaches the customer but not the originals of another's: no link, and the address refuses."""
    client = signed_in(company.zhao_qi)
    html = client.get(f"/records/customer/{filed.su_qing}/").content.decode()
    assert "139****5612" in html
    assert "/reveal/phone/" not in html
    address = f"/records/customer/{filed.su_qing}/reveal/phone/"
    response = client.post(address, {"reason": "想看一看号码"}, headers=FRAGMENT)
    assert response.status_code == 422
    assert "原文不在您的原文范围内" not in response.content.decode() or PHONE not in response.content.decode()
    assert entries_page(filters=EntryFilters(action="records.reveal")).entries == ()


def test_of_a_record_out_of_sight_not_even_the_field_is_named(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """方明 opens and sends the page for another branch's customer: the same as for one that does not exist, without the
    label of the field, and nothing is revealed.
    """
    client, sentence = signed_in(company.fang_ming), "没有这份档案，或者它不在您的可见范围内。"
    for record_id in (filed.su_qing, 999_999):
        address = f"/records/customer/{record_id}/reveal/phone/"
        for answer in (client.get(address), client.post(address, {"reason": "想看一看号码"})):
            html = answer.content.decode()
            assert answer.status_code == 403
            assert sentence in html
            assert "手机" not in html
    assert entries_page(filters=EntryFilters(action="records.reveal")).entries == ()


def test_without_scripts_a_value_can_be_seen_too(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """The plain form posts to a page of its own."""
    address = f"/records/customer/{filed.su_qing}/reveal/phone/"
    client = signed_in(company.lin_xiao)
    assert client.get(address).status_code == 200
    assert PHONE in client.post(address, {"reason": "交付预约，核对电话"}).content.decode()


def test_a_new_record_is_filed_from_the_form(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """What was typed becomes a record, and the reader stands before it."""
    typed = {
        "name": "何雨桐",
        "customer_kind": "个人",
        "phone": "１３９０００００００３",
        "source": "来电",
        "intends": "是",
    }
    response = signed_in(company.lin_xiao).post("/records/customer/new/", typed)
    assert response.status_code == 302
    number = int(response["Location"].rstrip("/").rpartition("/")[2])
    found = records.get(viewer_for(company.lin_xiao.id), "customer", number)
    assert (found.title.text, found.cells["grade"].text) == ("何雨桐", "D")


def test_wrong_fields_are_said_beside_them_and_nothing_is_filed(
    company: Cast, signed_in: SignedIn, filed: Filed
) -> None:
    """Every wrong field has its sentence, what was typed stays, and there is no new record."""
    viewer = viewer_for(company.lin_xiao.id)
    before = str(records.page(viewer, "customer", records.ListQuery()).count)
    typed = {"name": "何雨桐", "customer_kind": "", "phone": "12345"}
    response = signed_in(company.lin_xiao).post("/records/customer/new/", typed)
    html = response.content.decode()
    assert response.status_code == 422
    assert 'aria-describedby="e-phone"' in html
    assert "必须填写。" in html
    assert 'value="何雨桐"' in html
    assert str(records.page(viewer, "customer", records.ListQuery()).count) == before


def test_a_duplicate_is_named_and_not_filed_twice(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """The same phone leads to the customer who has it."""
    typed = {"name": "苏小姐", "customer_kind": "个人", "phone": PHONE}
    response = signed_in(company.lin_xiao).post("/records/customer/new/", typed)
    assert response.status_code == 422
    assert f"“苏晴”（编号{filed.su_qing}）" in response.content.decode()


def test_a_form_changes_what_was_changed(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """Only the changed field is written; the sealed phone, left empty in the form, stays."""
    client = signed_in(company.lin_xiao)
    address = f"/records/customer/{filed.su_qing}/edit/"
    html = client.get(address).content.decode()
    assert PHONE not in html
    assert "现为 139****5612" in html
    typed = {
        "version": "1",
        "name": "苏晴",
        "customer_kind": "个人",
        "source": "来访",
        "living_area": "江南区",
        "phone": "",
    }
    assert client.post(address, typed).status_code == 302
    (entry,) = entries_page(filters=EntryFilters(action="records.update")).entries
    assert set(entry.data["changes"]) == {"living_area"}
    found = records.get(viewer_for(company.lin_xiao.id), "customer", filed.su_qing)
    assert found.cells["phone"].text == "139****5612"


def test_a_stale_form_is_told_so(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """Who was quicker is named, and the slower change is not made."""
    client = signed_in(company.lin_xiao)
    address = f"/records/customer/{filed.su_qing}/edit/"
    typed = {"version": "1", "name": "苏晴", "customer_kind": "个人", "source": "来访"}
    client.post(address, {**typed, "living_area": "江南区"})
    response = client.post(address, {**typed, "living_area": "滨海区"})
    assert response.status_code == 422
    assert "没有保存：林晓" in response.content.decode()
    found = records.get(viewer_for(company.lin_xiao.id), "customer", filed.su_qing)
    assert found.cells["living_area"].text == "江南区"


def test_a_reference_is_found_by_name(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """Typing a name offers the customers of that name, told apart by what the viewer may see."""
    html = (
        signed_in(company.xu_ke).get("/records/customer/options/?q=%E8%8B%8F%E6%99%B4&field=customer").content.decode()
    )
    assert f'<input type="radio" name="customer" value="{filed.su_qing}">' in html
    assert "139****5612" in html
    assert PHONE not in html


def test_a_form_can_come_with_its_reference_filled_in(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """From a customer's page a new reception knows its customer."""
    html = signed_in(company.lin_xiao).get(f"/records/reception/new/?customer={filed.su_qing}").content.decode()
    assert re.search(rf'value="{filed.su_qing}" checked>\s*苏晴', html)


def test_why_stands_alone_too(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """The reason has an address of its own, with the inputs of its day."""
    html = signed_in(company.zhou_min).get(f"/records/customer/{filed.su_qing}/why/customer_grade/").content.decode()
    assert "¥8,600,000.00" in html
    assert "第 5 行" in html


def test_a_record_begins_with_its_filing(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """The last line of a timeline says who filed the record, once, however much has happened since."""
    client = signed_in(company.lin_xiao)
    address = f"/records/customer/{filed.su_qing}/"
    typed = {"name": "苏晴", "customer_kind": "个人", "source": "来访"}
    for number in range(1, 36):
        typed |= {"version": str(number), "living_area": f"江南{number}区"}
        assert client.post(f"{address}edit/", typed).status_code == 302
    timeline = client.get(address).content.decode().partition('id="timeline"')[2]
    assert timeline.count("建档") == 1
    assert timeline.rfind("建档") > timeline.rfind("修改了居住区域")
