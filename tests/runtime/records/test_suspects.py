"""Records that may be one and the same though nothing unique about them is equal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.jobs.actions import CancelJob, run_now
from keguan.runtime.jobs.queries import job
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import DismissSuspect, MergeRecords, StartScan
from keguan.runtime.records.models import Scan, Suspect
from keguan.runtime.records.suspects import scanning
from keguan.runtime.records.suspects.features import Features
from keguan.runtime.records.suspects.scoring import THRESHOLD, compare, total
from keguan.runtime.records.suspects.spelling import family, firm_core, plain_address, plain_name, sound
from tests.runtime.records.filing import customer
from tests.runtime.records.test_hand_over import handing

if TYPE_CHECKING:
    from pathlib import Path

    from keguan.runtime.access.viewer import Viewer
    from tests.cast import Cast


def scan(company: Cast) -> int:
    """许可 has the customers searched; how many pairs."""
    run_now(StartScan(viewer=merger(company), record_type="customer", wake=False).run())
    return Scan.objects.latest("id").pairs


def merger(company: Cast) -> Viewer:
    """许可, who may merge."""
    return handing(company.xu_ke, "merge")


def pairs(viewer: Viewer) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The pairs this viewer is shown: both names and the reasons."""
    return [
        (each.one.title.text, each.other.title.text, [(why.field, str(why.likeness)) for why in each.reasons])
        for each in records.suspects(viewer, "customer").pairs
    ]


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        (("张伟", "13800135612"), ("张　伟", "13800135621"), [("name", "same"), ("phone", "near")]),
        (("张伟明", "13800135612"), ("张炜明", "13800135613"), [("name", "sound"), ("phone", "near")]),
        (("王小明", "13800135612"), ("王明小", "13800135912"), [("name", "sound"), ("phone", "near")]),
        (("曾丽华", "13800135612"), ("增丽华", "13800135602"), [("name", "sound"), ("phone", "near")]),
        (("张伟明", "13800135612"), ("张伟强", "13800135613"), [("name", "near"), ("phone", "near")]),
    ],
)
def test_what_is_found(company: Cast, one: tuple[str, str], other: tuple[str, str], likeness: list) -> None:
    """Blanks and width, homophones, swapped and wrong signs, a surname's own reading: with a phone one digit off."""
    customer(company.lin_xiao, *one)
    customer(company.fang_ming, *other)
    customer(company.fang_ming, "李娜", "13700001111")
    assert scan(company) == 1
    assert pairs(merger(company)) == [(one[0], other[0], likeness)]


def test_firms_without_their_legal_form(company: Cast) -> None:
    """A firm whose name lacks the legal form is found whatever its phone; one with a sign wrong needs more."""
    customer(company.lin_xiao, "云岭建材贸易有限公司", "13800135612")
    customer(company.lin_xiao, "云岭建材贸易", "13900009999")
    customer(company.lin_xiao, "云岭建树贸易公司", "13700001111")
    scan(company)
    assert {(one, other, reasons[0]) for one, other, reasons in pairs(merger(company))} == {
        ("云岭建材贸易有限公司", "云岭建材贸易", ("name", "same"))
    }


def test_what_is_not_shown(company: Cast) -> None:
    """Namesakes with other phones, and strangers whose phones are one digit apart, are no pair."""
    customer(company.lin_xiao, "张伟", "13800135612")
    customer(company.lin_xiao, "张伟", "13900009999")
    customer(company.lin_xiao, "李娜", "13800135613")
    assert scan(company) == 0


def test_a_pair_is_shown_to_whom_both_are_in_reach(company: Cast) -> None:
    """林晓 sees neither 方明's customer nor that there is a pair; without the operation the list is refused."""
    customer(company.lin_xiao, "张伟明", "13800135612")
    customer(company.fang_ming, "张炜明", "13800135613")
    scan(company)
    assert pairs(handing(company.lin_xiao, "merge")) == []
    assert len(pairs(merger(company))) == 1
    with pytest.raises(Refused) as caught:
        records.suspects(viewer_for(company.lin_xiao.id), "customer")
    assert caught.value.code == "not_permitted"


def test_a_reason_that_may_not_be_seen_counts_for_nothing(company: Cast) -> None:
    """Who may not see phones is not told that these are alike, by list or by score: what is left is no pair."""
    customer(company.lin_xiao, "张伟明", "13800135612")
    customer(company.lin_xiao, "张炜明", "13800135613")
    scan(company)
    few = merger(company)
    few = replace(few, grants=tuple(replace(each, classes=frozenset({"身份"})) for each in few.grants))
    assert pairs(few) == []


def test_a_dismissed_pair_stays_dismissed(company: Cast) -> None:
    """Not the same person: gone from the list, also after the next search; refused to whom it is out of reach."""
    customer(company.lin_xiao, "张伟明", "13800135612")
    customer(company.fang_ming, "张炜明", "13800135613")
    scan(company)
    found = Suspect.objects.get()
    with pytest.raises(Refused) as caught:
        DismissSuspect(viewer=handing(company.lin_xiao, "merge"), suspect_id=found.pk).run()
    assert caught.value.code == "suspects.not_found"
    DismissSuspect(viewer=merger(company), suspect_id=found.pk, note="是兄弟").run()
    scan(company)
    assert pairs(merger(company)) == []
    again = Suspect.objects.get()
    assert (again.note, again.dismissed_by_name) == ("是兄弟", "许可")


def test_a_merged_pair_is_gone(company: Cast) -> None:
    """After merging there is nothing left to show, and the next search forgets it."""
    one, other = (
        customer(company.lin_xiao, "张伟明", "13800135612"),
        customer(company.lin_xiao, "张炜明", "13800135613"),
    )
    scan(company)
    MergeRecords(
        viewer=merger(company), record_type="customer", kept_id=one, gone_id=other, reason="核实为同一人"
    ).run()
    assert pairs(merger(company)) == []
    scan(company)
    assert not Suspect.objects.exists()


def test_a_search_that_is_cut_short_is_done_again(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies while comparing leaves nothing wrong: run again, the pairs are those of one clean run."""
    for number in range(6):
        customer(company.lin_xiao, "张伟明", f"1380013561{number}")
    job_id = StartScan(viewer=merger(company), record_type="customer", wake=False).run()
    monkeypatch.setattr(scanning, "BATCH", 4)
    calls = []

    def die(*arguments: object) -> int:
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return keep(*arguments)

    keep = scanning._keep
    monkeypatch.setattr(scanning, "_keep", die)
    with pytest.raises(KeyboardInterrupt):
        run_now(job_id)
    assert Suspect.objects.count() == 4
    run_now(job_id)
    assert (Suspect.objects.count(), Scan.objects.get().pairs) == (15, 15)
    assert job(job_id).state == "done"


def test_nothing_of_the_working_file_is_left(company: Cast) -> None:
    """Done or cancelled, the scratch folder is empty; a second search beside a waiting one is refused."""
    customer(company.lin_xiao, "张伟明", "13800135612")
    waiting = StartScan(viewer=merger(company), record_type="customer", wake=False).run()
    with pytest.raises(Refused) as caught:
        StartScan(viewer=merger(company), record_type="customer", wake=False).run()
    assert caught.value.code == "suspects.running"
    CancelJob(actor=SYSTEM, job_id=waiting).run()
    scan(company)
    folder: Path = settings.HOME / "scratch"
    assert list(folder.iterdir()) == []


def test_the_list_asks_the_same_however_many_there_are(company: Cast) -> None:
    """One pair or fifteen: the same number of queries."""
    counts = []
    for many in (2, 6):
        for number in range(many):
            customer(company.lin_xiao, f"张伟明{many}", f"1380013{many}61{number}")
        scan(company)
        with CaptureQueriesContext(connection) as captured:
            records.suspects(merger(company), "customer")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 10


def test_spellings() -> None:
    """One spelling for names, firms, addresses and sounds."""
    assert plain_name("Ｚhang · 伟") == plain_name("zhang伟") == "zhang伟"
    assert firm_core("云岭（江南）置业有限公司") == firm_core("云岭江南置业") == "云岭江南置业"
    assert firm_core("张伟") == ""
    assert sound("曾丽") == sound("增利") == "li zen"
    assert family("单晓东") == "san"
    assert plain_address("云岭路三号 5号楼２房") == plain_address("云岭路3号5幢2室") == "云岭路3号5栋2室"


NAMES = (
    ("张伟", "wei zan", ""),
    ("张炜", "wei zan", ""),
    ("李娜", "li na", ""),
    ("云岭置业公司", "lin yun", "云岭置业"),
)
NUMBERS = st.sampled_from(["13800135612", "13800135613"])
RECORDS = st.builds(
    lambda named, numbers, addresses, choices: Features(1, *named[:2], "zan", named[2], numbers, addresses, choices),
    st.sampled_from(NAMES),
    st.dictionaries(st.sampled_from(["phone", "id_number"]), NUMBERS),
    st.dictionaries(st.just("address"), st.sampled_from(["云岭路3号", "云岭路3号5栋", "西山大道9号"])),
    st.dictionaries(st.just("gender"), st.sampled_from(["男", "女"])),
)


@given(RECORDS, RECORDS)
def test_likeness_has_no_direction(one: Features, other: Features) -> None:
    """Whoever comes first, the points are the same; and nothing is more like a record than itself."""
    strong = frozenset({"id_number"})
    mine = total(compare(one, other, "name", strong))
    assert mine == total(compare(other, one, "name", strong))
    assert mine <= max(total(compare(one, one, "name", strong)), total(compare(other, other, "name", strong)))
    if one.numbers.get("id_number") and one.numbers == other.numbers and one.name == other.name:
        assert mine >= THRESHOLD or one.choices != other.choices
