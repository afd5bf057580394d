"""What may happen to units, staff, appointments and deputies."""

from __future__ import annotations

from keguan.runtime.org.actions.accounts import AddStaff, ChooseLanguage, SetActive, Unlock
from keguan.runtime.org.actions.appointing import Appoint, EndAppointment
from keguan.runtime.org.actions.deputies import AppointDeputy, EndDeputy
from keguan.runtime.org.actions.proposing import (
    ConfirmAppointment,
    ProposeAppointment,
    RefuseAppointment,
    WithdrawProposal,
)
from keguan.runtime.org.actions.units import AddUnit, NameHead
from keguan.runtime.org.passwords.changing import SetPassword
from keguan.runtime.org.signing_in import SignedIn, SignIn, SignOut

__all__ = [
    "AddStaff",
    "AddUnit",
    "Appoint",
    "AppointDeputy",
    "ChooseLanguage",
    "ConfirmAppointment",
    "EndAppointment",
    "EndDeputy",
    "NameHead",
    "ProposeAppointment",
    "RefuseAppointment",
    "SetActive",
    "SetPassword",
    "SignIn",
    "SignOut",
    "SignedIn",
    "Unlock",
    "WithdrawProposal",
]
