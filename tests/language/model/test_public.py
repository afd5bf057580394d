"""What customers may do about a process, once linked: the model of the golden file."""

from __future__ import annotations

from pathlib import Path

import pytest

from keguan.language.model.label import Label
from keguan.language.model.model import Model
from keguan.language.model.public import Fill, Match, Public
from tests.language.golden import read_golden
from tests.language.sources import model_of

HERE = Path(__file__).parent.parent


@pytest.fixture(scope="module", name="repairs")
def repairs_model() -> Model:
    """Repairs that house owners report themselves."""
    return model_of(*read_golden(HERE / "processes/good/public.md").packs)


def test_an_open_process_says_what_customers_may_do(repairs: Model) -> None:
    """The form, what is filled in with it, by what its sender is recognised, what they read, that they may withdraw."""
    assert repairs.blocks.processes["repair_case"].public == Public(
        form="online_form",
        fills=(
            Fill("channel", "网上"),
            Fill("reported_on", now=True),
            Fill("reported_at", now=True),
            Fill("urgent", "否"),
        ),
        match=Match("house_owner", (("name", "your_name"), ("phone", "your_phone"))),
        replies=(("work_form", "answer"),),
        withdraw=True,
    )


def test_the_english_words_mean_the_same(repairs: Model) -> None:
    """Written in English, with codes for names, the same is read; a no stays a no."""
    assert repairs.blocks.processes["english"].public == Public(
        form="online_form",
        fills=(Fill("channel", "网上"), Fill("reported_on", now=True)),
        match=Match("house_owner", (("name", "your_name"), ("phone", "your_phone"))),
        replies=(("work_form", "answer"),),
    )


def test_steps_say_what_is_told_outside(repairs: Model) -> None:
    """Each step has its words for customers; the first one, the initiator's without a form, is done by submitting."""
    filing, repairing = repairs.blocks.processes["repair_case"].steps
    assert (filing.told, repairing.told) == (Label("已收到", "已收到"), Label("正在维修", "Being mended"))
    assert (filing.done_by_submission, repairing.done_by_submission) == (True, False)
