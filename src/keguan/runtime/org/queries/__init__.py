"""Reading the organisation: plain cards, never the stored objects."""

from __future__ import annotations

from keguan.runtime.org.queries.appointments import (
    AppointmentCard,
    appointments_of,
    appointments_of_all,
    holders_of,
)
from keguan.runtime.org.queries.called import learn_names, meant, name_of, remembered, written_name
from keguan.runtime.org.queries.deputies import DeputyCard, deputies_of, deputyships, stands_in_for
from keguan.runtime.org.queries.people import (
    StaffCard,
    StaffPage,
    active_staff,
    names,
    staff,
    staff_by_id,
    staff_by_username,
    staff_found,
    staff_named,
    staff_page,
    units_of,
)
from keguan.runtime.org.queries.proposals import (
    HeldCard,
    ProposalCard,
    everything_held,
    proposals_of,
    waiting_proposals,
)
from keguan.runtime.org.queries.seats import (
    Seat,
    head_of,
    headed_by,
    heads,
    heads_over,
    holders_at,
    posts_of,
    seat,
)
from keguan.runtime.org.queries.units import UnitCard, company, subtree, unit_by_id, unit_by_name, units

__all__ = [
    "AppointmentCard",
    "DeputyCard",
    "HeldCard",
    "ProposalCard",
    "Seat",
    "StaffCard",
    "StaffPage",
    "UnitCard",
    "active_staff",
    "appointments_of",
    "appointments_of_all",
    "company",
    "deputies_of",
    "deputyships",
    "everything_held",
    "head_of",
    "headed_by",
    "heads",
    "heads_over",
    "holders_at",
    "holders_of",
    "learn_names",
    "meant",
    "name_of",
    "names",
    "posts_of",
    "proposals_of",
    "remembered",
    "seat",
    "staff",
    "staff_by_id",
    "staff_by_username",
    "staff_found",
    "staff_named",
    "staff_page",
    "stands_in_for",
    "subtree",
    "unit_by_id",
    "unit_by_name",
    "units",
    "units_of",
    "waiting_proposals",
    "written_name",
]
