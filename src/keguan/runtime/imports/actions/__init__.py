"""What may happen to imports."""

from keguan.runtime.imports.actions.cancel import Cancel
from keguan.runtime.imports.actions.give_back import GiveBack, GivenBack
from keguan.runtime.imports.actions.remap import Remap
from keguan.runtime.imports.actions.start import Start
from keguan.runtime.imports.actions.trial import StartTrial
from keguan.runtime.imports.actions.undo import StartUndo
from keguan.runtime.imports.actions.upload import Upload

__all__ = ["Cancel", "GiveBack", "GivenBack", "Remap", "Start", "StartTrial", "StartUndo", "Upload"]
