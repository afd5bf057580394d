"""The grade table in other rule engines, each behind the signature of ``decision.by_hand``.

Where an engine has no null to compare with, a missing number is given as 0 and a missing answer as false: in this
table both mean the same as null.
"""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

INPUTS = ("total", "purchases", "villa", "similar", "influential", "leads", "notable", "intends", "active")
ROWS: tuple[tuple[dict[str, str], str, str | None], ...] = (
    ({"total": ">= 5000000000"}, "A", "钻石卡"),
    ({"villa": "true", "influential": "true"}, "A", "钻石卡"),
    ({"similar": "true", "leads": "true"}, "A", "钻石卡"),
    ({"similar": "true"}, "B", "铂金卡"),
    ({"total": ">= 800000000"}, "B", "铂金卡"),
    ({"purchases": "> 0", "notable": "true"}, "B", "铂金卡"),
    ({"purchases": "> 0"}, "C", "金卡"),
    ({"intends": "true"}, "D", None),
    ({"active": "true"}, "D", None),
    ({}, "E", None),
)
Values = tuple[Any, ...]


def present(values: Values) -> dict[str, Any]:
    """The inputs by name, nulls as zero and false."""
    numbers = {"total", "purchases"}
    return {
        name: (0 if name in numbers else False) if value is None else value
        for name, value in zip(INPUTS, values, strict=True)
    }


def answer(row: int) -> Values:
    """Outputs and rule of a row (from 0)."""
    return ROWS[row][1], ROWS[row][2], row + 1


def zen() -> Callable[..., Values]:
    """zen-engine; its static loader compiles the table once (20 × faster than without)."""
    from zen import ZenEngine

    rules = [
        {
            "_id": str(number),
            **{name: tests.get(name, "") for name in INPUTS},
            "grade": json.dumps(grade),
            "card": json.dumps(card, ensure_ascii=False),
            "rule": str(number),
        }
        for number, (tests, grade, card) in enumerate(ROWS, start=1)
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "type": "expression", "field": name} for name in INPUTS],
        "outputs": [
            {"id": name, "name": name, "type": "expression", "field": name} for name in ("grade", "card", "rule")
        ],
        "rules": rules,
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "content": {}},
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": content},
        {"id": "out", "type": "outputNode", "name": "out", "content": {}},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "table"},
        {"id": "2", "type": "edge", "sourceId": "table", "targetId": "out"},
    ]
    table = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    engine = ZenEngine({"loader": {"type": "static", "content": {"grade": table}}})

    def decide(*values: Any) -> Values:
        result = engine.evaluate("grade", dict(zip(INPUTS, values, strict=True)))["result"]
        return (result["grade"], result.get("card"), result["rule"])

    return decide


def rule_engine() -> Callable[..., Values]:
    """rule-engine: one compiled rule per row, the first that matches."""
    from rule_engine import Rule

    rules = [Rule(_joined(tests, " and ", "true")) for tests, _, _ in ROWS]

    def decide(*values: Any) -> Values:
        record = present(values)
        return answer(next(index for index, rule in enumerate(rules) if rule.matches(record)))

    return decide


def cel() -> Callable[..., Values]:
    """cel-python: one compiled program per row, the first that is true."""
    import celpy

    environment = celpy.Environment()
    programs = [environment.program(environment.compile(_joined(tests, " && ", "true"))) for tests, _, _ in ROWS]

    def decide(*values: Any) -> Values:
        activation = {name: celpy.json_to_cel(value) for name, value in present(values).items()}
        return answer(next(index for index, program in enumerate(programs) if program.evaluate(activation)))

    return decide


def spiff() -> Callable[..., Values]:
    """SpiffWorkflow's DMN engine, whose UNIQUE stops at the first row that matches."""
    from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
    from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
    from SpiffWorkflow.dmn.specs import model

    table = model.DecisionTable("grade", "grade", model.HitPolicy.UNIQUE.value)
    columns = {name: model.Input(name, name, name, name, "") for name in INPUTS}
    outputs = [model.Output(name, name, name, "") for name in ("grade", "card", "rule")]
    for number, (tests, grade, card) in enumerate(ROWS, start=1):
        rule = model.Rule(str(number))
        for name, test in tests.items():
            entry = model.InputEntry(name, columns[name])
            entry.lhs = ["True" if test == "true" else test]
            rule.inputEntries.append(entry)
        for output, value in zip(outputs, (grade, card, number), strict=True):
            made = model.OutputEntry(output.name, output)
            made.text = repr(value)
            rule.outputEntries.append(made)
        table.rules.append(rule)
    engine = DMNEngine(table)
    workflow = SimpleNamespace(script_engine=PythonScriptEngine())

    def decide(*values: Any) -> Values:
        result = engine.result(SimpleNamespace(data=present(values), workflow=workflow))
        return (result["grade"], result["card"], result["rule"])

    return decide


def pydmnrules() -> Callable[..., Values]:
    """pyDMNrules, from the table as DMN XML."""
    from pyDMNrules import DMN

    engine = DMN()
    status = engine.useXML(_dmn_xml())
    if status.get("errors"):
        raise ValueError(status["errors"])

    def decide(*values: Any) -> Values:
        _, decision = engine.decide(present(values))
        result = (decision[-1] if isinstance(decision, list) else decision)["Result"]
        return answer(int(result["rule"]) - 1)

    return decide


ENGINES: dict[str, Callable[[], Callable[..., Values]]] = {
    "zen-engine": zen,
    "rule-engine": rule_engine,
    "SpiffWorkflow": spiff,
    "cel-python": cel,
    "pyDMNrules": pydmnrules,
}


def _joined(tests: dict[str, str], conjunction: str, otherwise: str) -> str:
    """A row's tests as one condition."""
    parts = [name if test == "true" else f"{name} {test}" for name, test in tests.items()]
    return conjunction.join(parts) or otherwise


def _dmn_xml() -> str:
    kinds = {name: "number" if name in {"total", "purchases"} else "boolean" for name in INPUTS}
    data = "".join(
        f'<inputData id="d_{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/></inputData>'
        for name, kind in kinds.items()
    )
    needs = "".join(
        f'<informationRequirement id="r_{name}"><requiredInput href="#d_{name}"/></informationRequirement>'
        for name in INPUTS
    )
    inputs = "".join(
        f'<input id="i_{name}" label="{name}"><inputExpression typeRef="{kind}"><text>{name}</text></inputExpression>'
        "</input>"
        for name, kind in kinds.items()
    )
    rules = "".join(
        f'<rule id="rule_{number}">'
        + "".join(
            f"<inputEntry><text>{tests.get(name, '-').replace('>', '&gt;')}</text></inputEntry>" for name in INPUTS
        )
        + f"<outputEntry><text>{number}</text></outputEntry></rule>"
        for number, (tests, _, _) in enumerate(ROWS, start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="n">'
        f'{data}<decision id="grade" name="grade"><variable name="rule" typeRef="number"/>{needs}'
        f'<decisionTable id="t" hitPolicy="FIRST">{inputs}<output id="o" name="rule" label="rule" typeRef="number"/>'
        f"{rules}</decisionTable></decision></definitions>"
    )
