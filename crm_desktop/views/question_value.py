"""What stands behind the verb of a condition: nothing, one value, two ends, a few of a list, a number of days."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import FieldError
from crm_desktop.models import ENTITIES
from crm_desktop.models.fields import Choice, Date, DateTime, Field, Flag, Options, Reference, Region, Text, Timestamp
from crm_desktop.models.periods import MOST_DAYS
from crm_desktop.models.verbs import Verb
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_choices import ListInput, OperatorInput, RecordInput, RegionInput
from crm_desktop.views.form_fields import Surroundings
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.date_input import DateInput
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.input import Input
from crm_desktop.views.widgets.picker import ChoiceInput, Picker
from crm_desktop.views.widgets.text_inputs import NumberInput, TextInput

YES_OR_NO = [PickItem(1, "是"), PickItem(0, "否")]
VALUE_WIDTH = 26
NUMBER_WIDTH = 12
Make = Callable[[Misc], Input]
Word = Callable[[int], str]


def show_value(shown: Input, value: Any, word: Word) -> None:
    """What is offered no longer has its word, too, and stays what it is."""
    shown.set(value)
    if isinstance(value, int) and isinstance(shown, Picker) and shown.text.get() in ("", str(value)):
        shown.set(value, word(value))


def value_input(parent: Misc, field: Field, verb: Verb, near: Surroundings, word: Word) -> Input | None:
    """The input that a verb of a field needs; None when it needs none. ``word`` names what is no longer offered."""
    match verb.takes:
        case "nothing":
            return None
        case "days":
            return NumberInput(parent, width=NUMBER_WIDTH, tidy=_days)
        case "text":
            return TextInput(parent, width=VALUE_WIDTH)
        case "pair":
            return PairInput(parent, lambda body: one_value(body, field, near))
        case "list":
            return ManyInput(parent, lambda body: one_value(body, field, near), word)
    return one_value(parent, field, near)


def one_value(parent: Misc, field: Field, near: Surroundings) -> Input:
    """A value of the field's own kind; items that are no longer offered can be asked for, too."""
    desk = near.desk
    match field:
        case Flag():
            return ChoiceInput(parent, YES_OR_NO, width=NUMBER_WIDTH)
        case Options():
            return ChoiceInput(parent, [PickItem(word, word) for word in _words(field)])
        case Choice(kind=kind):
            items = desk.office.dictionaries.items
            return ListInput(
                parent, lambda: [PickItem(row["id"], row["name"], "", row["initials"]) for row in items(kind)]
            )
        case Region():
            return RegionInput(parent, desk)
        case Reference(entity="operators"):
            return OperatorInput(parent, desk)
        case Reference():
            return RecordInput(parent, field, desk, near.open_form)
        case Date() | DateTime() | Timestamp():
            day = Date("day", "日期")
            return DateInput(parent, tidy=near.tidy(day), today=desk.office.clock.today, width=NUMBER_WIDTH)
        case Text():
            return TextInput(parent, width=VALUE_WIDTH)
    return NumberInput(parent, width=NUMBER_WIDTH, tidy=near.tidy(field))


def _words(field: Options) -> Sequence[str]:
    """A state is one of its entity's workflow."""
    if field.options:
        return field.options
    flows = (entity.workflow for entity in ENTITIES.values() if field in entity.fields)
    return next((flow.states for flow in flows if flow is not None), ())


def _days(typed: str) -> str:
    if not (typed.strip().isdecimal() and int(typed) <= MOST_DAYS):
        raise FieldError(f"天数应为 0 到 {MOST_DAYS} 的整数。")
    return str(int(typed))


class PairInput(Input):
    """Two ends, either of which may be left open."""

    def __init__(self, parent: Misc, make: Make) -> None:
        super().__init__(parent)
        self.low = make(self)
        self.high = make(self)
        self.low.pack(side="left")
        ttk.Label(self, text="至").pack(side="left", padx=pixels(self, 4))
        self.high.pack(side="left")
        self.control = self.low.control
        for end in (self.low, self.high):
            end.bind(INPUT_CHANGED, lambda event: self.changed(), add="+")

    def get(self) -> list[Any]:
        return [self.low.get(), self.high.get()]

    def set(self, value: Any, text: str | None = None) -> None:
        for end, each in zip((self.low, self.high), value or (None, None), strict=True):
            end.set(each)

    def _mark(self, is_wrong: bool) -> None:
        for end in (self.low, self.high):
            end.control.state(["invalid" if is_wrong else "!invalid"])


class ManyInput(Input):
    """A few of a list: what is picked is added; Backspace in the empty field, or a click, takes it away again."""

    def __init__(self, parent: Misc, make: Make, word: Word) -> None:
        super().__init__(parent)
        self._word = word
        self._chosen: list[PickItem] = []
        self.picker = make(self)
        assert isinstance(self.picker, Picker)
        self.picker.pack(side="left")
        self.control = self.picker.control
        self.listed = ttk.Frame(self, name="listed")
        self.listed.pack(side="left", padx=(pixels(self, 4), 0))
        self.picker.bind(INPUT_CHANGED, lambda event: self._take(), add="+")
        bind_key(self.control, "<BackSpace>", self._take_back)

    def get(self) -> list[Any]:
        return [item.key for item in self._chosen]

    def set(self, value: Any, text: str | None = None) -> None:
        """Keys of the list; each shows itself by its own word."""
        self._chosen = []
        for key in value or ():
            show_value(self.picker, key, self._word)
            self._chosen.append(PickItem(key, self.control.get()))
        self.picker.set(None)
        self._show()

    def _take(self) -> None:
        item = self.picker.chosen
        if item is None:
            return
        if item.key not in self.get():
            self._chosen.append(item)
        self.picker.set(None)
        self._show()
        self.changed()

    def _take_back(self) -> bool | None:
        if self.control.get() or not self._chosen:
            return False
        self._drop(self._chosen[-1])
        return None

    def _drop(self, item: PickItem) -> None:
        self._chosen.remove(item)
        self._show()
        self.changed()

    def _show(self) -> None:
        for child in self.listed.winfo_children():
            child.destroy()
        for item in self._chosen:
            word = ttk.Label(self.listed, text=f"{item.text} ✕", style="Hint.TLabel", cursor="hand2")
            word.bind("<Button-1>", lambda event, item=item: self._drop(item))
            word.pack(side="left", padx=(0, pixels(self, 3)))
