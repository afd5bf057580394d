"""The command line speaks the language that ``KEGUAN_LANGUAGE`` names."""

from __future__ import annotations

import gettext
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils import translation
from typer.testing import CliRunner

from keguan.cli import django_start, words
from tests.cli.console import keguan
from tests.house.extraction import CATALOGUE

REPOSITORY = Path(__file__).resolve().parents[2]
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="session")
def _english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("locale")
    (folder / "en/LC_MESSAGES").mkdir(parents=True)
    with CATALOGUE.open("rb") as source, (folder / "en/LC_MESSAGES/django.mo").open("wb") as target:
        write_mo(target, read_po(source, locale="en"))
    return folder


@pytest.fixture
def english(_english: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """English is chosen, and its catalogue is as it is written now, whether or not make has built it."""
    monkeypatch.setenv("KEGUAN_LANGUAGE", "en")
    monkeypatch.setattr(words, "_catalogue", lambda chosen: gettext.translation("django", _english, [chosen]))


def test_chinese_is_spoken_unless_english_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the variable, and with it empty or ``zh``, the console speaks Chinese."""
    for value in (None, "", "zh"):
        if value is None:
            monkeypatch.delenv("KEGUAN_LANGUAGE", raising=False)
        else:
            monkeypatch.setenv("KEGUAN_LANGUAGE", value)
        assert (words.language(), words.unknown_language()) == ("zh", "")
        assert words._("没有发现问题。") == "没有发现问题。"


@pytest.mark.usefixtures("english")
def test_english_is_spoken_where_it_is_chosen() -> None:
    """A message comes in English; one that the catalogue does not have comes as it is written."""
    assert words.language() == "en"
    assert words._("没有发现问题。") == "No problems found."
    assert words._("世上没有这句话") == "世上没有这句话"


@pytest.mark.usefixtures("english")
def test_diagnostics_come_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Place, id, gravity, sentence, hint and the count at the end are English."""
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample/policy.md").write_text("没有抬头", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = keguan("check", "sample")
    assert (done.exit_code, done.stderr) == (1, "")
    first, hint, *_rest, last = done.stdout.splitlines()
    assert first.startswith("sample/policy.md:1:1 K2001 Error: ")
    assert hint.startswith("    ")
    assert last == "Errors: 1; warnings: 0."
    assert done.stdout.isascii()


@pytest.mark.usefixtures("english", "company")
def test_a_refusal_of_the_system_comes_in_english() -> None:
    """A command that needs the database makes the whole system speak the console's language."""
    told = keguan("decide", "--type", "nothing").stderr
    assert told == "The policies in force define no facts or decisions for “nothing”.\n"


def test_the_system_speaks_the_consoles_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting Django activates the chosen language."""
    with translation.override(None):
        for value, code in (("en", "en"), ("zh", "zh-hans")):
            monkeypatch.setenv("KEGUAN_LANGUAGE", value)
            django_start.start()
            assert translation.get_language() == code


@pytest.mark.usefixtures("english")
def test_the_help_comes_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of commands and the help of each of them hold no Chinese."""
    for name in [name for name in sys.modules if name.startswith("keguan.cli.") and name != words.__name__]:
        monkeypatch.delitem(sys.modules, name)  # help is worded when a command is loaded
    main = importlib.import_module("keguan.cli.main")
    assert {"setup", "check", "bring", "publish"} <= set(main.COMMANDS)
    for arguments in ([], *([name] for name in main.COMMANDS)):
        with translation.override(None):
            told = CliRunner().invoke(main.application(arguments), [*arguments, "--help"])
        assert told.exit_code == 0
        assert CHINESE.search(told.stdout) is None, told.stdout


def test_a_language_that_is_none_is_refused() -> None:
    """Another word than zh and en is told in both languages, and nothing is done."""
    done = subprocess.run(
        [sys.executable, "-m", "keguan.cli", "--help"],
        env={**os.environ, "KEGUAN_LANGUAGE": "fr"},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "KEGUAN_LANGUAGE=fr：只能是 zh 或 en。\nKEGUAN_LANGUAGE=fr: it can only be zh or en.\n"
