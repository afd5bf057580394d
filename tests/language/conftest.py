"""What the language's tests may ask for."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``pytest tests/language --accept`` writes the golden files anew; then review the diff."""
    parser.addoption("--accept", action="store_true", help="write what the golden files give now as expected")
