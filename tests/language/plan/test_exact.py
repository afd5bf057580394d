from __future__ import annotations

import sqlite3

import pytest

from keguan.language.plan import exact, register


@pytest.mark.parametrize(
    ("program", "arguments", "result"),
    [
        ("v v *", (2**62, 4), 2**64),
        ("v v * v /0", (2**62, 4, 8), 2**61),
        ("v v /2", (1, 3), 33),
        ("v v /-2", (25000, 1), 250),
        ("v v /0", (5, 2), 2),
        ("v v /0", (7, 2), 4),
        ("v v /0", (-5, 2), -2),
        ("v v /0", (5, 0), None),
        ("v v /-1", (5, 0), None),
        ("v r2", (150,), 2),
        ("v r2", (250,), 2),
        ("v u3 neg", (5,), -5000),
        ("v #3 - #4 +", (10,), 11),
        ("v v <", (None, 3), None),
        ("v v =", (None, None), True),
        ("v v !=", (None, 3), True),
        ("v v >=", (3, 3), True),
        ("v neg", (None,), None),
        ("v abs", (-(2**63),), 2**63),
        ("v v mod", (-7, 3), 2),
        ("v v mod", (7, -3), -2),
        ("v v mod", (7, 0), None),
        ("v floor1", (-25,), -3),
        ("v ceiling1", (-25,), -2),
        ("v up1", (-21,), -3),
        ("v down1", (-29,), -2),
        ("v halfup1", (-25,), -3),
        ("v halfdown1", (-25,), -2),
        ("v halfdown1", (26,), 3),
        ("v floor1", (None,), None),
    ],
)
def test_a_program_computes_exactly(program: str, arguments: tuple[int | None, ...], result: object) -> None:
    """Words run in postfix order on integers of any size."""
    assert exact.run(program, arguments) == result


def test_a_float_is_refused() -> None:
    """What has once been a float is not exact any more."""
    with pytest.raises(TypeError, match="only integers are exact"):
        exact.run("v", (1.5,))  # type: ignore[arg-type]


def test_sqlite_refuses_a_result_beyond_64_bits() -> None:
    """The statement fails and no row comes out."""
    connection = sqlite3.connect(":memory:")
    register(connection)
    assert connection.execute("SELECT keguan_exact('v v * v /0', 4611686018427387904, 4, 8)").fetchall() == [(2**61,)]
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("SELECT keguan_exact('v v *', 4611686018427387904, 4)").fetchall()
