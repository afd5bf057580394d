"""What the ledger's action names and details mean, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from keguan.language.model.model import ClauseRef, Model
    from keguan.runtime.ledger.queries import EntryCard

ACTIONS: dict[str, Promise] = {
    "records.create": _("新建档案"),
    "records.update": _("修改档案"),
    "records.create_many": _("批量新建档案"),
    "records.update_many": _("批量修改档案"),
    "records.reveal": _("查看原文"),
    "records.save_view": _("保存视图"),
    "records.delete_view": _("删除视图"),
    "policies.publish": _("发布制度"),
    "policies.bring_in": _("带进制度"),
    "policies.new_policy": _("新建制度草案"),
    "policies.start_draft": _("开始起草制度"),
    "policies.save_draft": _("保存草案"),
    "policies.rebase_draft": _("草案接上新版"),
    "policies.submit_draft": _("提交审核"),
    "policies.review_draft": _("审核草案"),
    "policies.send_back_draft": _("签发人退回草案"),
    "policies.sign_draft": _("签发制度"),
    "policies.withdraw_draft": _("撤回草案"),
    "policies.confirm_read": _("签收制度"),
    "decisions.recompute": _("重新判定"),
    "decisions.snapshot": _("拷出快照"),
    "imports.upload": _("上传表格"),
    "imports.map": _("对应列"),
    "imports.try": _("试运行导入"),
    "imports.start": _("开始导入"),
    "imports.batch": _("导入一批"),
    "imports.finish": _("结束导入"),
    "imports.cancel": _("取消导入"),
    "imports.give_back": _("下载退回的行"),
    "jobs.cancel": _("取消作业"),
    "org.sign_in": _("登录"),
    "org.sign_in_failed": _("登录失败"),
    "org.locked": _("锁定账号"),
    "org.sign_out": _("退出"),
    "org.add_unit": _("增加部门"),
    "org.add_staff": _("增加人员"),
    "org.set_active": _("启用或停用账号"),
    "org.set_password": _("修改密码"),
    "org.choose_language": _("选择语言"),
    "org.appoint": _("任命"),
    "org.end_appointment": _("结束任命"),
    "org.unlock": _("解锁账号"),
    "tokens.issue": _("发放接口令牌"),
    "tokens.revoke": _("收回接口令牌"),
    "ledger.seal": _("封存账本"),
}
"""Every action's name in words; a test holds it complete."""

GROUPS: tuple[tuple[str, Promise], ...] = (
    ("records.", _("档案")),
    ("records.reveal", _("查看原文")),
    ("imports.", _("导入")),
    ("decisions.", _("判定")),
    ("policies.", _("制度")),
    ("org.", _("人员与登录")),
    ("tokens.", _("接口令牌")),
)
"""Beginnings of action names offered as filters."""

SUBJECTS: dict[str, Promise] = {
    "staff": _("人员"),
    "appointment": _("任命"),
    "unit": _("部门"),
    "policy": pgettext_lazy("what an entry is about", "制度"),
    "publication": pgettext_lazy("what an entry is about", "发布"),
    "import": _("导入"),
    "view": _("视图"),
    "job": _("作业"),
    "token": pgettext_lazy("what an entry is about", "接口令牌"),
}
"""What an entry can be about besides a record."""

VIA: dict[str, Promise] = {"web": _("页面"), "api": _("接口"), "cli": _("命令行"), "system": _("系统")}


def action_label(name: str) -> str:
    """The action in words; its own name where there is none."""
    return str(ACTIONS.get(name, name))


def detail(entry: EntryCard, model: Model, language: str) -> str:
    """What is told of an entry's data: reasons, counts and versions, and which fields changed — never their values,
    which have classes of their own and are seen on the record.
    """
    told = [sentence % {key: entry.data[key]} for key, sentence in _plain().items() if _simple(entry.data, key)]
    role = model.roles.get(str(entry.data.get("role", "")))
    if role is not None:
        told.append(gettext("岗位 %(role)s") % {"role": role.label.text(language)})
    fields = _fields(entry, model, language)
    if fields:
        told.append(gettext("字段 %(fields)s") % {"fields": gettext("、").join(fields)})
    return gettext("；").join(told)


def clause_of(entry: EntryCard, model: Model) -> ClauseRef | None:
    """The clause that an entry cites as ``pack#anchor``, if the policy in force still has it."""
    pack, _sign, anchor = entry.clause.partition("#")
    policy = model.policies.get(pack)
    clauses = () if policy is None else policy.clauses
    return next((clause.ref for clause in clauses if clause.ref.anchor == anchor), None)


def _plain() -> dict[str, str]:
    return {
        "reason": gettext("事由 %(reason)s"),
        "revision": gettext("第 %(revision)s 稿"),
        "opinion": gettext("意见 %(opinion)s"),
        "version": gettext("版本 %(version)s"),
        "effective": gettext("施行 %(effective)s"),
        "count": gettext("%(count)s 份"),
        "created": gettext("新建 %(created)s"),
        "updated": gettext("更新 %(updated)s"),
        "rejected": gettext("退回 %(rejected)s"),
        "changed": gettext("变动 %(changed)s"),
        "username": gettext("用户名 %(username)s"),
        "file": gettext("文件 %(file)s"),
    }


def _simple(data: Mapping[str, Any], key: str) -> bool:
    return isinstance(data.get(key), str | int) and data[key] != ""


def _fields(entry: EntryCard, model: Model, language: str) -> list[str]:
    """Labels of the fields that the entry names."""
    record_type = model.record_types.get(entry.subject_type)
    if record_type is None:
        return []
    changes = entry.data.get("changes") or entry.data.get("fields") or entry.data.get("field") or ()
    named = {changes} if isinstance(changes, str) else set(changes)
    return [field.label.text(language) for field in record_type.fields if field.code in named]
