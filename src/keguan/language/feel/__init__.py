"""Expressions: text to a typed tree. Where they stand is the model's business; how they run is ``run`` and ``plan``."""

from __future__ import annotations

from keguan.language.feel.cells import parse_expression, parse_unary_tests
from keguan.language.feel.inference import type_expression, type_unary_tests
from keguan.language.feel.nodes import Node, UnaryTests
from keguan.language.feel.walk import children, parameters, parents, references, walk, way

__all__ = [
    "Node",
    "UnaryTests",
    "children",
    "parameters",
    "parents",
    "parse_expression",
    "parse_unary_tests",
    "references",
    "type_expression",
    "type_unary_tests",
    "walk",
    "way",
]
