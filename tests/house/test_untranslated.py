"""Nothing that a person reads on a page, in an answer of the API or in a refusal is said in one language only."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

from tests.house.source_tree import relative, tracked

if TYPE_CHECKING:
    from collections.abc import Iterator

CHINESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}
MESSAGE_PLACE = {"Refused": 1, "Unreadable": 1, "Invalid": 0}
"""Where each kind of refusal takes its sentence."""

BETWEEN_PROCESSES = {"src/keguan/runtime/imports/actions/batch.py"}
"""Refuses what another process has done meanwhile; its caller catches that, and nobody reads it."""

SPEAKING = ("src/keguan/web/*.py", "src/keguan/portal/*.py", "src/keguan/api/*.py", "src/keguan/runtime/*.py")
"""The code whose sentences people read."""

ALL = re.compile("")
ALLOWED: dict[str, tuple[re.Pattern[str], str]] = {
    "src/keguan/api/decisions/routes.py": (re.compile("第四条 五级分类"), "an example of a policy's words"),
    "src/keguan/runtime/access/present.py": (re.compile("^、$"), "between files, in both languages"),
    "src/keguan/runtime/allocations/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/attachments/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/metrics/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/metrics/cards.py": (re.compile("^至少1次$"), "left out of a frequency in both languages"),
    "src/keguan/web/records/attaching.py": (re.compile("^、$"), "between kinds of files, in both languages"),
    "src/keguan/runtime/access/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/access/document_text.py": (re.compile("^[年月日]$"), "a day as a Chinese letter writes it"),
    "src/keguan/runtime/access/formatting.py": (re.compile("^(周.|是|否| 万)$"), "days and figures in both languages"),
    "src/keguan/runtime/access/shown.py": (re.compile("^(无权查看|已修改)$"), "stand-ins in both languages"),
    "src/keguan/runtime/access/viewer.py": (re.compile("^系统$|^网上客户$"), "names as the ledger keeps them"),
    "src/keguan/runtime/calendars/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/calendars/notices.py": (ALL, "notices of days off as people paste them"),
    "src/keguan/runtime/calendars/state.py": (re.compile("^：$"), "a time of day as people type it"),
    "src/keguan/runtime/decisions/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/consequences/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/departures/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/reviews/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/duties/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/exports/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/exports/cells.py": (re.compile("^=\\+"), "signs at which a formula begins, in full width too"),
    "src/keguan/runtime/permits/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/imports/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/imports/mapping/targets.py": (ALL, "headings as people write them in their sheets"),
    "src/keguan/runtime/imports/workbook/cells.py": (re.compile("^[是否]$"), "a cell as its writer would say it"),
    "src/keguan/runtime/notifications/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/intake/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/surveys/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/org/migrations/0001_initial.py": (re.compile("^中文$"), "a language's name in itself"),
    "src/keguan/runtime/org/models.py": (re.compile("^中文$"), "a language's name in itself"),
    "src/keguan/runtime/org/queries/called.py": (
        re.compile("[（）]"),
        "a name with its sign-in name, as people pick it",
    ),
    "src/keguan/runtime/policies/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/policies/refusals.py": (re.compile("^。"), "a full stop to take away"),
    "src/keguan/runtime/access/masks.py": (re.compile("自治|鿿"), "names and addresses as people write them"),
    "src/keguan/runtime/keys/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/retention/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/retention/destroying.py": (re.compile("^、$"), "the sign between names that the list keeps"),
    "src/keguan/runtime/retention/words.py": (re.compile("^；$"), "the sign between references that the list keeps"),
    "src/keguan/runtime/processes/actions/pause.py": (re.compile("^、$"), "the sign between listed names"),
    "src/keguan/runtime/processes/actions/reopen.py": (re.compile("^、$"), "the sign between listed names"),
    "src/keguan/runtime/processes/actions/return_to.py": (re.compile("^、$"), "the sign between listed names"),
    "src/keguan/runtime/processes/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/processes/barring.py": (re.compile("、"), "signs between names as people type them"),
    "src/keguan/runtime/processes/standing.py": (re.compile("^系统$"), "the system's own name as a case keeps it"),
    "src/keguan/runtime/processes/sub_cases.py": (re.compile("^..$"), "ways out as a policy's author writes them"),
    "src/keguan/runtime/processes/timing.py": (re.compile("^按条件暂停$"), "a reason as the case keeps it"),
    "src/keguan/runtime/processes/writing/written.py": (
        re.compile("^文件:$"),
        "where a document's numbers are counted",
    ),
    "src/keguan/runtime/records/apps.py": (ALL, "Django's name of an app, shown nowhere"),
    "src/keguan/runtime/records/pinyin.py": (ALL, "surnames with a reading of their own"),
    "src/keguan/runtime/records/suspects/spelling.py": (ALL, "spellings of firms and addresses as people write them"),
    "src/keguan/runtime/records/validation/dates.py": (re.compile("年.*月"), "dates as people type them"),
    "src/keguan/runtime/records/validation/numbers.py": (re.compile("[千万亿％]"), "amounts as people type them"),
    "src/keguan/runtime/records/validation/texts.py": (re.compile("^.{1,2}$"), "yes and no as people type them"),
    "src/keguan/portal/intake/widgets.py": (re.compile("^[是否]$"), "what the validation takes in any language"),
    "src/keguan/web/cases/fields.py": (re.compile("^[是否]$"), "what the validation takes in any language"),
    "src/keguan/web/duties/filling.py": (re.compile("^[是否]$"), "what the validation takes in any language"),
    "src/keguan/web/policies/prose.py": (re.compile("^：$|（"), "signs of the policy language"),
    "src/keguan/web/records/filters.py": (re.compile("^[是否]$"), "values as addresses and stored views hold them"),
    "src/keguan/web/records/form.py": (re.compile("^[是否]$"), "what the validation takes in any language"),
    "src/keguan/web/settings/heads.py": (re.compile("^　$"), "the width of one character, to indent by"),
}
"""What may hold Chinese outside gettext, and why."""

TRANSLATED = re.compile(
    r"\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}|\{%\s*trans(?:late)?\b.*?%\}"
    r"|_\(\s*(?:\"[^\"]*\"|'[^']*')\s*\)|\{#.*?#\}|\{%\s*comment\b.*?endcomment\s*%\}",
    re.DOTALL,
)
UNSAID = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>|<kbd>.*?</kbd>|\{[%{].*?[%}]\}", re.DOTALL)
SAID = re.compile(r"""\b(?:title|alt|placeholder|aria-label)=(["'])(.*?)\1""", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{2,}")
ESCAPE = re.compile(r"\\[uUN]")
SAME_IN_BOTH = {"Keguan", "EN", "xlsx", "Word", "PDF", "CSV", "JSON"}
SIGNS = {
    "src/keguan/web/templates/shell/language.html",
    "src/keguan/portal/templates/portal/language.html",
    "src/keguan/web/templates/records/people.html",
}
"""中 is a language's name in itself; a name is picked with its sign-in name in brackets."""


def _bare(source: str) -> Iterator[ast.Constant]:
    """String constants that are neither docstrings nor arguments of gettext."""
    tree = ast.parse(source)
    known: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            known.add(node.value)
        elif isinstance(node, ast.Call) and _name(node.func) in GETTEXT:
            known.update(inner for argument in node.args for inner in ast.walk(argument))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in known:
            yield node


def _name(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")


@cache
def _chinese() -> tuple[tuple[str, int, str], ...]:
    """(file, line, text) of Chinese that is not given to gettext. A file without any, and without the escapes that it
    could be written with, need not be parsed.
    """
    texts = ((relative(path), path.read_text(encoding="utf-8")) for path in tracked(*SPEAKING))
    return tuple(
        (name, constant.lineno, str(constant.value))
        for name, text in texts
        if CHINESE.search(text) or ESCAPE.search(text)
        for constant in _bare(text)
        if CHINESE.search(str(constant.value))
    )


def test_chinese_in_code_is_given_to_gettext() -> None:
    """Chinese in pages, API and runtime is translated, unless the list above says why not."""
    left = [
        f"{name}:{line} {text}"
        for name, line, text in _chinese()
        if name not in ALLOWED or not ALLOWED[name][0].search(text)
    ]
    assert left == []


def test_the_list_of_exceptions_is_short_and_true() -> None:
    """Each exception is still needed."""
    assert sorted(set(ALLOWED) - {name for name, _line, _text in _chinese()}) == []


def test_refusals_are_translated() -> None:
    """No refusal is raised with a bare sentence, in whatever language."""
    left = []
    for path in tracked(*SPEAKING):
        text = path.read_text(encoding="utf-8")
        if not any(name in text for name in MESSAGE_PLACE):
            continue
        for node in ast.walk(ast.parse(text)):
            place = MESSAGE_PLACE.get(_name(node.func)) if isinstance(node, ast.Call) else None
            if isinstance(node, ast.Call) and place is not None and len(node.args) > place:
                sentence = node.args[place]
                if isinstance(sentence, ast.JoinedStr) or (isinstance(sentence, ast.Constant) and sentence.value):
                    left.append(f"{relative(path)}:{node.lineno}")
    assert [each for each in left if each.partition(":")[0] not in BETWEEN_PROCESSES] == []


def test_chinese_in_templates_is_translated() -> None:
    """A template says Chinese only inside translate tags."""
    left = [
        f"{relative(path)}: {line.strip()[:80]}"
        for path in tracked("src/keguan/*.html", "src/keguan/*.txt")
        if relative(path) not in SIGNS
        for line in TRANSLATED.sub("", path.read_text(encoding="utf-8")).splitlines()
        if CHINESE.search(line)
    ]
    assert left == []


def test_english_in_templates_is_translated() -> None:
    """A template says no English word by itself: neither between its tags nor in an attribute that is read out."""
    left = []
    for path in tracked("src/keguan/*.html"):
        plain = UNSAID.sub(" ", TRANSLATED.sub("", path.read_text(encoding="utf-8")))
        said = [re.sub(r"<[^>]*>", " ", plain), *(value for _quote, value in SAID.findall(plain))]
        words = {word for text in said for word in WORD.findall(text)} - SAME_IN_BOTH
        if words:
            left.append(f"{relative(path)}: {sorted(words)}")
    assert left == []


def test_scripts_say_nothing() -> None:
    """Scripts and style sheets hold no Chinese: what they show comes from the page, in its language."""
    scripts = tracked("src/keguan/web/static/keguan/*.js", "src/keguan/web/static/keguan/*.css")
    assert [relative(path) for path in scripts if CHINESE.search(path.read_text(encoding="utf-8"))] == []
