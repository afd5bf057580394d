"""A list's address says what is asked, and what is asked makes the same address again."""

from __future__ import annotations

from django.http import QueryDict

from keguan.runtime.records.queries import Filter, ListQuery, Operator
from keguan.web.records.criteria import address, query_from

ASKED = (
    "q=林&is.grade=A&is.grade=B&from.total_purchase=800万&empty.need=1&sort=-total_purchase&c=name&c=grade&after=xyz"
)


def test_an_address_becomes_a_query() -> None:
    """Search, ticked values, ranges, emptiness, order, columns and place are all understood."""
    assert query_from(QueryDict(ASKED)) == ListQuery(
        search="林",
        filters=(
            Filter("grade", Operator.IS, ("A", "B")),
            Filter("total_purchase", Operator.FROM, ("800万",)),
            Filter("need", Operator.EMPTY),
        ),
        sort="-total_purchase",
        columns=("name", "grade"),
        after="xyz",
    )


def test_there_and_back_again() -> None:
    """The address of a query asks for that query, without its place unless one is given."""
    query = query_from(QueryDict(ASKED))
    again = query_from(QueryDict(address(query, after="xyz").removeprefix("?")))
    assert again == query


def test_empty_and_unknown_parameters_ask_nothing() -> None:
    """An empty range, a blank value and a strange parameter make no filter."""
    assert query_from(QueryDict("from.amount=&is.grade=+&evil.grade=A&utm=1&q=")) == ListQuery()


def test_the_usual_columns_need_not_be_named() -> None:
    """A browser sends every ticked column; when they are the usual ones the address stays short."""
    assert query_from(QueryDict("c=name&c=grade"), ("name", "grade")).columns == ()
    assert query_from(QueryDict("c=grade&c=name"), ("name", "grade")).columns == ("grade", "name")
