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
    "demo.day": _("演示的一天"),
    "records.create": _("新建档案"),
    "records.update": _("修改档案"),
    "records.verify": _("核实档案"),
    "records.create_many": _("批量新建档案"),
    "records.update_many": _("批量修改档案"),
    "records.reveal": _("查看原文"),
    "access.denied": _("查看被拒绝"),
    "records.save_view": _("保存视图"),
    "records.delete_view": _("删除视图"),
    "records.update_by_policy": _("制度写入档案"),
    "records.hand_over_by_policy": _("制度移交档案"),
    "cases.reveal": _("查看表单原文"),
    "cases.reveal_document": _("查看文件全文"),
    "cases.read": _("看过案件"),
    "cases.start": _("发起案件"),
    "cases.claim": _("领取案件"),
    "cases.release": _("放回案件"),
    "cases.complete": _("办理案件"),
    "cases.transfer": _("转办案件"),
    "cases.transfer_leavers": _("转办离职人员的步骤"),
    "cases.consult": _("委派征询"),
    "cases.answer": _("答复委派"),
    "cases.add_signer": _("加签"),
    "cases.remove_signer": _("减签"),
    "cases.return": _("退回案件"),
    "cases.recall": _("撤回办理"),
    "cases.urge": _("催办案件"),
    "cases.copy": _("抄送案件"),
    "cases.comment": _("案件附言"),
    "cases.pause": _("暂停计时"),
    "cases.resume": _("恢复计时"),
    "cases.extend": _("改案件期限"),
    "cases.withdraw": _("撤销案件"),
    "cases.terminate": _("终止案件"),
    "cases.reopen": _("重新办理案件"),
    "cases.merge": _("并案"),
    "cases.remind": _("到时提醒"),
    "cases.escalate": _("超时升级"),
    "cases.hand_over": _("超时转给"),
    "cases.decide": _("超时自动办理"),
    "cases.late": _("案件逾期"),
    "cases.reckon": _("按日历重算案件期限"),
    "cases.reseat": _("重新派给"),
    "cases.save": _("暂存表单"),
    "cases.clock": _("案件到时处理"),
    "cases.write_document": _("写出文件"),
    "duties.make": _("产生待办"),
    "duties.draw": _("抽查抽取"),
    "duties.discharge": _("办结待办"),
    "duties.done": _("待办办结"),
    "duties.reopen": _("待办恢复"),
    "duties.overdue": _("待办逾期"),
    "duties.escalate": _("待办逾期升级"),
    "duties.reckon": _("按日历重算待办期限"),
    "duties.exempt": _("免办"),
    "duties.cancel": _("撤销待办"),
    "duties.call_off": _("按新制度撤销待办"),
    "duties.claim": _("领取待办"),
    "duties.release": _("放回待办"),
    "duties.hand_over": _("转交待办"),
    "duties.hand_over_leavers": _("移交离职人员的待办"),
    "duties.reseat": _("待办换人"),
    "exports.table": _("导出统计表"),
    "metrics.close": _("一期指标结算"),
    "metrics.correct": _("重算已结算的指标"),
    "metrics.recompute": _("要求重算指标"),
    "consequences.propose": _("提出奖惩"),
    "consequences.count": _("累计次数"),
    "consequences.approve": _("批准奖惩"),
    "consequences.reject": _("否决奖惩"),
    "consequences.object": _("申诉"),
    "consequences.late": _("奖惩逾期未定"),
    "consequences.withdraw": _("撤回奖惩提议"),
    "intake.submit": _("网上提交"),
    "intake.look_up": _("网上查询"),
    "intake.look_up_failed": _("网上查询失败"),
    "intake.withdraw": _("网上撤回"),
    "surveys.invite": _("安排调查"),
    "surveys.send": _("发出调查"),
    "surveys.send_now": _("提前发出调查"),
    "surveys.open": _("客户打开调查"),
    "surveys.answer": _("客户答复调查"),
    "surveys.call_back": _("登记回访"),
    "surveys.unreached": _("回访没有接通"),
    "surveys.expire": _("调查过期"),
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
    "exports.begin": _("发起导出"),
    "exports.finish": _("导出结束"),
    "exports.download": _("下载导出文件"),
    "exports.cancel": _("取消导出"),
    "exports.expire": _("删除过期的导出文件"),
    "exports.trace": _("追查泄露的文件"),
    "records.print": _("打印档案"),
    "permits.request": _("申请准予"),
    "permits.grant": _("准予"),
    "permits.refuse": _("不予准予"),
    "permits.use": _("使用准予"),
    "permits.withdraw": _("收回准予"),
    "permits.expire": _("准予到期"),
    "jobs.cancel": _("取消作业"),
    "org.sign_in": _("登录"),
    "org.sign_in_failed": _("登录失败"),
    "org.locked": _("锁定账号"),
    "org.first_step": _("登录第一步"),
    "org.confirm_identity": _("再次验证身份"),
    "org.end_session": _("结束一次登录"),
    "org.end_sessions": _("结束登录"),
    "org.begin_authenticator": _("开始绑定动态口令"),
    "org.confirm_authenticator": _("绑定动态口令"),
    "org.remove_authenticator": _("停用动态口令"),
    "org.new_recovery_codes": _("换恢复码"),
    "org.reset_factors": _("重置登录验证"),
    "org.add_passkey": _("绑定通行密钥"),
    "org.remove_passkey": _("删除通行密钥"),
    "org.bind_identity": _("绑定外部登录"),
    "org.unbind_identity": _("解除外部登录"),
    "org.sign_out": _("退出"),
    "org.add_unit": _("增加部门"),
    "org.add_staff": _("增加人员"),
    "org.set_active": _("启用或停用账号"),
    "org.set_password": _("修改密码"),
    "org.choose_language": _("选择语言"),
    "org.appoint": _("任命"),
    "org.end_appointment": _("结束任命"),
    "org.unlock": _("解锁账号"),
    "org.name_head": _("任命部门负责人"),
    "org.appoint_deputy": _("安排代理"),
    "org.end_deputy": _("结束代理"),
    "tokens.issue": _("发放接口令牌"),
    "tokens.revoke": _("收回接口令牌"),
    "calendars.set_day": _("设定日历的一天"),
    "calendars.set_hours": _("设定工作时间"),
    "calendars.import_year": _("录入放假通知"),
    "calendars.confirm_year": _("确认一年的放假安排"),
    "calendars.adopt_edition": _("采用新版放假安排"),
    "ledger.seal": _("封存账本"),
    "ledger.read": _("查看档案"),
    "ledger.look": _("查阅账本"),
    "ledger.refused": _("被拒绝的操作"),
    "ledger.export": _("导出账本"),
    "ledger.archive": _("归档账本"),
    "ledger.save_search": _("保存账本查找"),
    "ledger.drop_search": _("删除账本查找"),
    "notifications.read": _("阅读通知"),
    "notifications.read_all": _("全部标为已读"),
    "notifications.prefer": _("设置通知偏好"),
    "notifications.set_contact": _("登记联系方式"),
    "notifications.send_code": _("发送验证码"),
    "notifications.confirm_contact": _("确认联系方式"),
    "notifications.add_channel": _("新建通知渠道"),
    "notifications.change_channel": _("修改通知渠道"),
    "notifications.switch_channel": _("启用或停用通知渠道"),
    "notifications.try_channel": _("试发通知"),
    "notifications.send_again": _("重发通知"),
    "notifications.settle": _("确认通知已送达"),
    "allocations.begin": _("开始分配"),
    "allocations.submit": _("提交分配方案"),
    "allocations.send_back": _("退回分配方案"),
    "allocations.confirm": _("确认分配方案"),
    "allocations.withdraw": _("撤回分配方案"),
    "allocations.hand_over": _("按方案移交"),
    "allocations.claim": _("从公海认领"),
    "allocations.return": _("放回公海"),
    "departures.cancel": _("取消离职"),
    "departures.close": _("关闭离职账号"),
    "departures.hand_over": _("移交离职人员手里的"),
    "departures.leave": _("办理离职"),
    "departures.reinstate": _("恢复离职人员"),
    "imports.undo": _("撤销导入"),
    "imports.undo_changed": _("撤销导入的修改"),
    "imports.undo_created": _("撤销导入的新建"),
    "imports.undone": _("撤销导入完成"),
    "keys.hold": _("更换密钥的保管"),
    "keys.retire": _("销毁密钥"),
    "keys.rotate": _("更换密钥"),
    "maintenance.act": _("登记维护操作"),
    "org.barred": _("角色不起作用"),
    "org.unbarred": _("角色恢复作用"),
    "departures.attempt": _("离职账号登录"),
    "departures.not_begun": _("离职流程未能发起"),
    "org.confirm_appointment": _("确认任命"),
    "org.propose_appointment": _("提议任命"),
    "org.refuse_appointment": _("否决任命"),
    "org.withdraw_proposal": _("撤回任命提议"),
    "records.attach": _("上传附件"),
    "records.bulk_batch": _("批量修改一批"),
    "records.bulk_edit": _("发起批量修改"),
    "records.bulk_results": _("下载批量修改结果"),
    "records.dismiss_suspect": _("判定不是同一人"),
    "records.hand_over": _("移交客户"),
    "records.hand_over_all": _("移交全部客户"),
    "records.hand_over_batch": _("移交一批"),
    "records.hand_over_many": _("移交列表里的全部"),
    "records.merge": _("合并档案"),
    "records.read_file": _("下载附件"),
    "records.remove_file": _("移除附件"),
    "records.replace_file": _("替换附件"),
    "records.scan_duplicates": _("查找重复档案"),
    "records.scanned_duplicates": _("查重结束"),
    "records.settle_hand_over": _("答复移交"),
    "records.undo_merge": _("撤销合并"),
    "retention.carry_out": _("执行处置"),
    "retention.dispose_by_itself": _("到期自动处置"),
    "retention.erase": _("按本人要求删除"),
    "retention.gather": _("汇集到期档案"),
    "retention.gather_erased": _("汇集要求删除的档案"),
    "retention.hold": _("封存档案"),
    "retention.lift": _("解除封存"),
    "retention.reapply": _("恢复备份后重新销毁"),
    "retention.strike_out": _("从处置批次剔除"),
    "retention.submit": _("提交处置审批"),
    "retention.take_back": _("取回只存的档案"),
    "retention.withdraw": _("撤回处置批次"),
    "retention.witness": _("监督销毁"),
    "reviews.answer": _("复核权限"),
    "reviews.close": _("结束权限复核"),
    "reviews.day_over": _("权限复核到期"),
    "reviews.start": _("发起权限复核"),
}
"""Every action's name in words; a test holds it complete."""

GROUPS: tuple[tuple[str, Promise], ...] = (
    ("records.", _("档案")),
    ("records.reveal", _("查看原文")),
    ("ledger.read", _("查看档案")),
    ("ledger.refused", _("被拒绝的操作")),
    ("access.denied", _("查看被拒绝")),
    ("imports.", _("导入")),
    ("exports.", _("导出")),
    ("permits.", _("准予")),
    ("decisions.", _("判定")),
    ("duties.", _("待办")),
    ("metrics.", _("指标")),
    ("consequences.", _("奖惩")),
    ("policies.", _("制度")),
    ("org.", _("人员与登录")),
    ("tokens.", _("接口令牌")),
    ("calendars.", _("日历")),
    ("notifications.", _("通知")),
    ("ledger.", _("账本")),
)
"""Beginnings of action names offered as filters."""

SUBJECTS: dict[str, Promise] = {
    "staff": _("人员"),
    "appointment": _("任命"),
    "unit": _("部门"),
    "policy": pgettext_lazy("what an entry is about", "制度"),
    "duty": _("待办"),
    "duty_block": _("职责"),
    "consequence": _("奖惩"),
    "publication": pgettext_lazy("what an entry is about", "发布"),
    "import": _("导入"),
    "view": _("视图"),
    "job": _("作业"),
    "calendar": _("日历"),
    "notification": _("通知"),
    "channel": _("通知渠道"),
    "delivery": _("发送"),
    "token": pgettext_lazy("what an entry is about", "接口令牌"),
    "survey": _("满意度调查"),
    "ledger": _("账本"),
    "case": _("案件"),
    "key": _("密钥"),
    "backup": _("备份"),
    "export": _("导出"),
    "disposal": _("处置批次"),
    "retention": _("保存"),
    "review": _("权限复核"),
    "scan": _("查重"),
    "transfer": _("移交"),
    "bulk_edit": _("批量修改"),
    "demo": _("演示"),
    "permit": _("准许"),
    "departure": _("离职"),
}
"""What an entry can be about besides a record."""

VIA: dict[str, Promise] = {
    "web": _("页面"),
    "api": _("接口"),
    "cli": _("命令行"),
    "portal": _("客户门户"),
    "system": _("系统"),
}


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
    if entry.action == "ledger.refused":
        told.append(gettext("想要：%(action)s") % {"action": action_label(str(entry.data.get("action", "")))})
    if entry.forgotten:
        told.append(gettext("内容已按规定删除"))
    fields = _fields(entry, model, language)
    if fields:
        told.append(gettext("字段 %(fields)s") % {"fields": gettext("、").join(fields)})
    return gettext("；").join(told)


def clause_of(entry: EntryCard, model: Model) -> ClauseRef | None:
    """The clause that an entry cites as ``pack#anchor``, if the policy in force still has it."""
    return clause_at(entry.clause, model)


def clause_at(cited: str, model: Model) -> ClauseRef | None:
    """The clause cited as ``pack#anchor``, if the policy in force still has it."""
    pack, _sign, anchor = cited.partition("#")
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
