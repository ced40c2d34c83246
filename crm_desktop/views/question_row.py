"""One condition as the operator edits it: field, verb, value, and the line that says what is wrong with it."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.models import Entity
from crm_desktop.models.fields import Field, Note
from crm_desktop.models.question import Row
from crm_desktop.models.verbs import VERBS, verbs_of
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_fields import Surroundings
from crm_desktop.views.question_value import show_value, value_input
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.input import Input
from crm_desktop.views.widgets.picker import ChoiceInput

FIELD_WIDTH, VERB_WIDTH = 16, 12


def askable(entity: Entity) -> list[Field]:
    """Fields in the order of the list, then the others, long texts last."""
    first = [entity[name] for name in entity.list_columns]
    others = [field for field in entity.by_name.values() if field not in first]
    return [*first, *sorted(others, key=lambda field: isinstance(field, Note))]


class QuestionRow(ttk.Frame):
    """``on_change()`` is called when the row asks something else, ``on_remove(self)`` when it should go."""

    def __init__(
        self,
        parent: Misc,
        near: Surroundings,
        entity: Entity,
        on_change: Callable[[], Any],
        on_remove: Callable[["QuestionRow"], Any],
    ) -> None:
        super().__init__(parent)
        self._near, self._entity, self._on_change = near, entity, on_change
        self._line = ttk.Frame(self)
        self._line.pack(fill="x")
        self.error = ttk.Label(self, style="Error.TLabel")
        fields = [PickItem(field.name, field.label) for field in askable(entity)]
        self.field = ChoiceInput(self._line, fields, width=FIELD_WIDTH, initials_of=near.desk.office.queries.initials)
        self.verb = ChoiceInput(self._line, width=VERB_WIDTH)
        self.value: Input | None = None
        gap = pixels(self, 4)
        for each in (self.field, self.verb):
            each.pack(side="left", padx=(0, gap))
        self.field.bind(INPUT_CHANGED, lambda event: self._field_chosen(), add="+")
        self.verb.bind(INPUT_CHANGED, lambda event: self._verb_chosen(), add="+")
        self._remove = ttk.Button(
            self._line, text="✕", bootstyle="outline", command=lambda: on_remove(self), width=2, name="remove"
        )
        self._remove.pack(side="left")
        self.set(Row(fields[0].key, next(iter(verbs_of(entity[fields[0].key])))))

    def get(self) -> Row:
        """The row as it stands; its value may still be missing."""
        return Row(self._field.name, self._verb, None if self.value is None else self.value.get())

    def set(self, row: Row) -> None:
        self.field.set(row.field)
        self._offer_verbs(row.verb)
        self._make_value()
        if self.value is not None:
            show_value(self.value, row.value, self._word)

    def set_error(self, sentence: str) -> None:
        if self.value is not None:
            self.value.set_error(sentence or None)
        self.error.configure(text=sentence)
        if sentence:
            self.error.pack(anchor="w", padx=(pixels(self, 8), 0))
        else:
            self.error.pack_forget()

    def focus_set(self) -> None:
        self.field.focus_set()

    def focus_value(self) -> None:
        """Where something is missing."""
        (self.value or self.verb).focus_set()

    @property
    def _field(self) -> Field:
        chosen = self.field.chosen
        return self._entity[chosen.key if chosen else askable(self._entity)[0].name]

    @property
    def _verb(self) -> str:
        verbs = verbs_of(self._field)
        chosen = self.verb.chosen
        return str(chosen.key) if chosen and chosen.key in verbs else next(iter(verbs))

    def _field_chosen(self) -> None:
        """What was typed for one text is kept for another; a verb that does not suit gives way."""
        if self.field.chosen is not None:
            kept = self.value.get() if self.value is not None else None
            self._offer_verbs("")
            self._make_value()
            if isinstance(kept, str) and self.value is not None and VERBS[self._verb].takes == "text":
                self.value.set(kept)
            self._changed()

    def _verb_chosen(self) -> None:
        if self.verb.chosen is not None:
            kept = self.value.get() if self.value is not None else None
            before = type(self.value)
            self._make_value()
            if self.value is not None and type(self.value) is before:
                self.value.set(kept)
            self._changed()

    def _offer_verbs(self, wanted: str) -> None:
        verbs = verbs_of(self._field)
        self.verb.set_choices([PickItem(key, label) for key, label in verbs.items()])
        self.verb.set(wanted if wanted in verbs else next(iter(verbs)))

    def _word(self, value: int) -> str:
        return self._near.desk.office.queries.word(self._entity.key, self._field.name, value)

    def _make_value(self) -> None:
        if self.value is not None:
            self.value.destroy()
        self.error.pack_forget()
        self.value = value_input(self._line, self._field, VERBS[self._verb], self._near, self._word)
        if self.value is not None:
            self.value.pack(side="left", padx=(0, pixels(self, 4)), before=self._remove)
            self.value.bind(INPUT_CHANGED, lambda event: self._changed(), add="+")

    def _changed(self) -> None:
        self.error.pack_forget()
        self._on_change()
