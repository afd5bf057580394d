"""The page of the written systems: which of their checks the packs show, each by a scenario that has its number."""

from __future__ import annotations

import os
import re
from collections import defaultdict

from keguan.cli.whole_folder import systems_in
from tests.conftest import REPOSITORY

PACKS = REPOSITORY / "packs"
PAGE = REPOSITORY / "docs" / "reference" / "systems.md"
_NUMBER = re.compile(r"^(?:编号|id): (S\d\d-\d+)$", re.MULTILINE)

OPENING = """# 五十七个制度，三百项检查

Keguan 照着五十七个写成的客户管理制度做。每个制度有几项检查，每项检查由一个写着它编号的[场景](scenarios.md)来证明；
所有场景在测试里真的运行。`keguan test packs` 最后一行说的就是这里的合计。
由 `KEGUAN_ACCEPT=1 pytest tests/docs/test_systems.py` 生成。

**{shown} of {all}**

| 制度 | | 检查 | 有场景 | 还没有 | 在哪个制度包 |
|---|---|---|---|---|---|
"""


def shown_by_pack() -> dict[str, set[str]]:
    """The packs in which a number stands, by number."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted(PACKS.glob("*/scenarios/*.md")):
        for number in _NUMBER.findall(file.read_text(encoding="utf-8")):
            found[number].add(file.parent.parent.name)
    return found


def page() -> str:
    """The page as it should be."""
    shown, lines, counted, total = shown_by_pack(), [], 0, 0
    for system in systems_in(PACKS, "zh"):
        numbers = [f"{system.number}-{place}" for place in range(1, system.checks + 1)]
        missing = [number for number in numbers if number not in shown]
        packs = sorted({pack for number in numbers for pack in shown.get(number, ())})
        counted, total = counted + len(numbers) - len(missing), total + len(numbers)
        cells = (
            system.number,
            system.title,
            str(len(numbers)),
            str(len(numbers) - len(missing)),
            "、".join(number.partition("-")[2] for number in missing),
            "、".join(f"`{pack}`" for pack in packs),
        )
        lines.append(f"| {' | '.join(cells)} |\n")
    return OPENING.format(shown=counted, all=total) + "".join(lines)


def test_the_page_says_what_the_scenarios_show() -> None:
    """The table is that of the numbers in the packs' scenarios, which the rehearsal's tests run one by one."""
    if os.environ.get("KEGUAN_ACCEPT"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def test_a_number_of_a_system_is_one_of_its_checks() -> None:
    """No scenario is numbered after a check that its system has not, and the three hundred are all listed."""
    systems = {system.number: system.checks for system in systems_in(PACKS, "zh")}
    assert (len(systems), sum(systems.values())) == (57, 300)
    beyond = [
        number for number in shown_by_pack() if int(number.partition("-")[2]) > systems.get(number.partition("-")[0], 0)
    ]
    assert beyond == []
