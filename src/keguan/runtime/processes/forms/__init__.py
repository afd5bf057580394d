"""What is filled into the forms of a case: one set of values per form, whichever step fills them in."""

from keguan.runtime.processes.forms.entering import Entered, read
from keguan.runtime.processes.forms.held import held, values
from keguan.runtime.processes.forms.prefilled import prefilled
from keguan.runtime.processes.forms.showing import FormView, ShownField, present
from keguan.runtime.processes.forms.storing import store

__all__ = ["Entered", "FormView", "ShownField", "held", "prefilled", "present", "read", "store", "values"]
