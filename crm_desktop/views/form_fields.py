"""Which input a field of each type gets on a form."""

from collections.abc import Callable
from dataclasses import dataclass
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.models.fields import (
    CalledNumber,
    Choice,
    CustomerCode,
    Date,
    DateTime,
    Discount,
    Duration,
    Field,
    Flag,
    Half,
    Integer,
    Money,
    Note,
    Options,
    Quantity,
    Reference,
    Region,
    State,
    Text,
    Time,
)  # fmt: skip
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_choices import DictionaryInput, RegionInput, reference_input
from crm_desktop.views.widgets.date_input import DateInput
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.input import Input
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.text_inputs import FlagInput, NoteInput, NumberInput, TextInput

WIDE_TEXT = 100
"""Text that may be this long takes the whole width of the form."""
ENTRY_WIDTH = 20


@dataclass(frozen=True)
class Surroundings:
    """What inputs may need: the desk, how to open another record's form, and what stands in the other fields."""

    desk: Desk
    open_form: Callable[..., Any]
    value_of: Callable[[str], Any] = lambda name: None

    def tidy(self, field: Field) -> Callable[[str], str]:
        """Brings typed text into the form in which it will be shown, or says what is wrong with it."""
        today = self.desk.office.clock.today
        return lambda typed: typed if is_masked(field, typed) else field.format(field.accept(typed, today()))


    def number(self, parent: Misc, field: Field) -> Input:
        return NumberInput(parent, tidy=self.tidy(field))

    def day(self, parent: Misc, field: Field) -> Input:
        return DateInput(parent, tidy=self.tidy(field), today=self.desk.office.clock.today)


def is_masked(field: Field, typed: str) -> bool:
    """Whether stars stand for a number that only the office knows, which decides about it when the form is saved."""
    return isinstance(field, CalledNumber) and "*" in typed


Maker = Callable[[Misc, Any, Surroundings], Input]

INPUTS: dict[type[Field], Maker] = {
    Text: lambda parent, field, near: TextInput(parent, max_length=field.length, tidy=near.tidy(field)),
    CustomerCode: lambda parent, field, near: TextInput(parent, tidy=near.tidy(field)),  # its own sentence on length
    Note: lambda parent, field, near: NoteInput(parent, max_length=field.length),
    Integer: lambda parent, field, near: near.number(parent, field),
    Money: lambda parent, field, near: near.number(parent, field),
    Quantity: lambda parent, field, near: near.number(parent, field),
    Discount: lambda parent, field, near: near.number(parent, field),
    Duration: lambda parent, field, near: near.number(parent, field),
    Date: lambda parent, field, near: near.day(parent, field),
    DateTime: lambda parent, field, near: near.day(parent, field),
    Time: lambda parent, field, near: TextInput(parent, tidy=near.tidy(field)),
    Flag: lambda parent, field, near: FlagInput(parent),
    Options: lambda parent, field, near: ChoiceInput(parent, [PickItem(word, word) for word in field.options]),
    Choice: lambda parent, field, near: DictionaryInput(parent, field, near.desk),
    State: lambda parent, field, near: TextInput(parent),  # only to be read
    Reference: lambda parent, field, near: reference_input(parent, field, near.desk, near.open_form, near.value_of),
    Region: lambda parent, field, near: RegionInput(parent, near.desk),
}
"""A field takes the input of its own type, else that of the nearest type it is made from."""


def labeled_field(parent: Misc, field: Field, near: Surroundings, *, width: int = ENTRY_WIDTH) -> LabeledField:
    """Label, input and error line of one declared field; ``width`` is in half-width characters."""
    make = next(INPUTS[kind] for kind in type(field).__mro__ if kind in INPUTS)
    is_required = field.required and not field.is_made
    labeled = LabeledField(
        parent, field.label, lambda body: make(body, field, near), is_required=is_required, note=field.note
    )
    if isinstance(labeled.input.control, ttk.Entry):
        labeled.input.control.configure(width=width)
    return labeled


def is_wide(field: Field) -> bool:
    """Whether the field wants both columns: names, addresses and notes, unlike numbers and codes."""
    return isinstance(field, Text) and not isinstance(field, Half) and field.length >= WIDE_TEXT
