"""云岭置地 on Monday, 2 March 2026, 09:00: its whole policy in force, and three old receptions due."""

from __future__ import annotations

SET_UP = """
from datetime import UTC, date, datetime
from keguan.demo.company import PACKS as NAMES
from keguan.language.source import read_pack
from keguan.runtime import clock
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.clock import offset
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import AddStaff, AddUnit, Appoint, NameHead
from keguan.runtime.policies.actions import Publish
from keguan.runtime.records.actions import Create
from keguan.runtime.retention.working import catch_up
from tests.cast import PASSWORD
from tests.publishing import PACKS

with clock.hold(datetime(2026, 3, 2, 1, tzinfo=UTC)):
    Publish(actor=SYSTEM, packs=tuple(read_pack(PACKS / name) for name in NAMES)).run()
    top = AddUnit(actor=SYSTEM, unit_name="云岭置地").run()
    units = {{"总部": top, "江南分公司": AddUnit(actor=SYSTEM, unit_name="江南分公司", parent_id=top).run()}}
    staff = {{}}
    for username, name, unit, role in {people}:
        staff[username] = AddStaff(
            actor=SYSTEM, username=username, staff_name=name, unit_id=units[unit], password=PASSWORD
        ).run()
        Appoint(actor=SYSTEM, staff_id=staff[username], role=role, since=date(2026, 1, 1)).run()
    NameHead(actor=SYSTEM, unit_id=units["江南分公司"], staff_id=staff["shen_li"]).run()

    def file(by, record_type, owner=None, **values):
        owner = staff[owner or by]
        made = Create(viewer=viewer_for(staff[by]), record_type=record_type, values=values, owner_id=owner,
                      unit_id=units["江南分公司"])
        return made.run()

    file("lu_jing", "lending_card", "zhao_qi", card_number="JY-001", holder="赵启", rank="经理",
         issued_on="2026-01-05", card_until="2026-12-31")
    for place, name in enumerate(("苏禾", "陆小舟", "叶知秋")):
        customer = file("lin_xiao", "customer", name=name, customer_kind="个人", phone=f"1390000000{{place}}")
        file("lin_xiao", "reception", customer=customer, channel="来电", received_on=f"2024-08-1{{place}}",
             summary=f"问江南里的价格，{{name}}")
    catch_up()
offset.set_offset(datetime(2026, 3, 2, 1, tzinfo=UTC) - clock.machine_now())
"""

PEOPLE = (
    ("zhao_qi", "赵启", "江南分公司", "sales_supervisor"),
    ("shen_li", "沈立", "江南分公司", "sales_manager"),
    ("lin_xiao", "林晓", "江南分公司", "salesperson"),
    ("wu_yue", "吴越", "江南分公司", "salesperson"),
    ("zhou_min", "周敏", "总部", "service_manager"),
    ("xu_ke", "许可", "总部", "service_specialist"),
    ("song_yi", "宋宜", "总部", "privacy_officer"),
    ("lu_jing", "卢静", "总部", "archivist"),
    ("chen_gu", "陈固", "总部", "security_officer"),
    ("guan_li", "管理", "总部", "system_administrator"),
    ("he_shen", "何审", "总部", "auditor"),
)
"""Sign-in name, name, unit and role."""
