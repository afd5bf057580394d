"""The choke point is one: who may open a sealed value, read a record table or act as the system is a list."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[3] / "src" / "keguan"

ALLOWED = {
    # Opening a sealed value: to show it masked, to reveal it, to take its old search tokens away when it changes, and
    # to run a saved view for the person whose it is.
    "open_sealed": {
        "runtime/access/crypto.py",
        "runtime/access/present.py",
        "runtime/access/actions.py",
        "runtime/access/form_sight.py",  # forms of cases: shown, revealed, filled in from the record beforehand
        "runtime/access/reaching_out.py",  # a customer's own address, for a message to that customer; never shown
        "runtime/access/attached.py",  # names and keys of files, each through a door of its own, below
        "runtime/access/survey_sight.py",  # free answers of customers: shown by their class
        "runtime/access/document_text.py",  # letters: written masked, and whole only to be sealed again
        "runtime/records/editing.py",
        "runtime/records/saved_views.py",
        "runtime/records/merging/kept_rows.py",  # a merged record: opened only to be put back
        "runtime/records/actions/unmerge.py",  # the values that a merge took over: opened only to be given back
        "runtime/records/bulk/asking.py",  # what a bulk edit was asked to do
        "runtime/imports/undo/noting.py",  # the values from before an import: opened only to be given back
        "runtime/exports/asked.py",  # which records and columns an export is of, for the job that makes it
        "runtime/permits/selected.py",  # which records and columns a permit is about; shown through access
        "runtime/access/resealing.py",  # a rotated key: opened only to be sealed again
        "runtime/records/reindexing.py",  # a rotated key: opened only to be hashed again
        "runtime/retention/identity.py",  # for a keyed digest and search tokens; never shown
        "runtime/duties/filling.py",  # the form that proves a duty, sealed whole: read for its page through access
        "runtime/notifications/sealing.py",  # staff's own addresses and channels' secrets, for sending
    },
    # A sealed value of a form in clear: to show and reveal it, to tell whether it came back unchanged, and on its way
    # into the record's own sealed field.
    "open_form_value": {
        "runtime/access/form_sight.py",
        "runtime/access/document_text.py",
        "runtime/processes/forms/entering.py",
        "runtime/processes/forms/storing.py",
    },
    # What a file is called: in cells that are seen in clear, in the list of files, and for whoever fetches it.
    "opened_name": {
        "runtime/access/attached.py",
        "runtime/access/present.py",
        "runtime/records/files/showing.py",
        "runtime/records/actions/attach.py",
    },
    # The key of a file, for the action that has checked who fetches it.
    "opened_key": {"runtime/access/attached.py", "runtime/attachments/queries.py"},
    # The whole text of a letter, for a reason that is written down.
    "open_document": {"runtime/access/document_text.py", "runtime/processes/actions/reveal.py"},
    # The system as a viewer sees every record: for what no person started (an import from the command line).
    "system_viewer": {
        "runtime/records/bulk/working.py",  # a bulk edit begun on the command line
        "runtime/imports/undo/working.py",  # an import taken back on the command line
        "runtime/access/viewer.py",
        "runtime/imports/standing.py",
        "runtime/retention/actions/appraise.py",  # files the sheet of a batch, which nobody has to have the right to,
        "runtime/departures/beginning.py",  # the record of somebody's leaving, which nobody files
        "runtime/departures/handing_over.py",  # a hand-over begun on the command line
        "runtime/allocations/actions/runs.py",  # files the sheet of a run, which nobody has to have the right to
    },
}
OUTSIDE = ("cli/", "demo/", "rehearsal/")
"""The command line, the demo, and scenarios acted out in a house that is thrown away; never a page or the API."""


def using(name: str) -> set[str]:
    """Files in which a name stands."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if name in (getattr(node, "attr", None), getattr(node, "id", None), getattr(node, "name", None)):
                found.add(path.relative_to(SOURCE).as_posix())
    return found


@pytest.mark.parametrize("name", list(ALLOWED))
def test_who_uses_it(name: str) -> None:
    """Nothing but the files on the list uses it; whoever adds one explains it there."""
    assert {path for path in using(name) if not path.startswith(OUTSIDE)} - ALLOWED[name] == set()


def test_screens_never_touch_tables() -> None:
    """Pages and the API do not import models, table classes or ciphers of access and records."""
    forbidden = ("records.models", "records.classes", "records.editing", "records.shown_rows", "access.crypto")
    imports = {
        (path.relative_to(SOURCE).as_posix(), node.module)
        for folder in ("web", "api")
        for path in (SOURCE / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.endswith(forbidden)
    }
    assert imports == set()
