"""The steps of one process by label and by code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.link.codes import Taken, check_code
from keguan.language.markdown.document import Written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.blocks.process import ProcessDeclaration, StepLine
    from keguan.language.diagnostics.findings import Findings


@dataclass(slots=True)
class StepNames:
    """Steps that could be named, in order; ``process`` is the process's label."""

    process: str
    lines: list[tuple[str, StepLine]] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)

    def known(self, name: str) -> str | None:
        """The code of the step that ``name`` means, or None."""
        return self.codes.get(name)

    def find(self, name: Written, findings: Findings, also: Iterable[str] = ()) -> str | None:
        """The code of the step that ``name`` means; None after a diagnostic. ``also``: what else may stand there."""
        code = self.known(name.text)
        if code is None:
            suggestion = suggest(name.text, [*(line.label.text for _, line in self.lines), *also])
            findings.add(entries.STEP_UNKNOWN, name.span, process=self.process, name=name.text, **suggestion)
        return code


def step_names(declaration: ProcessDeclaration, findings: Findings) -> StepNames:
    """The steps whose code is well formed and whose code and label are not taken by an earlier one."""
    names, taken = StepNames(declaration.block.label.text), Taken()
    for line in declaration.steps:
        code = line.code if line.code.text else Written(f"step_{line.number}", line.label.span)
        if check_code(code, findings) and taken.claim(code, line.label, findings):
            names.lines.append((code.text, line))
            names.codes[code.text] = names.codes[line.label.text] = code.text
    return names
