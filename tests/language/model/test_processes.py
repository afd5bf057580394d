"""What a process, a form, a checklist and a document mean once linked: the model of the golden files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from keguan.language.feel.typed import FieldRef
from keguan.language.model.actors import Actors, Manner, Party, PartyKind
from keguan.language.model.checklist import Bar, Mode
from keguan.language.model.document import Placeholder, Standing
from keguan.language.model.evaluate import Values, evaluate
from keguan.language.model.flow import distances, edges, join
from keguan.language.model.form import value_code
from keguan.language.model.model import Model
from keguan.language.model.numbering import Numbering, Place
from keguan.language.model.process import INITIATOR, Overdue, OverdueMove, Recusal, Right
from keguan.language.model.routing import Destination, End, Outcome
from keguan.language.model.timing import Length, Unit
from tests.language.golden import read_golden
from tests.language.sources import model_of

HERE = Path(__file__).parent.parent


def _model(name: str) -> Model:
    return model_of(*read_golden(HERE / name).packs)


@pytest.fixture(scope="module", name="complaints")
def complaints_model() -> Model:
    """The complaints of a testing laboratory."""
    return _model("processes/good/complaints.md")


@pytest.fixture(scope="module", name="repairs")
def repairs_model() -> Model:
    """The repair desk, written in English."""
    return _model("english/good/processes.md")


def test_branches_side_by_side_know_where_they_meet(complaints: Model) -> None:
    """A founded complaint goes to the warning and to the plan at once; both meet at the approval."""
    ruling = complaints.blocks.processes["complaint_case"].step("ruling_step")
    assert ruling.outcomes == (
        Outcome("成立", Destination(("alert", "plan_step"), join="approval")),
        Outcome("不成立", Destination(("reply",))),
    )


def test_ends_and_otherwise_are_destinations(complaints: Model) -> None:
    """A satisfied customer's case is filed; any other answer leads back to the plan."""
    callback = complaints.blocks.processes["complaint_case"].step("callback")
    assert callback.outcomes == (
        Outcome("满意", Destination(end=End.ARCHIVED)),
        Outcome("否则", Destination(("plan_step",)), otherwise=True),
    )


def test_actors_keep_their_order_and_their_manner(complaints: Model) -> None:
    """Roles in turn, all together, or whoever of several comes first; and the handler of an earlier step."""
    process = complaints.blocks.processes["complaint_case"]
    assert process.step("second_approval").actors == Actors(
        Manner.IN_TURN, (Party(PartyKind.ROLE, "quality_lead"), Party(PartyKind.ROLE, "general_manager"))
    )
    assert process.step("plan_step").actors == Actors(
        Manner.ALL, (Party(PartyKind.ROLE, "technical_lead"), Party(PartyKind.ROLE, "office_head"))
    )
    assert process.step("callback").actors == Actors(
        Manner.ANY, (Party(PartyKind.HANDLER, step="entry_step"), Party(PartyKind.ROLE, "service_clerk"))
    )
    assert process.step("carry_out").copies == (Party(PartyKind.UNIT_HEAD),)


def test_lateness_has_its_consequences_in_order(complaints: Model) -> None:
    """A reminder at three quarters of the time, then a hand-over; an escalation after four hours; an automatic no."""
    process = complaints.blocks.processes["complaint_case"]
    quality_lead = Party(PartyKind.ROLE, "quality_lead")
    assert process.step("plan_step").overdue == (
        Overdue(OverdueMove.REMIND, at=75),
        Overdue(OverdueMove.HAND_OVER, to=quality_lead),
    )
    assert process.step("ruling_step").overdue[1] == Overdue(
        OverdueMove.ESCALATE, after=Length(4, Unit.HOUR), to=Party(PartyKind.ROLE, "chief_office")
    )
    assert process.step("second_approval").overdue == (Overdue(OverdueMove.DECIDE, outcome="驳回"),)


def test_headers_of_a_process(complaints: Model) -> None:
    """Who starts it, when its clock stands still, who is recused and which steps different persons handle."""
    process = complaints.blocks.processes["complaint_case"]
    assert (process.start.parties, process.start.created) == ((Party(PartyKind.ROLE, "service_clerk"),), True)
    assert process.pause.reasons == ("等待客户补充材料", "等待第三方鉴定")
    assert process.recusals == (Recusal("respondent"), Recusal("liable_person", "plan"))
    assert process.apart == (("plan_step", "approval"),)
    assert process.step("approval").rights == {"cause": Right.READ, "liable_person": Right.READ, "amount": Right.READ}


def test_a_condition_reads_the_record_and_the_forms(complaints: Model) -> None:
    """The second approval is asked for above the limit only; before the form is filled in it is passed over."""
    condition = complaints.blocks.processes["complaint_case"].step("second_approval").condition
    assert condition is not None
    answers = [
        evaluate(condition, Values(parameters={"approval_limit": 300000}, record={value_code("plan", "amount"): fen}))
        for fen in (None, 300000, 300001)
    ]
    assert answers == [None, False, True]


def test_a_step_without_a_way_out_leads_to_the_next_row(repairs: Model) -> None:
    """A row without a way out goes to the next one; the last one completes the case."""
    credit = _model("processes/good/credit.md").blocks.processes["credit_rating"]
    assert [step.code for step in credit.steps] == ["step_1", "step_2", "step_3", "step_4"]
    assert credit.step("step_1").outcomes == (Outcome("", Destination(("step_2",))),)
    receipt = repairs.blocks.processes["repair_case"].step("receipt")
    assert receipt.outcomes == (Outcome("", Destination(end=End.COMPLETED)),)


def test_separations_may_name_the_initiator(repairs: Model) -> None:
    """Several groups, and the initiator in the place of a step."""
    assert repairs.blocks.processes["repair_case"].apart == (("look", "approve"), (INITIATOR, "approve"))


def test_every_holder_of_a_role_may_have_to_act(repairs: Model) -> None:
    """``technician(each)`` makes every technician a party."""
    actors = repairs.blocks.processes["repair_case"].step("look").actors
    assert actors == Actors(
        Manner.ALL, (Party(PartyKind.ROLE, "technician", everyone=True), Party(PartyKind.ROLE, "clerk"))
    )


def test_a_process_without_a_class_has_that_of_the_title() -> None:
    """Whoever may see what a record is called may see its cases."""
    model = _model("processes/good/credit.md")
    assert model.blocks.processes["credit_rating"].information_class == "身份"


def test_numbers_count_within_their_period() -> None:
    """The sequence starts anew with every date part that the pattern has, and is never cut off."""
    monthly = Numbering("", ("TS-", Place.YEAR, Place.MONTH, "-", Place.SEQUENCE), 4)
    day = date(2026, 3, 9)
    assert (monthly.period(day), monthly.write(day, 7)) == ("2026-03", "TS-202603-0007")
    assert monthly.write(day, 12345) == "TS-202603-12345"
    assert Numbering("", (Place.SEQUENCE,), 1).period(day) == ""


def test_a_form_field_follows_the_field_it_comes_from() -> None:
    """Class and secrecy are those of the record's field where the form says nothing, else the form's own."""
    form = _model("forms/good/form.md").blocks.forms["reception_form"]
    checked, plate, remark = form.field("checked_id"), form.field("plate"), form.field("remark")
    assert (checked.information_class, checked.sensitive, checked.source, checked.target) == (
        "身份", True, "id_number", "id_number",
    )  # fmt: skip
    assert (plate.information_class, plate.sensitive, plate.target) == ("来访", True, None)
    assert (remark.information_class, remark.sensitive) == ("接待评价", False)
    assert (form.outcome, form.field("from_firm").refers_to) == ("let_in", "firm")


def test_a_form_field_is_required_by_what_stands_on_the_form() -> None:
    """On the form its own fields are meant, not the record's of the same name."""
    form = _model("forms/good/form.md").blocks.forms["reception_form"]
    plate = form.field("plate").required
    assert not isinstance(plate, bool)
    assert evaluate(plate, Values(record={"people": 9, "reception_form.people": 4})) is False
    assert evaluate(plate, Values(record={"people": 1, "reception_form.people": 5})) is True


def test_a_checklist_counts_in_hundredths() -> None:
    """Points and shares are whole numbers; an item with a condition is the system's, one without a person's."""
    checklists = _model("checklists/good/checklist.md").blocks.checklists
    rounds = checklists["rounds_check"]
    assert (rounds.bar, rounds.least, rounds.sample) == (Bar.POINTS, 9000, 1250)
    assert [(item.mode, item.points, item.veto) for item in rounds.items] == [
        (Mode.SYSTEM, 4000, True),
        (Mode.SYSTEM, 3000, False),
        (Mode.PERSON, 1950, False),
        (Mode.SAMPLE, 1050, False),
    ]
    assert (checklists["opening_check"].bar, checklists["opening_check"].least) == (Bar.SHARE, 8000)
    assert checklists["closing_check"].bar is Bar.ALL


def test_a_document_is_text_with_places() -> None:
    """Text between the braces becomes a path, a field, a standing word or an expression; doubled braces stay text."""
    documents = _model("documents/good/document.md").blocks.documents
    notice, slip = documents["refund_notice"], documents["payment_slip"]
    places = {place.text: place for place in notice.places}
    assert places["客户.姓名"].path == ("customer", "name")
    assert isinstance(places["金额"].expression, FieldRef)
    assert places["成文日期"].standing is Standing.DATE
    assert [piece for piece in notice.body if isinstance(piece, str)][:2] == ["尊敬的", "：\n\n您的押金"]
    assert [place.text for place in slip.places if place.sensitive] == ["客户.手机", "账号"]
    assert slip.body[-1] == "。写法如 {姓名}。"
    assert slip.title == ("付款单",)
    assert isinstance(notice.title[0], Placeholder)


def test_branches_that_never_meet_have_no_join() -> None:
    """The nearest step that every branch can come to; none when there is none."""
    forward = {"a": ("b", "c"), "b": ("d",), "c": ("e",), "d": ("f",), "e": ("f",), "f": ()}
    assert join(("b", "c"), forward) == "f"
    assert join(("d", "c"), {**forward, "d": ()}) is None
    assert distances("a", forward)["f"] == 3


def test_edges_are_listed_once(complaints: Model) -> None:
    """A step that several outcomes lead to is one neighbour."""
    forward = edges(complaints.blocks.processes["complaint_case"].steps)
    assert forward["second_approval"] == ("carry_out", "plan_step")
    assert forward["reply"] == ()
