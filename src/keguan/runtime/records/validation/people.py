"""Members of staff, by name or by sign-in name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.validation.invalid import Invalid, Typed

if TYPE_CHECKING:
    from datetime import date

    from keguan.runtime.records.validation.holder import Holder


def person(field: Holder, typed: Typed, today: date) -> int:
    """The id of the member of staff that was named, who holds one of the field's roles where it names some; a number as
    such is an id, as the API may give it. At most four queries.
    """
    found = _meant(typed)
    if field.roles and found not in org.holders_of(field.roles, today):
        roles = policies.current().model.roles
        posts = _("、").join(roles[each].label.zh for each in field.roles if each in roles)
        raise Invalid(_("这里只能填担任“%(posts)s”的人员。") % {"posts": posts})
    return found


def _meant(typed: Typed) -> int:
    if isinstance(typed, int) and not isinstance(typed, bool):
        if 0 < typed < 2**63 and org.names((typed,)):
            return typed
        raise Invalid(_("没有这位人员。"))
    said = str(typed).strip()
    found = org.meant(said)
    if not found:
        raise Invalid(_("本公司没有“%(name)s”这个人。请填写姓名或登录名。") % {"name": said})
    if len(found) > 1:
        raise Invalid(_("叫“%(name)s”的有%(count)s人，请改填登录名。") % {"name": said, "count": len(found)})
    return found[0]
