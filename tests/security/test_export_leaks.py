"""Ways by which people have got more out of other systems than they were allowed, tried on this one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from keguan.language.model.granting import GrantedRight
from keguan.runtime import clock
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.exports import queries as exports
from keguan.runtime.exports.actions import Download, Export
from keguan.runtime.exports.models import Export as Stored
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import EndAppointment
from keguan.runtime.permits.models import Permit
from keguan.runtime.processes.queries import case_view
from keguan.runtime.records.actions import SaveView
from keguan.runtime.records.queries import Filter, ListQuery, Operator, saved_views
from tests.api.conftest import program
from tests.runtime.exports.conftest import monday, partners
from tests.runtime.exports.world import add, approved, ask, chosen, decide, export, fetched, job_of, make
from tests.web.conftest import signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.conftest import Program
    from tests.cast import Cast
    from tests.web.conftest import SignedIn

__all__ = ["monday", "partners", "program", "signed_in"]

NAME = "云岭建材"


def test_the_api_is_bound_as_the_page_is(company: Cast, partners: list[int], program: Callable[..., Program]) -> None:
    """A restriction that stands in the page alone is none: the program of somebody who may not export, columns that may
    not leave and a bulk without a permit are refused over HTTP as well, and nothing is begun.
    """
    add(company, "新客户", "云岭", "", "", "")
    about = {"record_type": "partner", "columns": ["name"], "form": "csv"}
    body = {"selection": about, "purpose": "邮寄对账单"}
    answers = [
        program(company.fang_ming).post("/exports/", body),
        program(company.xu_ke).post("/exports/", body),
        program(company.xu_ke).post("/exports/", {**body, "selection": {**about, "columns": ["name", "remark"]}}),
        program(company.xu_ke).post("/exports/", {**body, "permit_id": 1}),
    ]
    assert [each.json()["id"] for each in answers] == [
        "exports.not_permitted",
        "exports.needs_permit",
        "exports.columns",
        "permits.not_standing",
    ]
    assert not Stored.objects.exists()


def test_the_api_exports_what_is_allowed(company: Cast, partners: list[int], program: Callable[..., Program]) -> None:
    """What may leave does: asked for, approved, made and fetched over HTTP; another's token gets nothing of it."""
    caller = program(company.xu_ke)
    about = {"record_type": "partner", "columns": ["name", "balance"], "form": "csv"}
    request = {
        "right": "export",
        "selection": about,
        "purpose": "年度对账",
        "recipient": "事务所",
        "values": {"guard": "水印"},
    }
    permit = caller.post("/permits/", request).json()
    decide(company.zhou_min, permit["case_id"])
    assert caller.get(f"/permits/{permit['id']}").json()["state"] == "granted"
    begun = caller.post("/exports/", {"permit_id": permit["id"]}).json()
    assert caller.get(f"/exports/{begun['id']}/file").json()["id"] == "exports.not_ready"
    make(viewer_for(company.xu_ke.id), begun["id"])
    file = caller.get(f"/exports/{begun['id']}/file")
    assert NAME in b"".join(file.streaming_content).decode()
    assert program(company.zhao_qi).get(f"/exports/{begun['id']}/file").status_code == 404
    assert program(company.zhao_qi).get(f"/exports/{begun['id']}").status_code == 404


def test_changing_the_request_after_the_approval(company: Cast, partners: list[int]) -> None:
    """Other columns, another filter, another form, more records: what was not approved is not exported by the permit,
    which then still stands.
    """
    about = exports.Selection("partner", ListQuery(), columns=("name",), form="csv")
    permit = approved(company, company.xu_ke, about)
    wider = [
        replace(about, columns=("name", "balance")),
        replace(about, query=ListQuery(filters=(Filter("city", Operator.IS, ("滨海",)),))),
        replace(about, form="xlsx"),
        replace(about, query=None, ids=(partners[0],)),
    ]
    for each in wider:
        with pytest.raises(Refused) as refused:
            export(company.xu_ke, each, permit)
        assert refused.value.code == "exports.other_selection"
    assert not Stored.objects.exists()
    assert export(company.xu_ke, about, permit) == Stored.objects.get().pk


def test_another_s_permit_and_one_of_another_right(company: Cast, partners: list[int]) -> None:
    """Neither exports: not the permit of a colleague, not one's own for disclosing, not one that is not decided."""
    theirs = approved(company, company.zhao_qi, chosen("name", "balance"))
    disclosing = approved(company, company.xu_ke, chosen("name", ids=tuple(partners)), GrantedRight.DISCLOSE)
    waiting = ask(company.xu_ke, chosen("name", "balance"))
    for permit in (theirs, disclosing, waiting):
        with pytest.raises(Refused) as refused:
            export(company.xu_ke, None, permit)
        assert refused.value.code == "permits.not_standing"
    assert not Stored.objects.exists()
    assert [Permit.objects.get(pk=each).uses for each in (theirs, disclosing, waiting)] == [0, 0, 0]


def test_a_permit_used_twice(company: Cast, partners: list[int]) -> None:
    """The second export by one permit is refused, even before the first file is made."""
    permit = approved(company, company.xu_ke, chosen("name", "balance"))
    export(company.xu_ke, None, permit)
    with pytest.raises(Refused) as refused:
        export(company.xu_ke, None, permit)
    assert refused.value.code == "permits.not_standing"
    assert Stored.objects.count() == 1


def test_a_permit_after_its_time(company: Cast, partners: list[int]) -> None:
    """Three days later it exports nothing."""
    permit = approved(company, company.xu_ke, chosen("name", "balance"))
    with clock.hold(clock.now() + timedelta(days=3)), pytest.raises(Refused) as refused:
        export(company.xu_ke, None, permit)
    assert refused.value.code == "permits.not_standing"
    assert not Stored.objects.exists()


def test_a_role_lost_between_approval_and_file(company: Cast, partners: list[int]) -> None:
    """Whoever is no clerk any more gets neither the export by the permit they hold, nor the file of one that waits."""
    first = approved(company, company.xu_ke, chosen("name", "balance"))
    second = approved(company, company.xu_ke, chosen("name", "balance"))
    waiting = export(company.xu_ke, None, first)
    (appointment,) = [each for each in org.appointments_of(company.xu_ke.id) if each.role == "partner_clerk"]
    EndAppointment(actor=SYSTEM, appointment_id=appointment.id, until=clock.today()).run()
    with clock.hold(clock.now() + timedelta(days=1)):
        assert run_now(job_of(waiting))
        assert Stored.objects.get(pk=waiting).state == "failed"
        assert Stored.objects.get(pk=waiting).file == ""
        with pytest.raises(Refused):
            export(company.xu_ke, None, second)


def test_all_at_once_in_small_pieces(company: Cast, partners: list[int]) -> None:
    """Not by pages of ids, not by several lists, not by other columns: what adds up to the bulk is one."""
    export(company.xu_ke, chosen("name", ids=tuple(partners[:2])))
    export(company.xu_ke, chosen("city", ids=tuple(partners[2:])))
    for about in (chosen("phone", ids=(partners[0],)), chosen("name", form="pdf", ids=(partners[3],))):
        with pytest.raises(Refused) as refused:
            export(company.xu_ke, about)
        assert refused.value.code == "exports.needs_permit"
    assert Stored.objects.count() == 2


def test_hidden_columns_by_a_view_of_one_s_own(company: Cast, partners: list[int]) -> None:
    """A saved view that names hidden columns, filters or orders does not carry them out."""
    office = viewer_for(company.fang_ming.id)
    query = ListQuery(columns=("name", "balance", "remark"))
    SaveView(viewer=office, record_type="partner", title="全部", query=query).run()
    (view,) = saved_views(office, "partner")
    about = exports.Selection("partner", view.query, columns=view.query.columns, form="csv")
    with pytest.raises(Refused) as refused:
        export(company.fang_ming, about)
    assert refused.value.code == "exports.not_permitted"
    for hidden in (ListQuery(filters=(Filter("balance", Operator.PRESENT),)), ListQuery(sort="balance")):
        with pytest.raises(Refused) as refused:
            export(company.fang_ming, exports.Selection("partner", hidden, columns=("name",), form="csv"))
        assert refused.value.code in ("records.filter", "records.sort")
    assert not Stored.objects.exists()


def test_another_person_s_download(company: Cast, partners: list[int], signed_in: SignedIn) -> None:
    """The number in the address may be guessed: the file is its owner's alone, also for auditors, who see its entry."""
    export_id = export(company.xu_ke, chosen("name"))
    make(viewer_for(company.xu_ke.id), export_id)
    for member in (company.zhao_qi, company.he_shen, company.guan_li):
        with pytest.raises(Refused) as refused:
            Download(viewer=viewer_for(member.id), export_id=export_id).run()
        assert refused.value.code == "exports.not_found"
        answer = signed_in(member).post(f"/exports/{export_id}/file/")
        assert NAME not in answer.content.decode()
    assert exports.one(viewer_for(company.he_shen.id), export_id).rows == 4
    assert Stored.objects.get().downloads == 0


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "", "a/b", "a\0b", "C:\\x"])
def test_no_name_leads_out_of_the_folder(company: Cast, partners: list[int], name: str) -> None:
    """A file's name in the database that somebody tampered with opens nothing elsewhere."""
    export_id = export(company.xu_ke, chosen("name"))
    make(viewer_for(company.xu_ke.id), export_id)
    if connection.vendor == "postgresql" and "\0" in name:
        pytest.skip("this database does not hold such a name")
    Stored.objects.update(file=name)
    with pytest.raises(Refused) as refused:
        Download(viewer=viewer_for(company.xu_ke.id), export_id=export_id).run()
    assert refused.value.code == "exports.file_gone"


def test_the_title_of_a_type_is_no_header(company: Cast, partners: list[int]) -> None:
    """What a file is called holds letters and figures alone, whatever the policy calls its records."""
    export_id = export(company.xu_ke, chosen("name"))
    make(viewer_for(company.xu_ke.id), export_id)
    given = Download(viewer=viewer_for(company.xu_ke.id), export_id=export_id).run()
    assert given.file_name == f"往来客户-EX{export_id:06d}.csv"


def test_the_approver_s_pages_show_nothing_of_the_selection(
    company: Cast, partners: list[int], signed_in: SignedIn
) -> None:
    """周敏 approves without seeing balances or remarks: neither the case, nor the record that asks, nor the permit's
    page, nor the notices tell what was looked for or any value of it.
    """
    query = ListQuery(search=NAME, filters=(Filter("balance", Operator.FROM, ("1234567",)),))
    permit = ask(company.xu_ke, exports.Selection("partner", query, columns=("name", "balance"), form="csv"))
    stored = Permit.objects.get(pk=permit)
    client = signed_in(company.zhou_min)
    addresses = (
        f"/cases/{stored.case_id}/",
        f"/records/partner_request/{stored.request_id}/",
        f"/exports/permits/{permit}/",
        "/notifications/",
        "/cases/",
    )
    pages = [client.get(address) for address in addresses]
    assert [page.status_code for page in pages] == [200] * len(addresses)
    seen = "".join(page.content.decode() for page in pages)
    assert "余额" in seen  # which columns: that they must know
    for secret in (NAME, "1234567", "123.45", "1,234,567", "常拖欠"):
        assert secret not in seen
    view = repr(case_view(viewer_for(company.zhou_min.id), stored.case_id))
    assert NAME not in view


def test_nothing_of_a_selection_is_stored_in_clear(company: Cast, partners: list[int]) -> None:
    """The name that somebody searched for is in no column of the permit, the export, its job or the ledger."""
    query = ListQuery(search=NAME)
    about = exports.Selection("partner", query, columns=("name",), form="csv")
    permit = approved(company, company.xu_ke, about)
    export(company.xu_ke, None, permit)
    tables = (
        "permits_permit",
        "exports_export",
        "jobs_job",
        "ledger_entry",
        "processes_move",
        "records_partner_request",
    )
    with connection.cursor() as cursor:
        for table in set(tables) & set(connection.introspection.table_names()):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                assert NAME not in "".join(
                    bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
                    for value in row
                )


def test_formulas_are_defused_in_the_real_file(company: Cast, partners: list[int]) -> None:
    """A partner whose name is a formula comes out as text with an apostrophe; their remark never at all."""
    data = fetched(company.xu_ke, chosen("name")).decode("utf-8-sig")
    assert "'=西山钢构" in data.replace('"', "")
    assert "\n=西山钢构" not in data
    assert "@老客户" not in data


def test_exporting_needs_a_person(company: Cast, partners: list[int]) -> None:
    """The system itself, whose grants reach everything, exports nothing: somebody must answer for a file."""
    from keguan.runtime.access.viewer import system_viewer

    with pytest.raises(Refused) as refused:
        Export(viewer=system_viewer("cli"), selection=chosen("name"), purpose="邮寄对账单").run()
    assert refused.value.code == "not_permitted"
    assert not Stored.objects.exists()
