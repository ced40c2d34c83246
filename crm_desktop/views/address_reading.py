"""地址识别: a pasted text becomes fields, shown with what they replace before anything is filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from tkinter import Misc, TclError
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.models import CONTACTS
from crm_desktop.models.fields import Field, Region
from crm_desktop.models.pasted_text import Recognised
from crm_desktop.views.actions import Action
from crm_desktop.views.background import Job
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_fields import labeled_field
from crm_desktop.views.form_page import FormPages
from crm_desktop.views.keys import enter_moves_focus
from crm_desktop.views.pause import Pause
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.modal import ModalWindow, centre_on
from crm_desktop.views.widgets.picker import Picker
from crm_desktop.views.widgets.text_inputs import FlagInput, NoteInput

HINT = "粘贴名片、快递单或聊天里的一段文字，顺序和分隔不限；核对后按 F8 填入勾选的栏。"
NOTHING_NEW = "认出的内容表单里都已经有了。"
PAUSE_MILLISECONDS = 300
PASTE_WIDTH, PASTE_LINES = 72, 3
LONGEST = 4000
"""Characters; a longer clipboard is no address."""
ONLY_PAGE = ""
REST, REMARK = "rest", "remark"
Targets = Mapping[str, tuple[str, Field]]
"""What is recognised → the form's field for it, and its declaration."""


@dataclass
class _Row:
    """One line of the preview: the tick, and the input that may still be changed."""

    name: str
    tick: FlagInput
    labeled: LabeledField


def reading_actions(window: Any) -> list[Action]:
    """地址识别 for a form whose companion has ``pasted_into``."""
    desk = window.desk

    def may_read() -> bool:
        return window.form.may_write and desk.office.may("regions", "view") and not window.saver.is_saving

    return [Action("read_address", "地址识别", lambda: read_address(window), "read_address", "magic", may_read)]


def read_address(window: Any) -> None:
    """Ask for a text, beginning with the clipboard, and fill what the operator ticks into the form."""
    ReadingWindow(window).ask()


class ReadingWindow(ModalWindow):
    """``form_window`` is the FormWindow to be filled."""

    def __init__(self, form_window: Any) -> None:
        super().__init__(form_window, "地址识别")
        self.desk = form_window.desk
        self.form = form_window.form
        self.lines: list[_Row] = []
        self._job: Job | None = None
        ttk.Label(self.body, text=HINT, style="Muted.TLabel").pack(anchor="w")
        self.pasted = NoteInput(self.body, width=PASTE_WIDTH, height=PASTE_LINES, max_length=LONGEST)
        self.pasted.pack(fill="x", pady=pixels(self, 6))
        self.note = ttk.Label(self.body, style="Error.TLabel", name="note")
        self.note.pack(anchor="w")
        self.button = self.add_saving_row("填入", self.fill)
        self.pages = FormPages(self.body, [ONLY_PAGE])
        self.pages.pack(fill="both", expand=True)
        self.rows = self.pages[ONLY_PAGE].content
        self.rows.columnconfigure(1, minsize=pixels(self, 360))
        self.rows.columnconfigure(3, weight=0, uniform="")  # one field a line
        self._pause = Pause(self, PAUSE_MILLISECONDS, self.recognise)
        self.pasted.bind(INPUT_CHANGED, lambda event: self._pause.begin(), add="+")

    def ask(self) -> None:
        """Show it with what is on the clipboard."""
        self.pasted.set(_clipboard(self))
        self.recognise()
        self.show(self.pasted.control, wait=False)

    def recognise(self) -> None:
        """Take the text apart in the background; an earlier question is not waited for."""
        if self._job is not None:
            self._job.forget()
        text, regions = self.pasted.get(), self.desk.office.regions
        self._job = self.desk.run(lambda job: regions.recognise(text), self._show_found, owner=self)

    def _show_found(self, found: Recognised) -> None:
        for child in self.rows.winfo_children():
            child.destroy()
        self.lines = []
        targets = self.form.companion.pasted_into(found)
        for kind, value in proposals(found, targets).items():
            self._add_line(*targets[kind], value)
        is_asked = bool(self.pasted.get().strip())
        news = found.note or ("" if self.lines else NOTHING_NEW)
        self.note.configure(text=news if is_asked else "")
        enter_moves_focus(self.body, self.button)
        self.pages.watch()
        self.pages.fit()
        centre_on(self, self._parent)

    def _add_line(self, name: str, field: Field, value: str) -> None:
        old, old_value = _shown(self.form[name]), self.form[name].get()
        if name == REMARK and old:
            value = f"{old}\n{value}"
        if value in (old, old_value):
            return
        row = len(self.lines)
        if "." in name:
            field = replace(field, label=f"{CONTACTS.label}{field.label}")
        labeled = labeled_field(self.rows, replace(field, required=False), self.form.near).grid(row)
        tick = FlagInput(self.rows, caption="替换" if old else "填入")
        tick.grid(row=row, column=2, sticky="nw", padx=(pixels(self, 10), 0))
        tick.set(_put(labeled, field, value))
        if old:
            labeled.set_hint(f"原来：{' '.join(old.split())}")
        self.lines.append(_Row(name, tick, labeled))

    def fill(self) -> None:
        """Everything ticked goes into the form as if it had been typed; what cannot be is said at its line."""
        chosen = [line for line in self.lines if line.tick.get()]
        for line in chosen:
            getattr(line.labeled.input, "check", lambda: True)()
        wrong = next((line for line in chosen if line.labeled.input.error), None)
        if wrong is not None:
            wrong.labeled.focus()
            return
        values = [(line.name, line.labeled.get(), _shown(line.labeled)) for line in chosen]
        self.close()
        for name, value, text in values:
            self.form[name].set(value, text)
        for name, _, _ in values:  # when all stand there: a region brings a postcode only where none is
            self.form[name].input.changed()


def proposals(found: Recognised, targets: Targets) -> dict[str, str]:
    """What was found by its kind, in the order of the targets; what the form has no field for goes with the rest."""
    values = {kind: value for kind, value in vars(found).items() if value}
    homeless = [value for kind, value in values.items() if kind not in targets]
    rest = " ".join(filter(None, [*homeless, values.get(REST, "")]))
    kept = {kind: values[kind] for kind in targets if kind in values and kind != REST}
    return kept | {REST: rest} if rest else kept


def _put(labeled: LabeledField, field: Field, value: str) -> bool:
    """Show a value; False when it is none of those that can be chosen, which the line then says."""
    if isinstance(labeled.input, Picker) and not isinstance(field, Region):
        labeled.set(None, value)
        return labeled.input.check()
    labeled.set(value)
    return True


def _shown(labeled: LabeledField) -> str:
    """What the field shows to the operator."""
    text = getattr(labeled.input, "text", None)
    return str(text.get()) if text is not None else str(labeled.get() or "")


def _clipboard(widget: Misc) -> str:
    """The text on the clipboard, "" when there is none or far too much."""
    try:
        text = str(widget.clipboard_get())
    except TclError:
        return ""
    return text if len(text) <= LONGEST else ""
