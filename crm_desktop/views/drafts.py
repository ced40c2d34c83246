"""After a crash: what the operator had not saved is offered, and opened again as it was."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.drafts import Draft
from crm_desktop.errors import CrmError
from crm_desktop.models import COMPANY, ENTITIES
from crm_desktop.models.dictionaries import DICTIONARIES
from crm_desktop.views import call_form, dictionary_form, flow_step, grid_drafts, record_drafts, regions
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.form_fields import Surroundings
from crm_desktop.views.keys import bind_key
from crm_desktop.views.mail import compose
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

TITLE = "没有保存的内容"
FOUND = "上次有 {} 份没有保存的内容："
GIVE_UP = "要放弃“{}”里没有保存的内容吗？"
STILL = "还有 {} 份没有保存的内容。"
COLUMNS = (TableColumn("title", "内容", 44), TableColumn("at", "最后输入", 17))
LINES = 5


def _resume_record(desk: Desk, draft: Draft) -> None:
    entity = ENTITIES[draft.entity]
    if entity is COMPANY:
        desk.open(COMPANY.key).form.drafts.resume(draft)
        return
    window = open_form(desk, entity, draft.record)
    if window is not None:
        window.form.drafts.resume(draft)


def _resume_step(desk: Desk, draft: Draft) -> None:
    flow_step.resume_step(Surroundings(desk, open_form), draft, parent=desk.root)


def _resume_call(desk: Desk, draft: Draft) -> None:
    screen = desk.open("calls", text=draft.content["details"]["number"])
    screen.form.resume(draft)


def _resume_item(desk: Desk, draft: Draft) -> None:
    row = None if draft.record is None else desk.office.dictionaries.get(draft.record)
    kind = DICTIONARIES[draft.content["details"]["kind"]]
    dictionary_form.edit_item(desk, desk.root, kind, row, draft=draft)


def _resume_region(desk: Desk, draft: Draft) -> None:
    desk.open("regions").resume(draft)


def _resume_grid(desk: Desk, draft: Draft) -> None:
    desk.open("batch_entry").drafts.resume(draft)


def _resume_letter(desk: Desk, draft: Draft) -> None:
    desk.open("compose").resume(draft)


RESUME: dict[str, Callable[[Desk, Draft], Any]] = {
    record_drafts.SCREEN: _resume_record,
    flow_step.SCREEN: _resume_step,
    call_form.SCREEN: _resume_call,
    dictionary_form.SCREEN: _resume_item,
    regions.SCREEN: _resume_region,
    grid_drafts.SCREEN: _resume_grid,
    compose.SCREEN: _resume_letter,
}
"""How each kind of form is opened again."""


def offer_drafts(desk: Desk, parent: Misc) -> None:
    """Look in the background whether something was left unsaved, and offer it."""
    desk.run(lambda job: desk.office.drafts.mine(), lambda found: _offer(desk, parent, found), owner=parent)


def _offer(desk: Desk, parent: Misc, found: Sequence[Draft]) -> None:
    if not found:
        return
    chosen: Draft | None = DraftsWindow(parent, desk, found).ask()
    left = len(desk.office.drafts.mine()) - (chosen is not None)
    if left > 0:
        desk.say(STILL.format(left), ("查看", lambda: offer_drafts(desk, parent)))
    if chosen is not None:
        resume(desk, chosen)


def resume(desk: Desk, draft: Draft) -> None:
    """Open the form with what was typed; why that cannot be is said, and the draft stays."""
    try:
        RESUME[draft.screen](desk, draft)
    except CrmError as error:
        desk.dialogs.show_error(error, parent=desk.root)


class DraftsWindow(ModalWindow):
    """Its result is the draft to go on with; None for later."""

    def __init__(self, parent: Misc, desk: Desk, found: Sequence[Draft]) -> None:
        super().__init__(parent, TITLE)
        self.desk = desk
        self._drafts = {draft.id: draft for draft in found}
        gap = pixels(self, 8)
        self.sentence = ttk.Label(self.body, name="sentence")
        self.sentence.pack(anchor="w", pady=(0, gap))
        row = ttk.Frame(self.body)
        row.pack(side="bottom", fill="x", pady=(gap, 0))
        self.table = VirtualTable(self.body, COLUMNS, on_open=lambda id: self.go_on())
        self.table.tree.configure(height=LINES)
        self.table.pack(fill="both", expand=True)
        for name, text, command, style in (
            ("cancel", "稍后 Esc", self.cancel, "outline"),
            ("discard", "放弃", self.discard, "danger-outline"),
            ("go_on", "继续填写", self.go_on, "primary"),
        ):
            button = ttk.Button(row, text=text, bootstyle=style, command=command, name=name)
            button.pack(side="right", padx=(gap, 0))
            button.lower()  # Tab goes from left to right
            bind_key(button, "enter", command)
        self._show()

    def ask(self) -> Draft | None:
        """Show it; the first draft is chosen already."""
        self.table.go_to(next(iter(self._drafts)))
        result: Draft | None = self.show(self.table.tree)
        return result

    def go_on(self) -> None:
        """继续填写 the chosen one."""
        draft = self._drafts.get(self.table.current_id)
        if draft is not None:
            self.result = draft
            self.close()

    def discard(self) -> None:
        """Give up the chosen one, after asking; with the last one the window closes."""
        draft = self._drafts.get(self.table.current_id)
        if draft is None:
            return
        question = GIVE_UP.format(draft.content["title"])
        if not self.desk.dialogs.ask_yes_no(question, yes="放弃", no="不放弃", is_danger=True, parent=self):
            return
        self.desk.office.drafts.discard(draft.id)
        del self._drafts[draft.id]
        if self._drafts:
            self._show()
            self.table.go_to(next(iter(self._drafts)))
        else:
            self.cancel()

    def _show(self) -> None:
        self.sentence.configure(text=FOUND.format(len(self._drafts)))
        rows = [{"id": each.id, "title": each.content["title"], "at": each.at} for each in self._drafts.values()]
        self.table.show(ListSource(rows))
