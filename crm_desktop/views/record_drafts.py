"""The drafts of a record's form: how they are kept, and how one is continued."""

from collections.abc import Mapping
from typing import Any

from crm_desktop.controllers.drafts import Draft
from crm_desktop.views.form_drafts import DraftKeeper, Noted, Origin, note, put_back

SCREEN = "form"


class RecordDrafts(DraftKeeper):
    """``form`` is the RecordForm it belongs to."""

    def __init__(self, form: Any) -> None:
        self._form = form
        super().__init__(form, form.desk, self._of_form, self._changed)

    def resume(self, draft: Draft) -> None:
        """Show what was typed before the program ended, as unsaved as it was; NotFound when the record is gone."""
        form = self._form
        form.fill(draft.record)
        form.version = draft.version or 0  # whoever has saved meanwhile is told of when this is saved
        noted: Mapping[str, Noted] = draft.content["fields"]
        put_back(form.fields, noted)
        form.companion.filled()
        put_back(form.fields, noted)  # exactly as it was, whatever the companion has brought
        form.touch(noted)
        self.take_over(draft)

    def _of_form(self) -> Origin:
        form = self._form
        title = f"{form.entity.label} {form.fields[form.entity.title].get() or '（新）'}"
        return Origin(SCREEN, form.entity.key, title, form.record, None if form.is_new else form.version)

    def _changed(self) -> dict[str, Noted]:
        """All of a new record, because its defaults are others tomorrow; of an old one what was changed."""
        form = self._form
        if not form.may_write or not form.is_changed:
            return {}
        names = form.fields if form.is_new else form.changed_names
        return note({name: form.fields[name] for name in names})
