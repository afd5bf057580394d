"""The library of complaints asks customers, and the procedure for quality complaints looks again at low scores."""

from __future__ import annotations

from keguan.language import api
from keguan.language.model.survey import Measure, OccasionKind, Way
from keguan.language.model.timing import Length, Unit
from keguan.language.source import read_pack
from tests.publishing import PACKS


def test_the_packs_ask_after_a_complaint() -> None:
    """Three days after the customer was told, by SMS first and by call in the end, once a quarter; three questions
    measure, the first is carried into the complaint, and a low score is owed a second look.
    """
    names = ("core", "complaints", "quality-complaints")
    checked = api.check(tuple(read_pack(PACKS / name) for name in names))
    assert checked.model is not None
    form = checked.model.blocks.forms["complaint_survey"]
    assert form.survey is not None
    assert (form.survey.occasion.kind, form.survey.delay) == (OccasionKind.CONDITION, Length(3, Unit.DAY))
    assert form.survey.ways == (Way.LINK, Way.QR, Way.SMS, Way.CALL)
    assert [each.path for each in form.survey.addresses] == [("complainant_phone",), ("customer", "phone")]
    assert (form.survey.throttle, form.survey.valid) == (Length(90, Unit.DAY), Length(14, Unit.DAY))
    measures = [each.scale.measure for each in form.fields if each.scale is not None]
    assert measures == [Measure.SATISFACTION, Measure.EFFORT, Measure.RECOMMENDATION]
    assert form.field("survey_result").target == "survey_score"
    (review,) = checked.model.blocks.duties["low_score_review"].obligations
    assert review.trigger is not None
    assert review.trigger.field == "survey_score"
