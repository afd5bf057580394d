"""字段(经办人): whoever a 人员 field names, as one of those who handle or owe something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.link.record_items import record_items
from keguan.language.model.actors import Party, PartyKind
from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.link.linking import Linking
    from keguan.language.markdown.document import Written
    from keguan.language.model.form import Form


class PersonFields:
    """The fields in reach that name a member of staff: the record's, what is computed for it, and its forms'."""

    def __init__(self, linking: Linking, record_type: str | None, forms: Iterable[Form] = ()) -> None:
        self._linking = linking
        self._forms = {form.code: form for form in forms}
        self._parties: dict[str, list[Party]] = {}
        for name, item in record_items(linking, record_type).items() if record_type is not None else ():
            if item.kind is FieldKind.STAFF:
                self._parties[name] = [Party(PartyKind.FIELD, field=item.code)]
        own = set(self._parties)
        for form in self._forms.values():
            for field in form.fields:
                if field.kind is FieldKind.STAFF:
                    for name in {field.label.zh, field.code} - own:
                        made = Party(PartyKind.FIELD, field=field.code, form=form.code)
                        self._parties.setdefault(name, []).append(made)

    def known(self, name: Written) -> bool:
        """Whether a field in reach has this label or code."""
        return name.text in self._parties

    def find(self, name: Written) -> Party | None:
        """The field that ``name`` means, the record's before a form's; None after a diagnostic."""
        found = self._parties.get(name.text, [])
        if len(found) == 1:
            return found[0]
        if found:
            forms = "、".join(self._forms[party.form or ""].label.zh for party in found)
            self._linking.findings.add(entries.FIELD_AMBIGUOUS, name.span, name=name.text, forms=forms)
        else:
            labels = [each for each in self._parties if not each.isascii()] or list(self._parties)
            self._linking.findings.add(entries.PERSON_FIELD, name.span, name=name.text, **suggest(name.text, labels))
        return None
