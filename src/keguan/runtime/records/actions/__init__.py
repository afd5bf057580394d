"""Changes to records: the same for pages, API, importer and policy."""

from keguan.runtime.records.actions.attach import AttachFiles, Opened, ReadFile, RemoveFile, ReplaceFile
from keguan.runtime.records.actions.bulk_edit import StartBulkEdit
from keguan.runtime.records.actions.bulk_results import GiveResults
from keguan.runtime.records.actions.by_policy import UpdateByPolicy
from keguan.runtime.records.actions.create import Create
from keguan.runtime.records.actions.create_many import CreateMany
from keguan.runtime.records.actions.hand_over import Handed, HandOver, HandOverAll, hand_over_all
from keguan.runtime.records.actions.hand_over_by_policy import HandOverByPolicy
from keguan.runtime.records.actions.hand_over_many import StartHandOver
from keguan.runtime.records.actions.merge import MergeRecords
from keguan.runtime.records.actions.scans import DismissSuspect, StartScan
from keguan.runtime.records.actions.settle_hand_over import SettleHandOver
from keguan.runtime.records.actions.unmerge import UndoMerge, Unmerged
from keguan.runtime.records.actions.update import Update
from keguan.runtime.records.actions.update_many import UpdateMany
from keguan.runtime.records.actions.verify import Verify
from keguan.runtime.records.actions.views import DeleteView, SaveView
from keguan.runtime.records.draft import NewRecord

__all__ = [
    "AttachFiles",
    "Create",
    "CreateMany",
    "DeleteView",
    "DismissSuspect",
    "GiveResults",
    "HandOver",
    "HandOverAll",
    "HandOverByPolicy",
    "Handed",
    "MergeRecords",
    "NewRecord",
    "Opened",
    "ReadFile",
    "RemoveFile",
    "ReplaceFile",
    "SaveView",
    "SettleHandOver",
    "StartBulkEdit",
    "StartHandOver",
    "StartScan",
    "UndoMerge",
    "Unmerged",
    "Update",
    "UpdateByPolicy",
    "UpdateMany",
    "Verify",
    "hand_over_all",
]
