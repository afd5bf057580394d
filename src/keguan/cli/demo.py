"""``keguan demo``: the invented company 云岭置地, brought in through the importer."""

from __future__ import annotations
