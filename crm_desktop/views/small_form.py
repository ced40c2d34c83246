"""A small window with a few labelled fields over 保存 and 取消."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.drafts import Draft
from crm_desktop.errors import CrmError, ValidationError
from crm_desktop.views.background import Background
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_drafts import DraftKeeper, Noted, Origin, note, put_back
from crm_desktop.views.keys import enter_moves_focus
from crm_desktop.views.line_starts import break_lines
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.input import Input
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.modal import ModalWindow

Values = dict[str, Any]


class SmallForm(ModalWindow):
    """``save(values)`` runs in the background; a ValidationError it raises is shown at its fields.

    Any other expected error is shown at the first field. ``note`` says what the form is for; its fields stand in so
    many ``columns``.
    """

    def __init__(
        self,
        parent: Misc,
        background: Background,
        title: str,
        save: Callable[[Values], Any],
        *,
        save_label: str = "保存",
        note: str = "",
        columns: int = 1,
    ) -> None:
        super().__init__(parent, title)
        self._background = background
        self._save = save
        self._columns = columns
        self._is_saving = False
        self.fields: dict[str, LabeledField] = {}
        self._drafts: DraftKeeper | None = None
        self._at_first: dict[str, Noted] = {}
        if note:
            width = pixels(self, 340 if columns == 1 else 520)
            told = break_lines(note, width)
            ttk.Label(self.body, text=told, style="Muted.TLabel", wraplength=width, name="note").pack(
                anchor="w", pady=(0, pixels(self, 8))
            )
        self.form = ttk.Frame(self.body)
        self.form.pack(fill="both", expand=True)
        for column in range(columns):
            self.form.columnconfigure(2 * column + 1, weight=1, minsize=pixels(self, 240 // columns))
        self.button = self.add_saving_row(save_label, self.submit)

    def add(self, name: str, label: str, make: Callable[[Misc], Input], value: Any = "", **options: Any) -> None:
        """One more field; ``options`` are those of LabeledField."""
        field = LabeledField(self.form, label, make, **options).grid(*divmod(len(self.fields), self._columns))
        field.set(value if value is not None else "")
        self.fields[name] = field

    def keep_draft(self, desk: Desk, origin: Origin, draft: Draft | None = None) -> None:
        """Once all fields are there: what is typed outlives the program. Begins with ``draft`` when there is one."""
        self._at_first = note(self.fields)
        self._drafts = DraftKeeper(self, desk, lambda: origin, self._typed)
        for field in self.fields.values():
            field.input.bind(INPUT_CHANGED, lambda event: self._drafts and self._drafts.typed(), add="+")
        if draft is not None:
            put_back(self.fields, draft.content["fields"])
            self._drafts.take_over(draft)

    def _typed(self) -> dict[str, Noted]:
        now = note(self.fields)
        return {} if now == self._at_first else now

    def ask(self) -> Any:
        """Show it; the result of ``save``, None when cancelled."""
        enter_moves_focus(self.form, self.button)
        first = next(iter(self.fields.values()))
        self.after_idle(first.focus)  # with its text selected, ready to be typed over
        return self.show(first.input.control)

    def cancel(self) -> None:
        """What is being saved is waited for: nobody could tell otherwise whether it was."""
        if self._is_saving:
            return
        if self._drafts is not None:
            self._drafts.drop()
        super().cancel()

    def submit(self) -> None:
        """Try to save; the form closes when that has succeeded."""
        if self._is_saving:
            return
        for field in self.fields.values():
            field.set_error(None)
        values = {name: field.get() for name, field in self.fields.items()}
        self._wait(True)
        self._background.run_in_background(
            lambda job: self._save_and_forget(values),
            self._saved,
            self._refused,
            owner=self,
            title="正在保存…",
            is_saving=True,
        )

    def _save_and_forget(self, values: Values) -> Any:
        result = self._save(values)
        if self._drafts is not None:
            self._drafts.saved()
        return result

    def _wait(self, is_saving: bool) -> None:
        self._is_saving = is_saving
        self.button.configure(state="disabled" if is_saving else "normal")

    def _saved(self, result: Any) -> None:
        self.result = result
        self.close()

    def _refused(self, error: BaseException) -> None:
        self._wait(False)
        if isinstance(error, ValidationError):
            self._show_errors(error.fields)
        elif isinstance(error, CrmError):
            self._show_errors({next(iter(self.fields)): str(error)})
        else:
            raise error

    def _show_errors(self, errors: dict[str, str]) -> None:
        fields = [(self.fields.get(name) or next(iter(self.fields.values())), errors[name]) for name in errors]
        for field, sentence in fields:
            field.set_error(sentence)
        first = next(field for field in self.fields.values() if field.input.error)
        first.focus()
