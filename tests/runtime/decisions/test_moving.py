"""Who moved from one outcome to another."""

from __future__ import annotations

from datetime import timedelta

from keguan.runtime import clock
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.decisions.queries import moved
from keguan.runtime.records.actions import Create, Update
from tests.cast import Cast


def test_those_who_moved_are_named_newest_first_to_those_who_reach_them(company: Cast) -> None:
    """Two go from E to D; another branch hears nothing of it, nor does another stretch of time."""
    viewer = viewer_for(company.lin_xiao.id)
    made = []
    for number in range(2):
        values = {"name": f"客户{number}", "customer_kind": "个人", "phone": f"139400000{number:02d}"}
        made.append(Create(viewer=viewer, record_type="customer", values=values).run())
    for record_id in made:
        Update(viewer=viewer, record_type="customer", id=record_id, version=1, values={"intends": "是"}).run()
    since, until = clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1)
    assert moved(viewer, "customer_grade", since, until, "E", "D") == (made[1], made[0])
    assert moved(viewer, "customer_grade", since, until, "E", "D", 1) == (made[1],)
    assert moved(viewer, "customer_grade", since, until, "D", "E") == ()
    assert moved(viewer, "customer_grade", since - timedelta(days=2), since, "E", "D") == ()
    assert moved(viewer_for(company.fang_ming.id), "customer_grade", since, until, "E", "D") == ()
    assert moved(viewer_for(company.guan_li.id), "customer_grade", since, until, "E", "D") == ()
