"""A policy that there has not been yet: from the paper in the drawer, or from the example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.queries import entries_page
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import BringIn, NewPolicy, StartDraft
from keguan.runtime.policies.actions.beginning import LARGEST_FILE
from keguan.runtime.policies.models import Draft
from keguan.runtime.policies.queries import State
from tests.language.paper.documents import SCANNED, word
from tests.language.paper.hostile import HOSTILE

if TYPE_CHECKING:
    from tests.cast import Cast

SCAN = SCANNED.encode()


def bring(company: Cast, pack: str = "service", name: str = "规定.txt", data: bytes = SCAN, title: str = "") -> int:
    """许可 brings a file in."""
    return BringIn(actor=company.xu_ke.actor, pack=pack, file_name=name, data=data, title=title).run()


def refused_by(company: Cast, name: str, data: bytes) -> Refused:
    """What 许可 is told; nothing is kept, and the ledger says nothing."""
    entries = len(entries_page().entries)
    with pytest.raises(Refused) as refused:
        bring(company, name=name, data=data)
    assert not Draft.objects.exists()
    assert len(entries_page().entries) == entries
    return refused.value


def test_a_scanned_policy_becomes_a_draft_of_a_new_policy(company: Cast) -> None:
    """It is sound, is listed by the title in the file, goes out from nothing, and every clause is only told."""
    found = policies.draft(bring(company))
    assert (found.card.pack, found.card.title, found.card.base) == ("service", "青禾物业客户服务管理规定", "")
    assert (found.card.state, found.card.revision, found.card.author_name) == (State.DRAFT, 1, "许可")
    model = policies.checked_draft("service", found.files).model
    assert model is not None
    assert policies.coverage_of(model.policies["service"]).by_status["narrative"] == 5


def test_what_became_of_the_file_is_kept_and_the_file_is_not(company: Cast) -> None:
    """Five clauses, a table, and each line that was left out with its place and reason in the reader's language."""
    number = bring(company, name="C:\\桌面\\规定.txt")
    told = policies.origin_of(number, "zh")
    assert told is not None
    assert (told.file_name, told.clauses, told.tables, told.dropped) == ("规定.txt", 5, 1, 8)
    assert [(each.place, each.text, each.reason) for each in told.left_out][:2] == [
        (3, "目 录", "目录"),
        (4, "第一章 总则………………………1", "目录"),
    ]
    english = policies.origin_of(number, "en")
    assert english is not None
    assert english.left_out[0].reason == "table of contents"
    assert told.renumbered == ()
    assert "目  录" not in str(Draft.objects.values_list("files", "brought").get())


def test_a_word_file_can_have_another_title(company: Cast) -> None:
    """The title that 许可 types stands in the text too, whatever signs it has in it."""
    found = policies.draft(bring(company, name="办法.docx", data=word(), title='赊销: "新"办法'))
    assert found.card.title == '赊销: "新"办法'
    model = policies.checked_draft("service", found.files).model
    assert model is not None
    assert model.policies["service"].title == '赊销: "新"办法'
    assert '# 赊销: "新"办法' in found.files["policy.md"]


def test_the_ledger_knows_the_file_by_its_digest(company: Cast) -> None:
    """Who, which draft, the file's name and digest; none of its words."""
    number = bring(company)
    (entry,) = entries_page(size=1).entries
    assert (entry.action, entry.subject_id, entry.actor_name) == ("policies.bring_in", "service", "许可")
    assert (entry.data["draft"], entry.data["file"], entry.data["clauses"]) == (number, "规定.txt", 5)
    assert len(entry.data["digest"]) == 64
    assert "业主" not in str(entry.data)


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_a_hostile_file_leaves_nothing(company: Cast, kind: str) -> None:
    """It is refused with the reader's own sentence, beside the file's field."""
    refused = refused_by(company, "制度.docx", HOSTILE[kind]())
    assert refused.code == "policies.file"
    assert refused.fields["file"] == refused.message
    assert refused.message.startswith(("读不了这个 Word 文件", "文件展开后超过", "文件太大"))


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("制度.doc", b"x", "只能带进"),
        ("制度.docm", b"x", "只能带进"),
        ("制度.pdf", b"%PDF-1.7", "只能带进"),
        ("制度", b"x", "只能带进"),
        ("制度.txt", b"", "文件是空的"),
        ("制度.txt", b"\0\1\2", "这不是文字文件"),
        ("制度.txt", b"\n\n", "文件里没有文字"),
        ("制度.txt", b"x" * (LARGEST_FILE + 1), "文件超过 10 MB"),
    ],
)
def test_what_is_no_policy_on_paper_is_refused(company: Cast, name: str, data: bytes, told: str) -> None:
    """Other kinds of files, empty ones and large ones are refused in a sentence."""
    assert refused_by(company, name, data).message.startswith(told)


@pytest.mark.parametrize("pack", ["property-developer", "begun", "Große", "a_b", ""])
def test_a_name_in_use_or_that_is_none_is_refused(company: Cast, pack: str) -> None:
    """A published policy, one being drafted, and names that no pack can have."""
    NewPolicy(actor=company.xu_ke.actor, pack="begun", title="办法").run()
    for action in (
        BringIn(actor=company.xu_ke.actor, pack=pack, file_name="规定.txt", data=SCAN),
        NewPolicy(actor=company.xu_ke.actor, pack=pack, title="办法"),
    ):
        with pytest.raises(Refused) as refused:
            action.run()
        assert refused.value.code in {"policies.pack_taken", "policies.pack_name"}
    assert Draft.objects.count() == 1


def test_the_example_becomes_a_draft_under_its_own_name(company: Cast) -> None:
    """It is sound among the published policies, and only the name and the title are new."""
    number = NewPolicy(actor=company.xu_ke.actor, pack="club", title="会员办法: 试行").run()
    found = policies.draft(number)
    assert (found.card.pack, found.card.title, found.brought) == ("club", "会员办法: 试行", False)
    model = policies.checked_draft("club", found.files).model
    assert model is not None
    assert model.policies["club"].title == "会员办法: 试行"
    assert len(model.policies["club"].clauses) == 5
    assert policies.origin_of(number, "zh") is None


@pytest.mark.parametrize("title", ["", "  ", "长" * 101, "两\n行", "空\0字"])
def test_a_new_policy_has_a_title_that_can_be_read(company: Cast, title: str) -> None:
    """None, or one of more than a hundred signs, is refused beside its field."""
    with pytest.raises(Refused) as refused:
        NewPolicy(actor=company.xu_ke.actor, pack="club", title=title).run()
    assert set(refused.value.fields) == {"title"}
    assert not Draft.objects.exists()


def test_only_those_who_draft_begin_a_policy(company: Cast) -> None:
    """林晓 sells: she is refused before the file is read."""
    with pytest.raises(Refused) as refused:
        BringIn(actor=company.lin_xiao.actor, pack="service", file_name="规定.txt", data=SCAN).run()
    assert refused.value.code == "not_permitted"
    with pytest.raises(Refused):
        NewPolicy(actor=company.lin_xiao.actor, pack="service", title="办法").run()
    assert not Draft.objects.exists()


def test_a_free_name_is_offered(company: Cast) -> None:
    """The first that neither a policy nor an open draft has."""
    assert policies.free_name() == "customer-policy"
    StartDraft(actor=company.xu_ke.actor, pack="customer-policy", files={"policy.md": "x"}, title="办法").run()
    assert policies.free_name() == "customer-policy-2"
