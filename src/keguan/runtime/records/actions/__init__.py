"""Changes to records: the same for pages, API, importer and policy."""

from keguan.runtime.records.actions.by_policy import UpdateByPolicy
from keguan.runtime.records.actions.create import Create
from keguan.runtime.records.actions.create_many import CreateMany
from keguan.runtime.records.actions.update import Update
from keguan.runtime.records.actions.update_many import UpdateMany
from keguan.runtime.records.actions.views import DeleteView, SaveView
from keguan.runtime.records.draft import NewRecord

__all__ = ["Create", "CreateMany", "DeleteView", "NewRecord", "SaveView", "Update", "UpdateByPolicy", "UpdateMany"]
