"""Tables that follow the policy: made, widened, never narrowed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.language.feel.types import BOOLEAN
from keguan.runtime.policies.queries import current
from keguan.runtime.records.tables import prepare

if TYPE_CHECKING:
    from tests.cast import Cast

_GENERALISING = "SELECT column_name, data_type"
"""PostgreSQL asks for the types of each decision's history besides."""


def columns_of(table: str) -> list[str]:
    """The columns that a table has."""
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def indexes_of(table: str) -> set[str]:
    """The names of a table's indexes."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    return {name for name, described in found.items() if described["index"]}


def test_every_declared_thing_has_its_column(company: Cast) -> None:
    """Fields, blind indexes, references, facts, outcomes and rules stand in the record's table."""
    assert {"id", "owner_id", "unit_id", "version", "name", "phone", "phone_bidx", "total_purchase", "grade"} <= set(
        columns_of("rec_customer")
    )
    assert "customer_grade_rule" in columns_of("rec_customer")
    assert "customer_id" in columns_of("rec_purchase_contract")
    assert {"record_id", "rule", "out_grade", "was_grade", "in_0"} <= set(columns_of("his_customer_grade"))
    assert columns_of("tok_customer") == ["token", "record_id"]


def test_preparing_again_changes_nothing(company: Cast) -> None:
    """The same model twice leaves columns and indexes as they were."""
    before = (columns_of("rec_customer"), indexes_of("rec_customer"), columns_of("his_customer_grade"))
    prepare(current().model, current().model)
    assert (columns_of("rec_customer"), indexes_of("rec_customer"), columns_of("his_customer_grade")) == before


def test_preparing_again_only_asks_what_there_is(company: Cast) -> None:
    """Where everything has its place already, publishing asks for the columns and for the indexes, and runs nothing."""
    model = current().model
    with CaptureQueriesContext(connection) as ran:
        prepare(model, model)
    ours = [each["sql"] for each in ran.captured_queries if not each["sql"].startswith(_GENERALISING)]
    assert [sql.split(" ")[0] for sql in ours] == ["SELECT", "SELECT"]


def test_a_new_field_adds_a_column_and_a_dropped_one_stays(company: Cast) -> None:
    """The next version has a field more and one less: the table has both."""
    model = current().model
    customer = model.record_types["customer"]
    source = customer.field("source")
    fields = tuple(field for field in customer.fields if field.code != "source")
    wider = replace(customer, fields=(*fields, replace(source, code="origin")))
    prepare(model, replace(model, record_types={**model.record_types, "customer": wider}))
    assert {"source", "origin"} <= set(columns_of("rec_customer"))
    assert "ix_rec_customer__origin" in indexes_of("rec_customer")


def test_history_inputs_may_change_their_type(company: Cast) -> None:
    """Another version may put a yes/no where an amount stood: both are kept in the same numbered column."""
    model = current().model
    decision = model.decisions["customer_grade"]
    first = decision.inputs[0]
    literal = replace(decision.inputs[2], label=first.label)
    assert literal.expression.type == BOOLEAN
    changed = replace(decision, inputs=(literal, *decision.inputs[1:]))
    insert = (
        "INSERT INTO his_customer_grade (record_id, decided_at, decided_on, publication_id, in_0) "
        "VALUES (1, '2026-11-21 00:00:00', '2026-11-21', 1, {})"
    )
    with connection.cursor() as cursor:
        cursor.execute(insert.format("5000000000"))
        prepare(model, replace(model, decisions={"customer_grade": changed}))
        cursor.execute(insert.format("true"))
        cursor.execute("SELECT in_0 FROM his_customer_grade WHERE record_id = 1 ORDER BY id")
        kept = [str(row[0]).lower() for row in cursor.fetchall()]
    assert kept in (["5000000000", "1"], ["5000000000", "true"])
