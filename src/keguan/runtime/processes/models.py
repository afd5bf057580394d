"""Cases as they are stored: what runs, where it stands, who has it in hand, what was filled in and every move made.

Nothing here is deleted. ``next_at`` is when the clock does something by itself: the sweep reads only what is due.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class CaseState(models.TextChoices):
    """Where a case stands. The first is the only open one; the others say how it ended."""

    OPEN = "open"
    ARCHIVED = "archived"  # 归档
    COMPLETED = "completed"  # 办结
    ENDED = "ended"  # 结束, without having been done
    CANCELLED = "cancelled"  # 作废
    WITHDRAWN = "withdrawn"  # 撤销, by whoever started it
    TERMINATED = "terminated"  # 终止, by whoever may
    MERGED = "merged"  # 并案, into another


class TaskState(models.TextChoices):
    """Where a step of a case stands."""

    OPEN = "open"
    WAITING = "waiting"  # for its sub-case to end
    DONE = "done"
    PASSED = "passed"  # its condition was not true: passed over
    RETURNED = "returned"  # sent back, or taken back by whoever had sent it on
    CANCELLED = "cancelled"  # the case or the other branch ended it


class ShareKind(models.TextChoices):
    """Why somebody has a share in a step."""

    HANDLE = "handle"  # the policy names them
    ESCALATED = "escalated"  # 升级: may handle the step in place of the others since it is late
    BEFORE = "before"  # 前加签: acts before whoever added them
    BESIDE = "beside"  # 并加签: must act as well
    AFTER = "after"  # 后加签: acts after whoever added them
    CONSULT = "consult"  # 委派: gives an opinion, then it comes back to whoever asked
    COPY = "copy"  # 抄送: is told, and may read; open until read, whatever becomes of the step


class ShareState(models.TextChoices):
    """Where a share stands."""

    WAITING = "waiting"  # its turn has not come
    OPEN = "open"
    DONE = "done"
    HANDED_ON = "handed_on"  # 转办, or by lateness: another share stands in its place
    REMOVED = "removed"  # 减签
    CLOSED = "closed"  # the step was decided or ended without it


class Case(models.Model):
    """One run of a process over a record, under the publication with which it began.

    ``owner_id`` and ``unit_id`` place it as its record is placed. ``version`` counts the moves: whoever acts names the
    one that they saw. ``round`` is 1 and grows when it is opened again. While ``paused_at`` is set the clocks stand.
    ``worked`` is how long it was in hand by the time it closed, in seconds of working time; ``idle`` how much of the
    working time since its start does not count as that: its pauses, and the time between a closing and a re-opening.
    """

    process = models.CharField(max_length=80)
    publication_id = models.BigIntegerField()
    number = models.CharField(max_length=80, default="")
    record_type = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    owner_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    information_class = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=CaseState.choices, default=CaseState.OPEN)
    started_by_id = models.BigIntegerField(null=True)
    started_by_name = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    idle = models.BigIntegerField(default=0)
    worked = models.BigIntegerField(null=True)
    round = models.IntegerField(default=1)
    version = models.IntegerField(default=1)
    parent_task = models.ForeignKey("Task", models.PROTECT, null=True, related_name="sub_cases")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    next_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], name="case_next", condition=models.Q(next_at__isnull=False)),
            models.Index(fields=["process", "state", "due_at", "id"], name="case_of_process"),
            models.Index(fields=["record_type", "record_id", "id"], name="case_of_record"),
            models.Index(fields=["started_by_id", "state", "id"], name="case_of_initiator"),
            models.Index(fields=["state", "due_at", "id"], name="case_due"),
            models.Index(fields=["unit_id", "state", "process", "id"], name="case_of_unit"),
            models.Index(fields=["owner_id", "state", "process", "id"], name="case_of_owner"),
            models.Index(fields=["process", "started_at", "id"], name="case_begun"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["process", "number"], condition=~models.Q(number=""), name="case_number"),
        ]


class Task(models.Model):
    """One step of a case, once. ``turn`` counts how often the case came to this step; ``branch`` is the way through the
    forks ("" outside them, else ids of the forking tasks and places, ``12.0/15.1``). ``moves_done`` is how many entries
    of the step's 超时 have happened.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    step = models.CharField(max_length=80)
    turn = models.IntegerField(default=1)
    branch = models.CharField(max_length=200, default="")
    state = models.CharField(max_length=12, choices=TaskState.choices, default=TaskState.OPEN)
    began_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    outcome = models.CharField(max_length=80, default="")
    checked = models.JSONField(null=True)  # the checklist's result: items by code, points, passed
    moves_done = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], name="task_next", condition=models.Q(next_at__isnull=False)),
            models.Index(fields=["case", "state", "id"], name="task_of_case"),
            models.Index(fields=["step", "state", "due_at", "id"], name="task_of_step"),
            models.Index(fields=["case", "step"], name="task_late", condition=models.Q(late=True)),
            models.Index(fields=["case", "step"], name="task_again", condition=models.Q(turn__gt=1)),
        ]


class Share(models.Model):
    """One party's part in a step: a person's, or a role's until one of its holders acts.

    A role's share sits at a unit: the nearest above the case's where somebody holds the role (``seat_id``; None: the
    role's holders anywhere). ``barred`` are staff who may not act on it. ``for_id`` is whose share it was before (转办,
    代理); ``asked_by`` the share for which somebody was added or consulted.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="shares")
    case = models.ForeignKey(Case, models.PROTECT, related_name="shares")
    kind = models.CharField(max_length=10, choices=ShareKind.choices, default=ShareKind.HANDLE)
    place = models.IntegerField(default=0)  # order within the step
    state = models.CharField(max_length=10, choices=ShareState.choices, default=ShareState.OPEN)
    staff_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=60, default="")
    seat_id = models.BigIntegerField(null=True)
    barred = models.JSONField(default=list)
    for_id = models.BigIntegerField(null=True)
    asked_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="asked")
    opened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # its task's, so that a box is one indexed read
    returned = models.BooleanField(default=False)  # the case was sent back to this step
    read_at = models.DateTimeField(null=True)
    acted_by_id = models.BigIntegerField(null=True)
    acted_by_name = models.CharField(max_length=60, default="")
    acted_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=80, default="")
    opinion = models.TextField(default="")
    signature = models.CharField(max_length=64, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(  # not those of a role: whoever asks for the shares of one would be led here
                fields=["staff_id", "state", "due_at", "id"],
                name="share_of_person",
                condition=models.Q(staff_id__isnull=False),
            ),
            models.Index(
                fields=["role", "seat_id", "state", "due_at", "id"],
                name="share_of_role",
                condition=models.Q(staff_id__isnull=True),
            ),
            models.Index(
                fields=["acted_by_id", "acted_at", "id"],
                name="share_acted",
                condition=models.Q(acted_by_id__isnull=False),
            ),
            models.Index(fields=["task", "place"], name="share_of_task"),
        ]


class Value(models.Model):
    """What stands in one field of a form of a case: plain (canonical JSON text), or sealed where it is sensitive."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="values")
    form = models.CharField(max_length=80)
    field = models.CharField(max_length=80)
    plain = models.TextField(null=True)  # noqa: DJ001 - JSON text: null means that it is sealed
    sealed = models.BinaryField(null=True)
    task = models.ForeignKey(Task, models.PROTECT, related_name="values")
    set_by_id = models.BigIntegerField(null=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "form", "field"], name="case_value"),
        ]


class Move(models.Model):
    """One thing that happened to a case: who, when, what, from which step to which, and the words that went with it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="moves")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="moves")
    kind = models.CharField(max_length=20)  # moves.MoveKind
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=60)
    for_id = models.BigIntegerField(null=True)  # in whose stead
    to_id = models.BigIntegerField(null=True)  # the person it went to
    outcome = models.CharField(max_length=80, default="")
    opinion = models.TextField(default="")
    data = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case", "id"], name="move_of_case")]


class Pause(models.Model):
    """A time during which the clocks of a case stood still."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=60)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case", "id"], name="pause_of_case")]


class Counter(models.Model):
    """How far the numbers of a process have come within a period."""

    process = models.CharField(max_length=80)
    period = models.CharField(max_length=20)
    last = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["process", "period"], name="case_counter"),
        ]


class Met(models.Model):
    """The condition that starts a process is true of this record: it starts none again until it was untrue."""

    process = models.CharField(max_length=80)
    record_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["process", "record_id"], name="case_condition_met"),
        ]


class Document(models.Model):
    """A letter, notice or certificate as it was written when a step was completed. It never changes: to correct it
    another is written. ``text`` is Markdown with sensitive values masked; ``sealed`` the whole of it, where the policy
    means such values to stand in it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    task = models.ForeignKey(Task, models.PROTECT, related_name="documents")
    document = models.CharField(max_length=80)  # the template's code
    number = models.CharField(max_length=80, default="")
    title = models.CharField(max_length=300)
    text = models.TextField()
    sealed = models.BinaryField(null=True)
    information_class = models.CharField(max_length=80)
    written_at = models.DateTimeField()
    written_by_id = models.BigIntegerField(null=True)
    written_by_name = models.CharField(max_length=60)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case", "id"], name="document_of_case")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["document", "number"], condition=~models.Q(number=""), name="case_document_number"
            ),
        ]


class Looked(models.Model):
    """When the condition that starts a process was last asked about all records. ``condition`` names its meaning: of
    another one nothing is known yet.
    """

    process = models.CharField(max_length=90, unique=True)  # its code; with #pause: the condition of its clocks
    condition = models.CharField(max_length=64)
    on = models.DateField()
