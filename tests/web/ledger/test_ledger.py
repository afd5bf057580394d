"""The ledger's pages: entries by filters, and the proof."""

from __future__ import annotations

from keguan.runtime.jobs import actions as jobs
from keguan.runtime.jobs import queries as job_queries
from keguan.web.jobs import VERIFY
from tests.cast import Cast
from tests.web.conftest import SignedIn
from tests.web.records.conftest import PHONE, Filed, filed

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
