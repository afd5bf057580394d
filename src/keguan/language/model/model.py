"""A checked set of packs: every name resolved, every expression typed. Frozen; made only by the linker."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.access import AccessRule
    from keguan.language.model.allocation import Allocation
    from keguan.language.model.checklist import Checklist
    from keguan.language.model.consequence import Consequence
    from keguan.language.model.document import DocumentTemplate
    from keguan.language.model.duty import Duty
    from keguan.language.model.form import Form
    from keguan.language.model.metric import Metric
    from keguan.language.model.process import Process
    from keguan.language.model.quota import Quota
    from keguan.language.model.retention import Retention
    from keguan.language.model.roster import Roster
    from keguan.language.source import Span


class FieldKind(StrEnum):
    """What a field holds; decides its column, its validation, its mask and its widget."""

    TEXT = "text"  # 文本
    LONG_TEXT = "long_text"  # 长文本
    INTEGER = "integer"  # 整数
    NUMBER = "number"  # 数字(小数位)
    MONEY = "money"  # 金额: integer fen
    PERCENT = "percent"  # 百分比: integer basis points
    BOOLEAN = "boolean"  # 是否
    DATE = "date"  # 日期
    TIME = "time"  # 时间: a time of day
    DATE_TIME = "date_time"  # 日期时间: a moment, in the company's local time
    DURATION = "duration"  # 时长: integer seconds
    CHOICE = "choice"  # 选项(甲, 乙)
    REFERENCE = "reference"  # 引用(客户)
    PERIOD = "period"  # 期次(周报, 登记日期): filled by itself with the period record that the date falls into
    PHONE = "phone"  # 手机号
    ID_NUMBER = "id_number"  # 身份证号
    USCC = "uscc"  # 统一社会信用代码
    BANK_CARD = "bank_card"  # 银行卡号
    EMAIL = "email"  # 邮箱


class Cadence(StrEnum):
    """How long one record of a periodic type lasts (期次: 每日/每周/每月/每季度/每半年/每年)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class HitPolicy(StrEnum):
    """How a decision table's matching rows make one outcome.

    * ``first``: the first row whose tests are all true; when none is, every output and the rule are null.
    * ``unique``: run exactly like ``first`` (the checks before publishing prove that no two rows overlap).
    * ``any``: like ``first``, but when matching rows differ in a result every output and the rule are null.
    * ``priority``: of the matching rows, the one whose results stand first in the order of its outputs' choices (first
      output first; row order among equals). Results are constants, so this is ``first`` over rows sorted once.
    * ``collect_sum``: each output is the sum of the results of all matching rows, null results skipped and nothing
      to add giving null; the rule column is text, the row numbers ascending ("1,3"), null when no row matches.
    * ``collect_min``, ``collect_max``, ``collect_count``: likewise; the count of no row is 0.
    * ``rule_order`` and ``collect``: outputs are texts, each the results of all matching rows joined with 、 in row
      order (null results left out, nothing left giving null); the rule column as for ``collect_sum``.
    * ``output_order``: likewise, the rows sorted as for ``priority``.
    """

    FIRST = "first"  # 首条
    UNIQUE = "unique"  # 唯一
    ANY = "any"  # 任一
    PRIORITY = "priority"  # 优先
    COLLECT_SUM = "collect_sum"  # 累加
    COLLECT_MIN = "collect_min"  # 取小
    COLLECT_MAX = "collect_max"  # 取大
    COLLECT_COUNT = "collect_count"  # 计数
    COLLECT = "collect"  # 汇集
    RULE_ORDER = "rule_order"  # 按行汇集
    OUTPUT_ORDER = "output_order"  # 按序汇集

    @property
    def collects(self) -> bool:
        """Whether every matching row has a part in the outcome: the rule column is then text."""
        return self not in (HitPolicy.FIRST, HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.PRIORITY)

    @property
    def lists(self) -> bool:
        """Whether the outputs are the matching rows' texts joined."""
        return self in (HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER)

    @property
    def ranks(self) -> bool:
        """Whether the order of the outputs' choices counts."""
        return self in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)


class RowScope(StrEnum):
    """Which records a role reaches."""

    OWN = "own"  # 本人
    UNIT = "unit"  # 本部门及下级
    ALL = "all"  # 全部
    NONE = "none"  # 无


@dataclass(frozen=True, slots=True)
class Label:
    """A Chinese label and the English one (made from the code where the author gave none)."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """The label for ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class ClauseRef:
    """The clause in which something is declared: pack id, anchor in the document, and its number and title."""

    pack: str
    anchor: str
    number: str  # 第四条
    title: str  # 五级分类


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record type. ``required`` is True, False, or a condition over the record itself."""

    code: str
    label: Label
    kind: FieldKind
    type: Type
    required: bool | Typed
    information_class: str  # 信息类别, e.g. 身份
    sensitive: bool  # 密级 = 敏感: encrypted, masked, revealed on demand
    clause: ClauseRef
    span: Span
    target: str | None = None  # the record type of a REFERENCE or PERIOD
    period_of: str | None = None  # PERIOD: the date field (code) that chooses the period
    max_length: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordType:
    """One kind of record. ``title`` is the field (code) shown as its name."""

    code: str
    label: Label
    clause: ClauseRef
    fields: tuple[Field, ...]
    title: str
    duplicates: tuple[str, ...]  # 查重: fields, each of which alone marks a duplicate
    search: tuple[str, ...]  # 检索: fields found by the search box
    columns: tuple[str, ...]  # 列表: default list columns (fields, facts, outcomes)
    cadence: Cadence | None  # 期次: this type is periodic; it then has date fields period_start and period_end
    timeline: bool  # 时间线: whether its records show on the timeline of what they refer to
    timeline_date: str | None  # the date field that places it there
    menu: bool  # 菜单: whether it has an entry in the side menu
    span: Span

    def field(self, code: str) -> Field:
        """The field with this code. Raises ``KeyError``."""
        for field in self.fields:
            if field.code == code:
                return field
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Fact:
    """A named derived value of a record type, stored in a column of its table and kept current by decision runs."""

    code: str
    label: Label
    kind: FieldKind
    type: Type
    record_type: str
    expression: Typed
    text: str  # as the author wrote it
    information_class: str
    clause: ClauseRef
    span: Span


@dataclass(frozen=True, slots=True)
class InputColumn:
    """An input column of a decision table."""

    label: str  # as written in the heading
    expression: Typed
    span: Span


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """An output column: becomes a column on the record's table."""

    code: str
    label: Label
    kind: FieldKind
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of a decision table, or of a labelled exception to it (then its ``number`` is 1000 × the exception's place
    from 1 + its row, and it stands before the rows that it is an exception to).

    ``tests[i]`` is a Boolean over ``InputRef(i)``, or None for ``-``; a rule matches when every test is true. ``cells``
    are the input cells as written and ``cell_spans`` where, for explanations.
    """

    number: int  # row number from 1
    tests: tuple[Typed | None, ...]
    cells: tuple[str, ...]
    results: tuple[Typed, ...]
    span: Span
    cell_spans: tuple[Span, ...] = ()
    row: int = 0  # the row of its own table, when that is not ``number`` (the row of an exception)
    clause: ClauseRef | None = None  # the exception's clause, when the rule was laid over the decision by one


@dataclass(frozen=True, slots=True)
class LaidOver:
    """A labelled exception that was laid over a decision: its rows have the numbers 1000 × ``place`` + row.

    ``over`` is the place of what it is an exception to: 0 for the decision itself, else another exception's.
    """

    place: int
    over: int
    label: Label
    clause: ClauseRef
    span: Span


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision table over one record type.

    With labelled exceptions the rows are in the order of precedence, ``hit`` is ``first`` and ``declared_hit`` what the
    author wrote of the decision's own rows (else they are the same).
    """

    code: str
    label: Label
    record_type: str
    hit: HitPolicy
    inputs: tuple[InputColumn, ...]
    outputs: tuple[OutputColumn, ...]
    rules: tuple[Rule, ...]
    information_class: str
    clause: ClauseRef
    span: Span
    exceptions: tuple[LaidOver, ...] = ()
    declared_hit: HitPolicy | None = None
    scores: bool = False  # 评分: every row is one line of a score


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """What a parameter is from a day on, and where that is written."""

    since: date
    value: int | str | bool | date
    reference: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named figure of the policy with its dated values, earliest first."""

    code: str
    label: Label
    type: Type
    kind: FieldKind
    values: tuple[ParameterValue, ...]
    clause: ClauseRef
    span: Span


@dataclass(frozen=True, slots=True)
class Role:
    """Who someone is to the policy, and what that lets them see and do."""

    code: str
    label: Label
    scope: RowScope  # 可见范围
    reveal: RowScope  # 原文范围: whose sensitive values may be revealed, with a reason
    classes: frozenset[str]  # 可见信息: information classes; "*" is every class
    operations: frozenset[str]  # 可办事项: codes of OPERATIONS
    clause: ClauseRef
    span: Span


@dataclass(frozen=True, slots=True)
class Control:
    """One block as it stands in one clause: kind (``record``, ``fact`` …), code, label and its status."""

    kind: str
    code: str
    label: Label
    status: str  # enforced | monitored | attested
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a clause in reading order: prose (Markdown source), or the control of a block; then ``prose`` is its
    table (Markdown source) and ``headers`` are its lines above the table, as written.
    """

    prose: str
    control: Control | None
    span: Span
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered article. ``chapter`` is the heading it stands under."""

    ref: ClauseRef
    chapter: str
    parts: tuple[Part, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Policy:
    """One pack's document: front matter and clauses in reading order (across its files)."""

    id: str
    title: str
    version: str
    effective: date
    uses: tuple[str, ...]
    preamble: str  # prose before the first clause
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Blocks:
    """What is declared beside records, facts, decisions, parameters and roles, by code."""

    quotas: Mapping[str, Quota] = made(default_factory=dict)
    processes: Mapping[str, Process] = made(default_factory=dict)
    duties: Mapping[str, Duty] = made(default_factory=dict)
    checklists: Mapping[str, Checklist] = made(default_factory=dict)
    access_rules: Mapping[str, AccessRule] = made(default_factory=dict)
    retentions: Mapping[str, Retention] = made(default_factory=dict)
    metrics: Mapping[str, Metric] = made(default_factory=dict)
    consequences: Mapping[str, Consequence] = made(default_factory=dict)
    allocations: Mapping[str, Allocation] = made(default_factory=dict)
    rosters: Mapping[str, Roster] = made(default_factory=dict)
    forms: Mapping[str, Form] = made(default_factory=dict)
    documents: Mapping[str, DocumentTemplate] = made(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Model:
    """Everything the given packs declare, linked. Keys are codes; order is dependency order where it matters:
    facts and decisions (one sequence, ``computations``) come after what they read.
    """

    policies: Mapping[str, Policy]
    record_types: Mapping[str, RecordType]
    facts: Mapping[str, tuple[Fact, ...]]  # by record type
    decisions: Mapping[str, Decision]
    computations: Mapping[str, tuple[Fact | Decision, ...]]  # by record type, in the order to compute
    computation_order: tuple[str, ...]  # record types, children before the parents whose facts read their facts
    parameters: Mapping[str, Parameter]
    roles: Mapping[str, Role]
    blocks: Blocks = made(default_factory=Blocks)
