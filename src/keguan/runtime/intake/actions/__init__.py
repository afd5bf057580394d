"""What customers do on the portal."""

from keguan.runtime.intake.actions.look_up import Found, LookUp
from keguan.runtime.intake.actions.submit import Receipt, Submit
from keguan.runtime.intake.actions.withdraw import Withdraw

__all__ = ["Found", "LookUp", "Receipt", "Submit", "Withdraw"]
