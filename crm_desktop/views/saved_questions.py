"""Questions that were kept: saving one under a name, and choosing among the kept and the recent ones."""

from collections.abc import Callable
from dataclasses import dataclass
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.queries import SavedQuestion
from crm_desktop.errors import CrmError
from crm_desktop.models import Entity
from crm_desktop.models.question import Question
from crm_desktop.views.desk import Desk
from crm_desktop.views.keys import bind_key
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.text_inputs import FlagInput, TextInput
from crm_desktop.views.widgets.virtual_table import VirtualTable

COLUMNS = (
    TableColumn("name", "查询", 20),
    TableColumn("whose", "谁的", 8),
    TableColumn("sentence", "条件", 60),
)


def save_question(desk: Desk, parent: Misc, question: Question) -> None:
    """Ask for a name; one that is taken is replaced only when the operator says so."""

    def save(values: dict[str, Any]) -> str:
        name, is_shared = values["name"], bool(values["is_shared"])
        replaces = bool(values.get("replaces"))
        desk.office.queries.save(name, question, is_shared, replaces)
        return str(name)

    form = SmallForm(parent, desk.background, "保存查询", save, note=desk.office.queries.sentence(question))
    form.add("name", "名字", lambda body: TextInput(body, max_length=30), is_required=True)
    form.add("is_shared", "大家都能用", FlagInput, 0)
    form.add("replaces", "替换同名的查询", FlagInput, 0)
    name = form.ask()
    if name:
        desk.say(f"已保存查询“{name}”。")


@dataclass(frozen=True)
class Offer:
    """A question in the list; recent ones have no name, and one that cannot be asked any more is none."""

    question: Question | None
    saved: SavedQuestion | None = None


class SavedQuestions(ModalWindow):
    """Calls ``on_choose(question)``; deleting asks."""

    def __init__(self, parent: Misc, desk: Desk, entity: Entity, on_choose: Callable[[Question], Any]) -> None:
        super().__init__(parent, f"打开{entity.label}查询")
        self._desk, self._entity, self._on_choose = desk, entity, on_choose
        self._offers: list[Offer] = []
        frame = ttk.Frame(self.body, width=pixels(self, 760), height=pixels(self, 340))
        frame.pack_propagate(False)
        frame.pack(fill="both", expand=True, pady=(0, pixels(self, 8)))
        self.table = VirtualTable(
            frame, COLUMNS, on_open=lambda place: self.choose(), on_select=self._selected,
            empty_text="还没有保存过查询，也没有最近的查询。",
        )  # fmt: skip
        self.table.pack(fill="both", expand=True)
        self._add_buttons()
        self._load()

    def ask(self) -> None:
        self.show(self.table, wait=False)

    def choose(self) -> None:
        """Take the question with the cursor."""
        offer = self._current
        if offer is None:
            return
        if offer.question is None:
            assert offer.saved is not None
            self._desk.dialogs.show_error(offer.saved.problem, parent=self)
            return
        self.close()
        self._on_choose(offer.question)

    def remove(self) -> None:
        """Forget a kept question."""
        offer = self._current
        if offer is None or offer.saved is None or not offer.saved.is_mine:
            return
        saved, dialogs = offer.saved, self._desk.dialogs
        if dialogs.ask_yes_no(f"要删除查询“{saved.name}”吗？", yes="删除", no="不删除", is_danger=True, parent=self):
            try:
                self._desk.office.queries.remove(self._entity.key, saved.name, saved.is_shared)
            except CrmError as error:
                dialogs.show_error(error, parent=self)
            self._load()

    @property
    def _current(self) -> Offer | None:
        place = self.table.current_id
        return None if place is None else self._offers[place]

    def _load(self) -> None:
        queries, key = self._desk.office.queries, self._entity.key
        kept = [Offer(each.question, each) for each in queries.saved(key)]
        known = [each.question for each in kept]
        self._offers = kept + [Offer(each) for each in queries.recent(key) if each not in known]
        self.table.show(ListSource(self._row(place, offer) for place, offer in enumerate(self._offers)))
        self._selected()

    def _row(self, place: int, offer: Offer) -> dict[str, Any]:
        saved = offer.saved
        whose = "最近" if saved is None else "大家" if saved.is_shared else "自己"
        sentence = saved.problem if saved else ""
        if offer.question is not None:
            sentence = self._desk.office.queries.sentence(offer.question)
        return {"id": place, "name": saved.name if saved else "", "whose": whose, "sentence": sentence}

    def _add_buttons(self) -> None:
        row = ttk.Frame(self.body)
        row.pack(fill="x")
        self._remove = ttk.Button(row, text="删除", bootstyle="danger-outline", command=self.remove, name="remove")
        self._remove.pack(side="left")
        ttk.Button(row, text="取消 Esc", bootstyle="outline", command=self.cancel).pack(side="right")
        choose = ttk.Button(row, text="打开 Enter", bootstyle="primary", command=self.choose, name="choose")
        choose.pack(side="right", padx=pixels(self, 8))
        bind_key(choose, "enter", self.choose)
        bind_key(self, "delete", self.remove)

    def _selected(self) -> None:
        offer = self._current
        may = offer is not None and offer.saved is not None and offer.saved.is_mine
        self._remove.configure(state="normal" if may else "disabled")
