"""Taking a complaint through its steps, and working off what is owed, as somebody."""

from __future__ import annotations

from keguan.demo import deeds
from keguan.demo.matters import Matter


def sort(by: str, record_id: int, matter: Matter) -> None:
    """归类: confirm the cause and the motive."""
    row = deeds.at_step(by, record_id, "sorting")
    deeds.complete(deeds.viewer(by), row, cause_confirmed=matter.cause, motive_judged=matter.motive)


def settle(by: str, record_id: int, matter: Matter) -> None:
    """处理: what is done about it, and what the customer shall be paid."""
    row = deeds.at_step(by, record_id, "settling")
    paid = {"proposed_compensation": str(matter.yuan)} if matter.yuan else {}
    deeds.complete(deeds.viewer(by), row, plan=matter.plan, **paid)


def call_back(by: str, record_id: int, satisfaction: str, remark: str) -> None:
    """回访: ask whether the customer is satisfied."""
    row = deeds.at_step(by, record_id, "calling")
    deeds.complete(deeds.viewer(by), row, satisfaction=satisfaction, remark=remark)


def contact(by: str, record_id: int, words: str) -> None:
    """首次联系: tell the complainant that it has come in, and who handles it."""
    who = deeds.viewer(by)
    way = next((way for way in ("微信", "当面") if words.startswith(way)), "电话")
    for row in deeds.owed(who, "first_contact"):
        if row.record_id == record_id:
            deeds.discharge(who, row, contact_way=way, contact_words=words)


def work_off_reports(by: str, *, spare: bool) -> None:
    """核对周报: all that wait, but one while ``spare``."""
    who = deeds.viewer(by)
    rows = [row for row in deeds.owed(who, "weekly_check") if not row.claimed]
    for row in rows[1:] if spare else rows:
        deeds.discharge(who, row, note="逐条核对，没有漏登。")
