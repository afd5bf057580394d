"""The administrator's ways out."""

from __future__ import annotations

from datetime import datetime

import pytest

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.notifications import queries
from keguan.runtime.notifications.actions import (
    AddChannel,
    ChangeChannel,
    SendAgain,
    SettleDelivery,
    SwitchChannel,
    TryChannel,
    tell,
)
from keguan.runtime.notifications.channel_kinds import MaybeSent
from keguan.runtime.notifications.models import Channel, Delivery
from keguan.runtime.notifications.outbox import deliver
from keguan.runtime.notifications.sealing import secrets_of
from tests.cast import Cast
from tests.runtime.notifications.conftest import assigned
from tests.runtime.notifications.stand_in import StandIn, channel, reach

pytestmark = pytest.mark.django_db

FORM = {"place": "here", "secret": "geheim"}


def test_a_channel_is_set_up(company: Cast, stand_in: StandIn) -> None:
    """Its secret is sealed, shown nowhere, and stays when the form leaves it empty."""
    admin = viewer_for(company.guan_li.id)
    made = AddChannel(viewer=admin, kind="stand_in", label="邮件", settings=FORM).run()
    row = Channel.objects.get()
    assert (row.settings, b"geheim" in bytes(row.secrets or b"")) == ({"place": "here"}, False)
    assert "geheim" not in str(list(Entry.objects.values_list("data", flat=True)))
    assert queries.channel(made) == queries.ChannelCard(made, "stand_in", stand_in, "邮件", {"place": "here"}, True)
    ChangeChannel(viewer=admin, channel_id=made, label="邮箱", settings={"place": "there", "secret": ""}).run()
    row.refresh_from_db()
    assert (row.label, row.settings, secrets_of(made, row.secrets)) == (
        "邮箱",
        {"place": "there"},
        {"secret": "geheim"},
    )


@pytest.mark.parametrize(
    ("kind", "label", "form", "fields"),
    [
        ("stand_in", "", FORM, {"label"}),
        ("stand_in", "旧的", FORM, {"label"}),
        ("stand_in", "邮件", {"place": "", "secret": ""}, {"place", "secret"}),
        ("stand_in", "邮件", {"place": "x" * 501, "secret": "x"}, {"place"}),
        ("stand_in", "邮件", {"place": "7", "secret": "x"}, {"place"}),
        ("pigeon", "邮件", FORM, set()),
    ],
)
def test_a_wrong_channel_is_refused(
    company: Cast, stand_in: StandIn, kind: str, label: str, form: dict[str, str], fields: set[str]
) -> None:
    """A missing or taken name, missing, long or wrong settings and unknown kinds: each is said, nothing is stored."""
    channel("旧的")
    with pytest.raises(Refused) as refusal:
        AddChannel(viewer=viewer_for(company.guan_li.id), kind=kind, label=label, settings=form).run()
    assert (set(refusal.value.fields), Channel.objects.count()) == (fields, 1)


def test_only_the_administrator_does_it(company: Cast, stand_in: StandIn) -> None:
    """A service manager neither sets up nor switches nor tries nor sends again."""
    row = channel()
    viewer = viewer_for(company.zhou_min.id)
    for action in (
        AddChannel(viewer=viewer, kind="stand_in", label="另一个", settings=FORM),
        ChangeChannel(viewer=viewer, channel_id=row.pk, label="别的", settings=FORM),
        SwitchChannel(viewer=viewer, channel_id=row.pk, enabled=False),
        TryChannel(viewer=viewer, channel_id=row.pk),
        SendAgain(viewer=viewer, delivery_id=1),
        SettleDelivery(viewer=viewer, delivery_id=1),
    ):
        with pytest.raises(Refused) as refusal:
            action.run()
        assert refusal.value.code == "not_permitted"
    row.refresh_from_db()
    assert (row.label, row.enabled, Delivery.objects.count()) == ("邮件", True, 0)


def test_a_trial_goes_to_oneself(company: Cast, stand_in: StandIn, morning: datetime) -> None:
    """The administrator gets the trial; without an address the log says why not; a channel that is off is refused."""
    row = channel()
    admin = viewer_for(company.guan_li.id)
    failed = TryChannel(viewer=admin, channel_id=row.pk).run()
    deliver()
    card = queries.delivery(failed)
    assert card is not None
    assert (card.state, card.error, card.purpose) == ("failed", "收件人没有登记经过确认的地址。", "trial")
    reach(company.guan_li.id, "admin@example.com", morning)
    TryChannel(viewer=admin, channel_id=row.pk).run()
    deliver()
    assert [each.to for each in stand_in.messages] == ["admin@example.com"]
    SwitchChannel(viewer=admin, channel_id=row.pk, enabled=False).run()
    with pytest.raises(Refused) as refusal:
        TryChannel(viewer=admin, channel_id=row.pk).run()
    assert refusal.value.code == "notifications.channel_off"


def test_an_uncertain_message_is_settled_by_a_person(company: Cast, stand_in: StandIn, morning: datetime) -> None:
    """The administrator notes that it arrived, or sends it again; what was sent is not sent again."""
    channel()
    reach(company.lin_xiao.id, "lin@example.com", morning)
    tell([assigned(company.lin_xiao.id), assigned(company.lin_xiao.id, 2)])
    stand_in.answers = [MaybeSent("中断"), MaybeSent("中断")]
    deliver()
    admin = viewer_for(company.guan_li.id)
    page = queries.deliveries(state="uncertain")
    arrived, lost = page.deliveries
    SettleDelivery(viewer=admin, delivery_id=arrived.id).run()
    SendAgain(viewer=admin, delivery_id=lost.id).run()
    deliver()
    assert [each.state for each in queries.deliveries().deliveries] == ["sent", "sent"]
    assert len(stand_in.messages) == 3
    for action in (
        SendAgain(viewer=admin, delivery_id=arrived.id),
        SettleDelivery(viewer=admin, delivery_id=arrived.id),
    ):
        with pytest.raises(Refused):
            action.run()
    assert deliver().sent == 0


def test_the_log_is_read_by_pages(
    company: Cast, stand_in: StandIn, morning: datetime, django_assert_num_queries: object
) -> None:
    """Newest first, two queries a page, names without addresses."""
    channel()
    reach(company.lin_xiao.id, "lin@example.com", morning)
    tell([assigned(company.lin_xiao.id, number) for number in range(5)])
    deliver()
    with django_assert_num_queries(2):  # type: ignore[operator]
        first = queries.deliveries(size=3)
    assert [(each.staff_name, each.shown_to, each.notices) for each in first.deliveries] == [
        ("林晓", "l***@example.com", 1)
    ] * 3
    assert len(queries.deliveries(first.next, size=3).deliveries) == 2
