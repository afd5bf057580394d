"""Changes to records: the same for pages, API, importer and policy."""

from keguan.runtime.records.actions.bulk_edit import StartBulkEdit
from keguan.runtime.records.actions.bulk_results import GiveResults
from keguan.runtime.records.actions.by_policy import UpdateByPolicy
from keguan.runtime.records.actions.create import Create
from keguan.runtime.records.actions.create_many import CreateMany
from keguan.runtime.records.actions.hand_over import Handed, HandOver, HandOverAll, hand_over_all
from keguan.runtime.records.actions.merge import MergeRecords
from keguan.runtime.records.actions.scans import DismissSuspect, StartScan
from keguan.runtime.records.actions.settle_hand_over import SettleHandOver
from keguan.runtime.records.actions.unmerge import UndoMerge, Unmerged
from keguan.runtime.records.actions.update import Update
from keguan.runtime.records.actions.update_many import UpdateMany
from keguan.runtime.records.actions.views import DeleteView, SaveView
from keguan.runtime.records.draft import NewRecord

__all__ = [
    "Create",
    "CreateMany",
    "DeleteView",
    "DismissSuspect",
    "GiveResults",
    "HandOver",
    "HandOverAll",
    "Handed",
    "MergeRecords",
    "NewRecord",
    "SaveView",
    "SettleHandOver",
    "StartBulkEdit",
    "StartScan",
    "UndoMerge",
    "Unmerged",
    "Update",
    "UpdateByPolicy",
    "UpdateMany",
    "hand_over_all",
]
