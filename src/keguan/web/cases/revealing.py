"""Seeing one sealed value of a case in full, for a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keguan.runtime.processes.actions import RevealValue
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_POST
@staff_page
def reveal(page: Page, case_id: int, form: str, field: str) -> HttpResponse:
    """The value, where the viewer may see it. Raises ``Refused``."""
    reason = page.request.POST.get("reason", "")
    text = RevealValue(viewer=page.viewer, case_id=case_id, form=form, field=field, reason=reason).run()
    return page.fragment("cases/revealed.html", {"text": text or _("（空）")})
