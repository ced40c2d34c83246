"""Conditions that belong together: what they speak of, how they are joined, and their rows."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.question import JOINS, Part, Row, sides
from crm_desktop.models.verbs import verbs_of
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_fields import Surroundings
from crm_desktop.views.question_row import QuestionRow, askable
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.picker import ChoiceInput

ABOUT_WIDTH = 22
OWN, NOT_OWN = ("", True), ("", False)


def subjects(entity: Entity, may_look: Callable[[str], bool]) -> dict[tuple[str, bool], str]:
    """(entity on the other side, whether there is one) → the words for it."""
    found = {OWN: f"{entity.label}本身满足", NOT_OWN: f"{entity.label}本身不满足"}
    for key, other in sides(entity).items():
        if not may_look(key):
            continue
        if entity.reference_to(key) is not None:
            found |= {(key, True): f"所属{other.label}满足", (key, False): f"所属{other.label}不满足"}
        else:
            found |= {(key, True): f"有{other.label}满足", (key, False): f"没有{other.label}满足"}
    return found


class QuestionPart(ttk.Frame):
    """``on_change()`` is called when the part asks something else, ``on_remove(self)`` when it should go."""

    def __init__(
        self,
        parent: Misc,
        near: Surroundings,
        entity: Entity,
        on_change: Callable[[], Any],
        on_remove: Callable[["QuestionPart"], Any],
    ) -> None:
        super().__init__(parent)
        self._near, self._entity, self._on_change = near, entity, on_change
        self._subjects = subjects(entity, lambda key: near.desk.office.may(key, "view"))
        self._of = ""
        self.rows: list[QuestionRow] = []
        self._build_head(on_remove)
        self._body = ttk.Frame(self)
        self._body.pack(fill="x")

    def _build_head(self, on_remove: Callable[["QuestionPart"], Any]) -> None:
        head, gap = ttk.Frame(self), pixels(self, 4)
        head.pack(fill="x", pady=(0, gap))
        words = [PickItem(place, word) for place, word in enumerate(self._subjects.values())]
        self.about = ChoiceInput(head, words, width=ABOUT_WIDTH)
        self.about.set(0)
        self.about.pack(side="left", padx=(0, gap))
        self.about.bind(INPUT_CHANGED, lambda event: self._about_chosen(), add="+")
        self.joined_by = ttk.StringVar(self, "all")
        for key, word in JOINS.items():
            ttk.Radiobutton(
                head, text=word, value=key, variable=self.joined_by, command=self._on_change, name=key,
                bootstyle="primary-outline-toolbutton",
            ).pack(side="left", padx=(0, gap))  # fmt: skip
        ttk.Button(head, text="＋ 条件", bootstyle="outline", command=self.add_row, name="add").pack(side="left")
        ttk.Button(
            head, text="删除这组", bootstyle="outline", command=lambda: on_remove(self), name="remove_part"
        ).pack(side="right")

    def get(self) -> Part:
        of, has = self._subject
        return Part(tuple(row.get() for row in self.rows), self.joined_by.get(), of, has)

    def set(self, part: Part) -> None:
        chosen = list(self._subjects)
        self.about.set(chosen.index((part.of, part.has)) if (part.of, part.has) in chosen else 0)
        self._of = self._subject[0]
        self.joined_by.set(part.joined_by)
        for row in list(self.rows):
            self._drop(row)
        for each in part.rows:
            self._append(each)

    def add_row(self) -> None:
        """One more condition; the cursor goes to it."""
        field = askable(self._of_entity)[0]
        self._append(Row(field.name, next(iter(verbs_of(field))))).focus_set()
        self._on_change()

    @property
    def _subject(self) -> tuple[str, bool]:
        chosen = self.about.chosen
        return list(self._subjects)[int(chosen.key) if chosen else 0]

    @property
    def _of_entity(self) -> Entity:
        return ENTITIES[self._of] if self._of else self._entity

    def _append(self, row: Row) -> QuestionRow:
        made = QuestionRow(self._body, self._near, self._of_entity, self._on_change, self._remove)
        made.set(row)
        made.pack(fill="x", pady=(0, pixels(self, 2)))
        self.rows.append(made)
        return made

    def _remove(self, row: QuestionRow) -> None:
        self._drop(row)
        (self.rows[-1] if self.rows else self.about).focus_set()
        self._on_change()

    def _drop(self, row: QuestionRow) -> None:
        self.rows.remove(row)
        row.destroy()

    def _about_chosen(self) -> None:
        """Conditions on another kind of record begin anew: its fields are others."""
        if self.about.chosen is None:
            return
        of, _ = self._subject
        if of != self._of:
            self._of = of
            for row in list(self.rows):
                self._drop(row)
            self.add_row()
        self._on_change()
