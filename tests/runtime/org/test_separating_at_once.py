"""Two confirmations at the same moment never make together what is forbidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Home

PREPARE = """
from tests.cast import assemble
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import ProposeAppointment
cast = assemble()
for role in ("cashier", "accountant"):
    print(ProposeAppointment(actor=SYSTEM, staff_id=cast.lin_xiao.id, role=role).run())
"""

CONFIRM = """
import sys, time
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.org import role_rules, separating
from keguan.runtime.org.actions import ConfirmAppointment
from keguan.runtime.org.actions import proposing
role_rules.install(lambda: role_rules.RoleRules(apart=frozenset({{frozenset({{"cashier", "accountant"}})}})))
looked = proposing.refuse_post
def slowly(*arguments):
    looked(*arguments)
    time.sleep(1.0)  # whoever looked, waits before writing: the other one would look in between
proposing.refuse_post = slowly
try:
    ConfirmAppointment(actor=SYSTEM, proposal_id={proposal}).run()
    print("given")
except Refused as refused:
    print(refused.code)
"""

LEFT = """
from keguan.runtime.org.models import Appointment
print(Appointment.objects.filter(role__in=["cashier", "accountant"]).count())
"""

SET_UP = "import django\ndjango.setup()\n"


def test_the_second_of_two_is_refused(home_on_either_engine: Home) -> None:
    """Both are confirmed by processes of their own that look at the same moment: one is given, one refused."""
    home = home_on_either_engine
    proposals = home.script(PREPARE).split()
    processes = [home.start("-c", SET_UP + CONFIRM.format(proposal=each)) for each in proposals]
    said = [process.communicate(timeout=120) for process in processes]
    assert sorted(out.strip() for out, _ in said) == ["given", "org.apart"], said
    assert home.script(LEFT).strip() == "1"
