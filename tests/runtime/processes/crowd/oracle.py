"""What may become of a case of the process 会办, said a second time and in another way: the moves are gone through one
by one, each must be one that was possible, and what they lead to must be what is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ENDS = {"归档": "archived", "结束": "ended", "作废": "cancelled"}
LEADS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "begin": {"": ("judging",)},
    "judging": {"成立": ("signing",), "不成立": ("结束",)},
    "signing": {"同意": ("price", "house"), "驳回": ("judging",)},
    "price": {"属实": ("meeting",), "重报": ("signing",)},
    "house": {"属实": ("meeting",), "作罢": ("作废",)},
    "meeting": {"办结": ("归档",), "再议": ("signing",)},
}
"""Where each outcome of each step leads."""

PARTIES = {"begin": 1, "judging": 1, "signing": 2, "price": 1, "house": 1, "meeting": 1}
SIGNING = ("handle", "before", "beside", "after")
UNCOUNTED = ("comment", "urge", "copy")
"""Moves that leave the case's version as it is."""

Branch = tuple[tuple[int, int], ...]


class Wrong(Exception):
    """A move that was not possible, or something stored that no move led to."""


@dataclass
class Part:
    """Somebody's share."""

    kind: str
    role: str
    above: int | None
    state: str = "pending"
    outcome: str = ""
    claimed_by: int | None = None


@dataclass
class Task:
    """A step, once."""

    pk: int
    step: str
    turn: int
    branch: Branch
    state: str = "open"
    outcome: str = ""
    parts: dict[int, Part] = field(default_factory=dict)
    signed: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)

    def pending(self) -> Iterator[tuple[int, Part]]:
        """Those who are still to act."""
        return ((pk, part) for pk, part in self.parts.items() if part.state == "pending")

    def end(self, state: str, outcome: str = "") -> None:
        """It is over."""
        self.state, self.outcome = state, outcome
        self.closed = [pk for pk, _part in self.pending()]
        for pk in self.closed:
            self.parts[pk].state = "closed"

    def open_again(self) -> None:
        """It goes on as it stood before it ended."""
        self.state, self.outcome = "open", ""
        for pk in self.closed:
            self.parts[pk].state = "pending"

    def decided(self) -> str | None:
        """The outcome to which those who signed have come; None while it is open."""
        signed = [self.parts[pk] for pk in self.signed if self.parts[pk].state == "done"]
        agreed = next(iter(LEADS[self.step]))
        for part in signed:
            if part.kind != "before" and part.outcome != agreed:
                return part.outcome
        owed = {"beside", "after"} | ({"handle"} if self.step == "signing" else set())
        handled = [part for part in signed if part.kind == "handle"]
        waiting = any(part.kind in owed for _pk, part in self.pending())
        return handled[0].outcome if handled and not waiting else None


@dataclass
class Facts:
    """What is stored of a case, as plain rows: its moves, tasks and shares by id, and what roles people hold."""

    case: Mapping[str, Any]
    moves: Sequence[Mapping[str, Any]]
    tasks: Sequence[Mapping[str, Any]]
    shares: Mapping[int, Mapping[str, Any]]
    roles: Mapping[int, str]


class Oracle:
    """One case, gone through move by move. Raises ``Wrong``."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.tasks: list[Task] = []
        self.state, self.paused, self.version = "", False, 1
        self.last: tuple[str, int | None, int | None, list[Task], list[Task]] | None = None
        made = {pk for move in facts.moves for pk in _made(move)}
        self._given = {pk: row for pk, row in facts.shares.items() if pk not in made and row["kind"] == "handle"}

    def go_through(self) -> None:
        """All moves, then what is stored."""
        for move in self.facts.moves:
            self._one(move)
        self._compare()

    def _one(self, move: Mapping[str, Any]) -> None:
        kind = move["kind"]
        self._must((self.state == "") == (kind == "start"), "begun once", move)
        over = self.state not in ("", "open")
        self._must(kind in ("comment", "copy") or over == (kind == "reopen"), "made on a case that is over", move)
        self.version += kind not in UNCOUNTED
        act = getattr(self, f"_{kind}", None)
        begun: list[Task] = []
        ended: list[Task] = []
        if act is not None:
            before = [each for each in self.tasks if each.state == "open"]
            count = len(self.tasks)
            act(move)
            begun = self.tasks[count:]
            ended = [each for each in before if each.state == "cancelled"]
        if kind not in (*UNCOUNTED, "late", "remind"):
            self.last = (kind, move["by_id"], move["task_id"], begun, ended)

    def _start(self, move: Mapping[str, Any]) -> None:
        self.state = "open"
        self._begin("begin", ())

    def _complete(self, move: Mapping[str, Any]) -> None:
        task, part = self._part(move)
        self._must(part.kind in SIGNING and move["outcome"] in LEADS[task.step], "not an outcome", move)
        part.state, part.outcome = "done", move["outcome"]
        task.signed.append(move["data"]["share"])
        outcome = task.decided()
        if outcome is None:
            return
        task.end("done", outcome)
        to = LEADS[task.step][outcome]
        if len(to) > 1:
            for place, step in enumerate(to):
                self._begin(step, (*task.branch, (task.pk, place)))
        elif to[0] in ENDS:
            self._close(ENDS[to[0]])
        else:
            self._go(to[0], task.branch)

    def _go(self, step: str, branch: Branch) -> None:
        if branch and step == "meeting":
            if not self._beside(branch):
                self._begin(step, branch[:-1])
            return
        if branch:  # back to before the fork
            for each in self._beside(branch):
                each.end("cancelled")
        self._begin(step, ())

    def _return(self, move: Mapping[str, Any]) -> None:
        task, _part = self._part(move)
        code = move["data"]["to_step"]
        done = [each for each in self.tasks if each.step == code and each.state == "done"]
        self._must(bool(done) and code != task.step, "sent back to where it never was", move)
        task.end("returned")
        if task.branch and done[-1].branch != task.branch:
            for each in self._beside(task.branch):
                each.end("cancelled")
        self._begin(code, done[-1].branch, returned=True)

    def _recall(self, move: Mapping[str, Any]) -> None:
        if "asked" in move["data"]:  # the questions that one has asked
            for pk in move["data"]["asked"]:
                self._leave(move, pk, "removed", "consult")
            return
        task = self._task(move)
        self._must(self.last is not None, "nothing to take back", move)
        assert self.last is not None
        kind, by, of, begun, ended = self.last
        self._must((kind, by, of) == ("complete", move["by_id"], task.pk), "not one's own last move", move)
        for each in begun:
            self._must(each.state == "open", "followed by something done", move)
            each.end("returned")
        for each in ended:
            each.open_again()
        if task.state == "done":
            task.open_again()
        old, new = move["data"]["from"], move["data"]["share"]
        self._must(task.parts[old].state == "done", "not done", move)
        task.signed.remove(old)
        self._replace(task, old, new)

    def _transfer(self, move: Mapping[str, Any]) -> None:
        task = self._open_task(move)
        old = move["data"]["from"]
        self._acts(move, task.parts[old])
        self._replace(task, old, move["data"]["share"])

    def _add_signer(self, move: Mapping[str, Any]) -> None:
        task, _part = self._part(move)
        for pk in move["data"]["added"]:
            task.parts[pk] = Part(move["data"]["where"], "", move["data"]["share"])

    def _remove_signer(self, move: Mapping[str, Any]) -> None:
        for pk in move["data"]["removed"]:
            self._leave(move, pk, "removed", "")

    def _consult(self, move: Mapping[str, Any]) -> None:
        task, _part = self._part(move)
        for pk in move["data"]["asked"]:
            task.parts[pk] = Part("consult", "", move["data"]["share"])

    def _answer(self, move: Mapping[str, Any]) -> None:
        self._leave(move, move["data"]["share"], "done", "consult")

    def _claim(self, move: Mapping[str, Any]) -> None:
        _task, part = self._part(move)
        self._must(part.claimed_by is None, "taken already", move)
        part.claimed_by = move["by_id"]

    def _release(self, move: Mapping[str, Any]) -> None:
        _task, part = self._part(move)
        part.claimed_by = None

    def _pause(self, move: Mapping[str, Any]) -> None:
        self._must(not self.paused, "paused twice", move)
        self.paused = True

    def _resume(self, move: Mapping[str, Any]) -> None:
        self._must(self.paused, "not paused", move)
        self.paused = False

    def _withdraw(self, move: Mapping[str, Any]) -> None:
        self._must(move["by_id"] == self.facts.case["started_by_id"], "somebody else's", move)
        self._close("withdrawn")

    def _terminate(self, move: Mapping[str, Any]) -> None:
        self._must(self.facts.roles[move["by_id"]] == "manager", "not a manager's", move)
        self._close("terminated")

    def _reopen(self, move: Mapping[str, Any]) -> None:
        self.state = "open"
        (code,) = move["data"]["opened"]
        done = [each for each in self.tasks if each.step == code and each.state == "done"]
        self._must(bool(done) or code == "begin", "opened where it never was", move)
        self._begin(code, done[-1].branch if done else (), returned=True)

    def _begin(self, step: str, branch: Branch, *, returned: bool = False) -> None:
        place = len(self.tasks)
        if place >= len(self.facts.tasks):
            raise Wrong(f"{step} should have begun and is not stored")
        pk = self.facts.tasks[place]["id"]
        task = Task(pk, step, 1 + sum(each.step == step for each in self.tasks), branch)
        for share, row in self._given.items():
            if row["task_id"] == pk:
                task.parts[share] = Part("handle", "" if returned else row["role"], None)  # returned, it is a person's
        if len(task.parts) != PARTIES[step]:
            raise Wrong(f"{len(task.parts)} have a share in {step}")
        self.tasks.append(task)

    def _close(self, state: str) -> None:
        for each in self.tasks:
            if each.state == "open":
                each.end("cancelled")
        self.state, self.paused = state, False

    def _beside(self, branch: Branch) -> list[Task]:
        return [
            each
            for each in self.tasks
            if each.state == "open" and len(each.branch) == len(branch) and each.branch[-1][0] == branch[-1][0]
        ]

    def _replace(self, task: Task, old: int, new: int) -> None:
        before = task.parts[old]
        before.state = "handed_on"
        task.parts[new] = Part(before.kind, "", before.above)  # it is a person's now, whatever their role
        for part in task.parts.values():
            part.above = new if part.above == old else part.above

    def _leave(self, move: Mapping[str, Any], pk: int, state: str, kind: str) -> None:
        task = self._open_task(move)
        part = task.parts[pk]
        self._must(part.state == "pending" and kind in ("", part.kind), "not to be left", move)
        part.state = state

    def _task(self, move: Mapping[str, Any]) -> Task:
        for each in self.tasks:
            if each.pk == move["task_id"]:
                return each
        raise Wrong(f"{move['kind']} {move['id']}: no such step")

    def _open_task(self, move: Mapping[str, Any]) -> Task:
        task = self._task(move)
        self._must(task.state == "open", "on a step that is over", move)
        return task

    def _part(self, move: Mapping[str, Any]) -> tuple[Task, Part]:
        """The step and the share on which whoever moved acted, which must have been theirs to act on."""
        task = self._open_task(move)
        part = task.parts[move["data"]["share"]]
        self._acts(move, part)
        return task, part

    def _acts(self, move: Mapping[str, Any], part: Part) -> None:
        by = move["by_id"]
        self._must(part.state == "pending", "nobody was to act", move)
        self._must(part.claimed_by in (None, by), "somebody else had taken it", move)
        self._must(not part.role or self.facts.roles[by] == part.role or part.above is not None, "not theirs", move)

    def _must(self, right: bool, sentence: str, move: Mapping[str, Any]) -> None:
        if not right:
            raise Wrong(f"{move['kind']} {move['id']}: {sentence}")

    def _compare(self) -> None:
        case = self.facts.case
        _same("the case", (case["state"], case["paused_at"] is not None), (self.state, self.paused))
        _same("its version", case["version"], self.version)
        stored = [(row["step"], row["turn"], row["state"], row["outcome"]) for row in self.facts.tasks]
        _same("its steps", stored, [(each.step, each.turn, each.state, each.outcome) for each in self.tasks])
        shares = {pk: _plain(row["state"]) for pk, row in self.facts.shares.items() if row["kind"] != "copy"}
        _same("its shares", shares, {pk: part.state for each in self.tasks for pk, part in each.parts.items()})


def _made(move: Mapping[str, Any]) -> Iterable[int]:
    """The shares that a move made in the place of another."""
    return [move["data"]["share"]] if move["kind"] in ("transfer", "recall") and "from" in move["data"] else []


def _plain(state: str) -> str:
    return "pending" if state in ("open", "waiting") else state


def _same(what: str, stored: object, expected: object) -> None:
    if stored != expected:
        raise Wrong(f"{what}: stored {stored!r}, expected {expected!r}")
