"""What stands in a scenario's values: people, moments, processes, steps, records, words — by name, with diagnostics."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from keguan.language.diagnostics.catalogue import names as name_entries
from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.markdown.document import Written
from keguan.language.markdown.yaml_tree import Items
from keguan.language.markdown.yaml_tree import Mapping as Pairs
from keguan.language.testing.names import EMPTY_WORDS, Names, Problem
from keguan.language.testing.staged.expectations import When
from keguan.language.testing.staged.scenario import CaseRef, RecordRef, StepRef
from keguan.language.testing.staged.words import PROCESS, RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.model.model import Label, Model
    from keguan.language.model.process import Process
    from keguan.language.testing.staged.words import Pair

T = TypeVar("T")
Named = TypeVar("Named")

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?", re.ASCII)
_DIGIT = re.compile(r"[0-9]")
_YES = {"是": True, "yes": True, "true": True, "否": False, "no": False, "false": False}


class Keys:
    """The pairs of an item by what they are called; unknown ones are reported."""

    def __init__(self, reader: Reader, pairs: Sequence[tuple[Written, Tree]], known: Iterable[Pair]) -> None:
        names = {name: pair for pair in known for name in pair}
        self._found: dict[Pair, tuple[Written, Tree]] = {}
        for key, value in pairs:
            if key.text not in names:
                hint = suggest(key.text, names, [zh for zh, _ in dict.fromkeys(names.values())])
                reader.findings.add(entries.KEY_UNKNOWN, key.span, key=key.text, **hint)
                raise Problem
            self._found[names[key.text]] = (key, value)

    def get(self, pair: Pair) -> Tree | None:
        """The value under this name, None when it is not written."""
        found = self._found.get(pair)
        return None if found is None else found[1]

    def key(self, pair: Pair) -> Written:
        """The key itself. Raises ``KeyError``."""
        return self._found[pair][0]

    def __contains__(self, pair: Pair) -> bool:
        return pair in self._found


class Reader:
    """Reads values by the model's names. Every method raises ``Problem`` after a diagnostic."""

    def __init__(self, model: Model, findings: Findings, people: Iterable[str] = ()) -> None:
        self.model = model
        self.findings = findings
        self.names = Names(model, findings)
        self.people = tuple(people)

    def text(self, tree: Tree) -> str:
        """One piece of text."""
        return self._written(tree, "一段文字", "some text").text

    def texts(self, tree: Tree) -> tuple[Written, ...]:
        """A list of texts; one alone may go without brackets, and none is ``[]`` or 空."""
        if isinstance(tree, Written):
            return () if tree.text in EMPTY_WORDS else (tree,)
        if isinstance(tree, Items) and all(isinstance(each, Written) for each in tree.items):
            return tuple(each for each in tree.items if isinstance(each, Written))
        raise self.names.shape(tree, "用方括号写的列表，如 [甲, 乙]", "a list in brackets such as [a, b]")

    def yes(self, tree: Tree) -> bool:
        """是 or 否."""
        found = _YES.get(tree.text.lower()) if isinstance(tree, Written) else None
        if found is None:
            raise self.names.shape(tree, "“是”或“否”", "“yes” or “no”")
        return found

    def number(self, tree: Tree) -> int:
        """A whole number that is not negative."""
        text = tree.text if isinstance(tree, Written) else ""
        if not text.isascii() or not text.isdecimal() or len(text) > 9:
            raise self.names.shape(tree, "一个整数", "a whole number")
        return int(text)

    def moment(self, tree: Tree) -> When:
        """A day, with or without a time."""
        found = _MOMENT.fullmatch(tree.text.strip()) if isinstance(tree, Written) else None
        try:
            if found is not None:
                return When(datetime.fromisoformat(f"{found[1]} {found[2] or '00:00'}"), found[2] is None)
        except ValueError:
            pass
        expected, english = "一个时间，如 2026-03-02 09:00", "a time such as 2026-03-02 09:00"
        raise self.names.shape(tree, expected, english)

    def person(self, tree: Tree) -> str:
        """One of the scenario's people."""
        written = self._written(tree, "一个人的姓名", "a person's name")
        if written.text not in self.people:
            hint = suggest(written.text, self.people)
            self.findings.add(entries.PERSON_UNKNOWN, written.span, name=written.text, **hint)
            raise Problem
        return written.text

    def persons(self, tree: Tree) -> tuple[str, ...]:
        """Several of the scenario's people."""
        return tuple(self.person(each) for each in self.texts(tree))

    def role(self, written: Written) -> str:
        """The code of a role."""
        for role in self.model.roles.values():
            if written.text in (role.code, role.label.zh):
                return role.code
        hint = suggest(written.text, [role.label.zh for role in self.model.roles.values()])
        self.findings.add(name_entries.ROLE_UNKNOWN, written.span, name=written.text, **hint)
        raise Problem

    def word(self, tree: Tree, known: Mapping[T, Sequence[str]], what: Pair) -> T:
        """One of a few words."""
        text = tree.text if isinstance(tree, Written) else ""
        for meaning, words in known.items():
            if text in words:
                return meaning
        hint = suggest(text, [words[0] for words in known.values()])
        self.findings.add(entries.WORD_UNKNOWN, tree.span, value=text, key=what[0], key_en=what[1], **hint)
        raise Problem

    def process(self, tree: Tree) -> Process:
        """A process."""
        return self.block(tree, self.model.blocks.processes, ("流程", "process"), lambda each: each.label)

    def block(self, tree: Tree, known: Mapping[str, Named], kind: Pair, label: Callable[[Named], Label]) -> Named:
        """A block by label or code."""
        text = tree.text if isinstance(tree, Written) else ""
        for code, each in known.items():
            if text in (code, label(each).zh):
                return each
        hint = suggest(text, [label(each).zh for each in known.values()])
        self.findings.add(name_entries.BLOCK_NOT_FOUND, tree.span, kind=kind[0], kind_en=kind[1], name=text, **hint)
        raise Problem

    def find_process(self, name: str) -> Process | None:
        """The process of this label or code."""
        found = (each for each in self.model.blocks.processes.values() if name in (each.code, each.label.zh))
        return next(found, None)

    def steps(self, name: str, process: str | None = None, record_type: str | None = None) -> tuple[StepRef, ...]:
        """The steps of this label or code, in one process or those over one record type, or anywhere."""
        return tuple(
            StepRef(each.code, step.code)
            for each in self.model.blocks.processes.values()
            if process in (None, each.code) and record_type in (None, each.record_type)
            for step in each.steps
            if name in (step.code, step.label.zh)
        )

    def step(self, tree: Tree, process: str | None = None, record_type: str | None = None) -> StepRef:
        """The one step of this label or code."""
        written = self._written(tree, "一个步骤的名称", "the name of a step")
        found = self.steps(written.text, process, record_type)
        if len(found) == 1:
            return found[0]
        processes = self.model.blocks.processes
        if found:
            named = "、".join(processes[each.process].label.zh for each in found)
            self.findings.add(entries.STEP_AMBIGUOUS, written.span, name=written.text, processes=named)
            raise Problem
        known = [step.label.zh for each in processes.values() if process in (None, each.code) for step in each.steps]
        hint = suggest(written.text, known)
        self.findings.add(entries.STEP_UNKNOWN, written.span, name=written.text, **hint)
        raise Problem

    def record(self, tree: Tree, record_type: str | None = None) -> RecordRef:
        """A record: ``{客户: 苏禾}``, or its title alone where its type is known."""
        if isinstance(tree, Written) and record_type is not None:
            return RecordRef(record_type, tree, tree.span)
        if not isinstance(tree, Pairs) or len(tree.pairs) != 1:
            raise self.names.shape(tree, "一条档案，如 {客户: 苏禾}", "one record such as {customer: Su He}")
        key, which = tree.pairs[0]
        found = self.names.record_type(key)
        if isinstance(which, Pairs):
            for field, _value in which.pairs:
                if field.text not in ("部门", "unit"):
                    self.names.item(found, field, computed=True)
        return RecordRef(found.code, which, tree.span)

    def case(self, tree: Tree) -> CaseRef:
        """A case: its number, the name of its process, or ``{流程: …, 档案: {…}}``."""
        if isinstance(tree, Written):
            process = self.find_process(tree.text)
            if process is not None:
                return CaseRef(None, process.code, None, tree.span)
            if _DIGIT.search(tree.text):
                return CaseRef(tree.text, None, None, tree.span)
            self.process(tree)  # says that there is no such process
        if not isinstance(tree, Pairs):
            raise self.names.shape(
                tree, "案件的编号，或 {流程: …, 档案: {…}}", "a number, or {process: …, record: {…}}"
            )
        keys = Keys(self, tree.pairs, (PROCESS, RECORD))
        named, of = keys.get(PROCESS), keys.get(RECORD)
        process = None if named is None else self.process(named)
        record = None if of is None else self.record(of, process.record_type if process else None)
        return CaseRef(None, process.code if process else None, record, tree.span)

    def _written(self, tree: Tree, expected: str, english: str) -> Written:
        if not isinstance(tree, Written):
            raise self.names.shape(tree, expected, english)
        return tree
