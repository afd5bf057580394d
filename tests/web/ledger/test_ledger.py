"""The ledger's pages: entries by filters, and the proof."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.jobs import actions as jobs
from keguan.runtime.jobs import queries as job_queries
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Actor, Record, append, forget, seal
from keguan.runtime.ledger.export_check import check
from keguan.web.jobs import VERIFY
from tests.cast import Cast
from tests.web.conftest import SignedIn
from tests.web.records.conftest import PHONE, Filed, filed

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

__all__ = ["filed"]


def test_entries_tell_fields_and_clauses_but_no_values(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """A filed customer is an entry with the fields' labels and the clause; the phone is nowhere."""
    html = signed_in(company.he_shen).get("/ledger/?type=customer").content.decode()
    assert "新建档案" in html
    assert "手机" in html
    assert "第三条 客户档案" in html
    assert PHONE not in html
    assert "苏晴" not in html


def test_filters_narrow_and_can_be_cleared(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """By record type and by person; nothing found says so."""
    client = signed_in(company.he_shen)
    html = client.get(f"/ledger/?type=purchase_contract&actor={company.xu_ke.id}").content.decode()
    assert "许可" in html
    assert "林晓</a>" not in html
    html = client.get("/ledger/?since=2031-01-01").content.decode()
    assert "没有符合条件的记录" in html
    assert "清除" in html


def test_nonsense_filters_are_harmless(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """A typed day or person that is none filters nothing."""
    response = signed_in(company.he_shen).get("/ledger/?since=gestern&actor=²&after=-1")
    assert response.status_code == 200


def test_the_proof_runs_as_a_job_and_says_what_it_found(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """The button begins a job; its page shows progress, then that everything is as it was written."""
    client = signed_in(company.he_shen)
    begun = client.post("/ledger/verify/", headers={"HX-Request": "true"}).content.decode()
    assert "正在核验账本" in begun
    (card,) = job_queries.jobs(name=VERIFY)
    jobs.run_now(card.id)
    html = client.get(f"/ledger/verify/{card.id}/", headers={"HX-Request": "true"}).content.decode()
    assert "核验通过" in html
    assert "notice--good" in html
    assert "hx-trigger" not in html


def test_the_proof_speaks_the_language_of_whoever_asked(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """The worker has a language of its own; what it found is told in the auditor's."""
    client = signed_in(company.he_shen)
    client.post("/language", {"language": "en", "next": "/ledger/"})
    client.post("/ledger/verify/")
    (card,) = job_queries.jobs(name=VERIFY)
    jobs.run_now(card.id)
    html = client.get(f"/ledger/verify/{card.id}/").content.decode()
    assert "Verified: everything is as it was written." in html
    assert "核验通过" not in html


def test_only_auditors_prove(company: Cast, signed_in: SignedIn) -> None:
    """A refused verification begins no job."""
    assert signed_in(company.zhou_min).post("/ledger/verify/").status_code == 403
    assert job_queries.jobs(name=VERIFY) == ()


def test_looking_is_an_entry_once_a_day_for_each_search(
    company: Cast, signed_in: SignedIn, filed: Filed, afternoon: datetime
) -> None:
    """Who audits leaves a trace: which search; the same search again leaves none."""
    client = signed_in(company.he_shen)
    for _ in range(2):
        client.get("/ledger/?type=customer")
        client.get("/ledger/")
    looks = ledger.entries_page(filters=ledger.EntryFilters(action="ledger.look")).entries
    assert [(look.actor_id, look.data) for look in looks] == [
        (company.he_shen.id, {"asked": {}}),
        (company.he_shen.id, {"asked": {"type": "customer"}}),
    ]


def test_a_page_takes_few_queries(
    company: Cast, signed_in: SignedIn, filed: Filed, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """However many entries there are; nothing is counted in the ledger."""
    client = signed_in(company.he_shen)
    client.get("/ledger/?type=customer")
    with django_assert_max_num_queries(24) as context:
        client.get("/ledger/?type=customer")
    assert not [
        query["sql"] for query in context.captured_queries if "COUNT(" in query["sql"] and "ledger" in query["sql"]
    ]


def test_words_are_found_in_who_what_and_whom_and_never_in_values(
    company: Cast, signed_in: SignedIn, filed: Filed
) -> None:
    """The name of an action in words, a person, a clause; a customer's name finds nothing."""
    client = signed_in(company.he_shen)
    assert 'id="entry-' in client.get("/ledger/?text=新建档案").content.decode()
    assert 'id="entry-' in client.get("/ledger/?text=林晓").content.decode()
    assert 'id="entry-' not in client.get("/ledger/?text=苏晴").content.decode()
    (entry, *_rest) = ledger.entries_page(filters=ledger.EntryFilters(subject_type="customer")).entries
    html = client.get("/ledger/", {"clause": entry.clause}).content.decode()
    assert f'id="entry-{entry.id}"' in html


def test_a_search_is_kept_under_a_name(company: Cast, signed_in: SignedIn) -> None:
    """It stands above the list until it is dropped; nobody else has it."""
    client = signed_in(company.he_shen)
    html = client.post(
        "/ledger/searches/", {"title": "看过客户", "action": "ledger.read"}, follow=True
    ).content.decode()
    assert "看过客户" in html
    (kept,) = ledger.searches(company.he_shen.id)
    assert kept.query == "action=ledger.read"
    assert client.post("/ledger/searches/", {"title": " ", "action": "x"}).status_code == 403
    assert signed_in(company.zhou_min).post(f"/ledger/searches/{kept.id}/drop/").status_code == 403
    assert ledger.searches(company.he_shen.id) == (kept,)
    client.post(f"/ledger/searches/{kept.id}/drop/")
    assert ledger.searches(company.he_shen.id) == ()


def test_an_export_proves_itself(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """A table to read without any value, proofs that hold under the key, and the program that checks them."""
    seal()
    answer = signed_in(company.he_shen).post("/ledger/export/", {"type": "customer"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    assert sorted(files) == ["check.py", "entries.csv", "proofs.jsonl", "public-key.pem", "receipt.json"]
    proved, _loose, wrong = check(files["proofs.jsonl"].decode().splitlines(), files["public-key.pem"])
    assert (proved > 0, wrong) == (True, [])
    rows = list(csv.DictReader(io.StringIO(files["entries.csv"].decode("utf-8-sig"))))
    assert {row["事项"] for row in rows} >= {"新建档案"}
    for secret in (PHONE, "苏晴"):
        assert all(secret not in content.decode() for content in files.values())
    assert ledger.entries_page().entries[0].action == "ledger.export"


def test_a_cell_is_no_formula(company: Cast, signed_in: SignedIn) -> None:
    """What somebody typed to harm a spreadsheet stays text."""
    append(Actor(7, "=HYPERLINK(1)", "web"), [Record("org.sign_in", "staff", 7)])
    seal()
    answer = signed_in(company.he_shen).post("/ledger/export/", {"actor": "7"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as whole:
        assert ",'=HYPERLINK(1)," in whole.read("entries.csv").decode()


def test_what_was_forgotten_says_so(company: Cast, signed_in: SignedIn) -> None:
    """The entry stays and tells that its contents were deleted by rule."""
    append(
        Actor(7, "林晓", "web"), [Record("records.reveal", "customer", 941, data={"field": "phone", "reason": "回访"})]
    )
    client = signed_in(company.he_shen)
    assert "事由 回访" in client.get("/ledger/?type=customer&subject=941").content.decode()
    forget([("customer", "941")])
    html = client.get("/ledger/?type=customer&subject=941").content.decode()
    assert "内容已按规定删除" in html
    assert "回访" not in html


def test_a_stopped_sealer_is_an_alarm_on_the_page(company: Cast, signed_in: SignedIn, afternoon: datetime) -> None:
    """Nobody has to remember when the ledger was last sealed."""
    client = signed_in(company.he_shen)
    seal()
    append(Actor(7, "林晓", "web"), [Record("org.sign_in", "staff", 7)])
    assert "还没有封存。后台作业" not in client.get("/ledger/").content.decode()
    clock.advance(timedelta(minutes=11))
    assert "还没有封存。后台作业" in client.get("/ledger/").content.decode()
    seal()
    assert "还没有封存。后台作业" not in client.get("/ledger/?text=x").content.decode()


def test_only_auditors_export_search_and_take_the_key(company: Cast, signed_in: SignedIn) -> None:
    """Refused, and nothing is written or kept."""
    client = signed_in(company.zhou_min)
    assert client.post("/ledger/export/").status_code == 403
    assert client.post("/ledger/searches/", {"title": "x", "text": "y"}).status_code == 403
    assert client.get("/ledger/key/").status_code == 403
    assert ledger.searches(company.zhou_min.id) == ()
    assert not ledger.entries_page(filters=ledger.EntryFilters(action="ledger.export")).entries
    assert signed_in(company.he_shen).get("/ledger/key/").content.startswith(b"-----BEGIN PUBLIC KEY-----")
