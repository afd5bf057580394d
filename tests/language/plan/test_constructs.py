from __future__ import annotations

from datetime import date, time
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from keguan.language.feel.types import (
    ATTACHMENT,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAY_DURATION,
    MONTH_DURATION,
    STAFF,
    TEXT,
    TIME,
    Null,
    Type,
)
from keguan.language.model.model import HitPolicy
from keguan.language.plan import computation
from keguan.language.run import Runner
from tests.language.plan.conftest import ENGINES
from tests.language.plan.constructs import CONSTANTS, FIELDS, MOMENT, constructs, moment
from tests.language.plan.engines import Engine, open_engine
from tests.language.plan.meaning import Meaning
from tests.language.plan.models import MONEY, PERCENT, WHOLE, Draft, To
from tests.language.plan.tables import inputs, outputs, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.model import Model

TODAY = date(2026, 11, 21)
POOLS: dict[Type, tuple[Any, ...]] = {
    WHOLE: (-101, -100, -3, -2, -1, 0, 1, 2, 3, 5, 7, 99, 100, 101, 12_345, None),
    MONEY: (-250, -150, -149, -51, -50, -49, -1, 0, 1, 49, 50, 150, 249, 250, 251, None),
    PERCENT: (-1500, -501, -500, -499, -1, 0, 1, 499, 500, 501, 1499, 1500, 1501, 10_000, 12_340, None),
    BOOLEAN: (False, True, None, True, False, None, False, True, None, True, False, True, False, None, True, None),
    TEXT: (
        *("", "云岭", "云岭置地", "云", "岭", "岭置", "a", "Z"),
        *("aßéZ", "%", "100%", "a'b", "AB", "一😀二", "z13900000009", None),
    ),
    DATE: (
        *(date(1, 1, 1), date(1, 1, 2), date(9999, 12, 31), date(9999, 12, 1), date(9999, 11, 30)),
        *(date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1), date(2024, 2, 29), date(1999, 12, 31)),
        *(date(2025, 1, 31), date(2026, 1, 30), date(99, 5, 7), date(1900, 2, 28), date(2026, 11, 21), None),
    ),
    TIME: (
        *(time(0), time(0, 0, 1), time(23, 59, 59), time(8, 29, 59), time(8, 30), time(8, 30, 1), time(12)),
        *(time(1, 2, 3), time(9, 5), time(10), time(19, 7, 8), time(20, 20, 20), time(6), time(7), time(5), None),
    ),
    DATE_TIME: (
        *(moment("0001-01-01"), moment("0001-01-01T00:00:01"), moment("9999-12-31T23:59:59"), moment("9999-12-31")),
        *(moment("2026-11-21T08:29:59"), MOMENT, moment("2026-11-21T08:30:01"), moment("2024-02-29T23:00:00")),
        *(
            moment("2025-01-31T12:00:00"),
            moment("2025-03-31T11:59:59"),
            moment("2025-03-31T12:00:00"),
            moment("0099-07-08"),
        ),
        *(moment("1969-12-31T23:59:59"), moment("1970-01-01"), moment("2026-02-28T01:02:03"), None),
    ),
    DAY_DURATION: (
        *(-86_401, -86_400, -86_399, -1, 0, 1, 86_399, 86_400, 86_401, 3_600, -315_537_897_599, 315_537_897_599),
        *(315_537_897_600, 9_000_000_000_000_000, -9_000_000_000_000_000, None),
    ),
    ATTACHMENT: (1, None, 2, 3, 1, None, 20, 1, 2, None, 3, 4, None, 2, 1, None),
    STAFF: (1, 2, 3, 7, 7, 8, 11, 12, 2**40, 1, 2, 7, 3, None, 7, None),
    MONTH_DURATION: (-119_987, -119_988, -13, -12, -11, -1, 0, 1, 2, 11, 12, 13, 119_987, 119_988, 2**40, None),
}
SPECIAL = {
    "year": (0, 1, -1, 1900, 2000, 2023, 2024, 2026, 9999, 10_000, 2**40, 4, 100, 400, 2025, None),
    "month": (0, 1, 2, 2, 2, 3, 4, 6, 9, 11, 12, 13, -1, 2**40, 2, None),
    "day": (0, 1, 28, 29, 30, 31, 32, -1, 2**40, 15, 29, 30, 31, 28, 2, None),
}
TREES = constructs()
PRODUCT = 256
COUNT = 700


@cache
def people() -> tuple[dict[str, Any], ...]:
    """Every pair of values for the two fields of each type, and then a random lot."""
    random = Random(11)
    found = []
    for number in range(COUNT):
        record = {}
        for code, type_ in FIELDS.items():
            pool = SPECIAL.get(code, POOLS[type_])
            at = number // 16 if code.endswith("2") else number
            record[code] = pool[at % 16] if number < PRODUCT else random.choice(pool)
        found.append(record)
    return tuple(found)


@cache
def orders() -> tuple[tuple[int, dict[str, Any]], ...]:
    """Children of some of the people, with whom they belong to."""
    random, records = Random(12), people()
    return tuple((random.randrange(COUNT // 2), small(random.choice(records))) for _ in range(COUNT))


@cache
def sites() -> tuple[dict[str, Any], ...]:
    """What people and orders refer to."""
    return tuple(small(record) for record in people()[:PRODUCT:3])


def site_of(number: int) -> int | None:
    """The site of a person or of an order; some have none."""
    return None if number % 7 == 0 else number * 5 % len(sites())


def next_of(number: int) -> int | None:
    """The site that a site refers to; some to none, some to themselves."""
    return None if number % 5 == 0 else number * 3 % len(sites())


def with_site(record: dict[str, Any], site: int | None) -> dict[str, Any]:
    """A record with what it reads through its reference, and through that of its site."""
    following = None if site is None else next_of(site)
    nothing = dict.fromkeys(FIELDS)
    near = nothing if site is None else sites()[site]
    far = nothing if following is None else sites()[following]
    read = {f"site/{code}": value for code, value in near.items()}
    return {**record, **read, **{f"site/next/{code}": value for code, value in far.items()}}


@cache
def placed() -> tuple[dict[str, Any], ...]:
    """The people with what they read of their sites."""
    return tuple(with_site(record, site_of(n)) for n, record in enumerate(people()))


def small(record: dict[str, Any]) -> dict[str, Any]:
    """A record whose sums stay within 64 bits."""
    return {code: None if isinstance(value, int) and abs(value) > 2**39 else value for code, value in record.items()}


def draft() -> Draft:
    """The tables and the parameters, nothing computed."""
    made = Draft().record("site", **FIELDS, next=To("site"))
    made.record("order", **FIELDS, customer=To("customer"), site=To("site"))
    made.record("customer", **FIELDS, site=To("site"))
    for type_, value in CONSTANTS.items():
        name = (type(type_).__name__ + str(getattr(type_, "scale", ""))).lower()
        made.parameter(f"set_{name}", type_, since_2026_01_01=value)
        made.parameter(f"unset_{name}", type_, since_2027_01_01=value)
    return made


@pytest.fixture(scope="module", params=ENGINES)
def filled(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine with the people and their orders."""
    engine = open_engine(request.param)
    engine.create(draft().model())
    engine.insert(
        "site", ("id", "next_id", *FIELDS), [(n, next_of(n), *each.values()) for n, each in enumerate(sites())]
    )
    filed = [(n, site_of(n), *record.values()) for n, record in enumerate(people())]
    engine.insert("customer", ("id", "site_id", *FIELDS), filed)
    children = [(n, parent, site_of(n + 3), *record.values()) for n, (parent, record) in enumerate(orders())]
    engine.insert("order", ("id", "customer_id", "site_id", *FIELDS), children)
    yield engine
    engine.connection.close()


@cache
def children_of() -> dict[int, dict[tuple[str, str], list[dict[str, Any]]]]:
    """Each person's orders."""
    found: dict[int, dict[tuple[str, str], list[dict[str, Any]]]] = {n: {} for n in range(COUNT)}
    for n, (parent, record) in enumerate(orders()):
        found[parent].setdefault(("order", "customer"), []).append(with_site(record, site_of(n + 3)))
    return found


def meant(model: Model) -> dict[int, Any]:
    """What the oracle says, by person."""
    children = children_of()
    return {n: Meaning(model, TODAY, record, children[n]).compute("customer") for n, record in enumerate(placed())}


def by_sql(engine: Engine, model: Model) -> dict[int, Any]:
    """What the one statement gives, by person."""
    made = computation(model, "customer", engine.dialect, today=TODAY)
    found = {}
    for number, *values in engine.rows(made.select, made.parameters):
        pairs = zip(made.columns, values, strict=True)
        found[number] = {column.name: engine.read(value, column.type) for column, value in pairs}
    return found


def by_python(model: Model) -> dict[int, Any]:
    """What generated Python gives, by person."""
    runner, children = Runner(model, "customer"), children_of()
    return {n: runner.inputs(record, children[n], TODAY) for n, record in enumerate(placed())}


@cache
def fact(name: str) -> Model:
    """A model that computes one construct."""
    tree = TREES[name]
    type_ = TEXT if isinstance(tree.type, Null) else tree.type
    return draft().fact("customer", "answer", type_, tree).model()


@cache
def table(hit: HitPolicy) -> Model:
    """A model with one table of this hit policy."""
    return draft().table("customer", "level", hit, inputs(), outputs(hit), rules(hit)).model()


answers = cache(lambda name: meant(fact(name)))
outcomes = cache(lambda hit: meant(table(hit)))


@pytest.mark.parametrize("name", TREES)
def test_sql_says_what_is_meant(filled: Engine, name: str) -> None:
    """Every construct, on nulls and on each boundary and its neighbours, on every engine."""
    assert by_sql(filled, fact(name)) == answers(name)


@pytest.mark.parametrize("name", TREES)
def test_generated_python_says_what_is_meant(name: str) -> None:
    """Every construct in the other execution."""
    assert by_python(fact(name)) == answers(name)


@pytest.mark.parametrize("hit", HitPolicy)
def test_sql_decides_as_the_hit_policy_says(filled: Engine, hit: HitPolicy) -> None:
    """A table of every hit policy over inputs of every type, on every engine."""
    assert by_sql(filled, table(hit)) == outcomes(hit)


@pytest.mark.parametrize("hit", HitPolicy)
def test_generated_python_decides_as_the_hit_policy_says(hit: HitPolicy) -> None:
    """The same tables in the other execution."""
    assert by_python(table(hit)) == outcomes(hit)


@pytest.mark.parametrize("hit", HitPolicy)
def test_the_tables_tell_hit_policies_apart(hit: HitPolicy) -> None:
    """The people reach several rules of a table, and more than one outcome."""
    found = outcomes(hit).values()
    assert len({each["level_rule"] for each in found}) > 3
    assert len({(each["first"], each["second"]) for each in found}) > 2
