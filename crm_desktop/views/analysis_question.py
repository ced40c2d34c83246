"""What an analysis is asked: the period, how it is grouped, and to what it is narrowed."""

from collections.abc import Callable, Mapping
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.models import ENTITIES
from crm_desktop.models.analysis import Analysis, Dimension
from crm_desktop.models.fields import Choice, Field, Region
from crm_desktop.models.periods import PERIODS
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_choices import ListInput, OperatorInput, RegionInput
from crm_desktop.views.keys import enter_moves_focus
from crm_desktop.views.pause import Pause
from crm_desktop.views.period_bar import PeriodBar
from crm_desktop.views.theme import pixels, text_width
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.input import Input
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.picker import ChoiceInput

PAUSE_MILLISECONDS = 250
"""After a change, before the question is asked again."""
LABELS = {"customer_region": "区域", "region": "区域", "customer_level": "级别", "handler": "经办人"}
INPUT_WIDTH = 13
FIELD_WIDTH = 27
"""Of a label with its input, in half-width characters."""


class AnalysisQuestion(ttk.Frame):
    """``on_change`` is called when there is another question to answer; ``values()`` is the question."""

    def __init__(self, parent: Misc, desk: Desk, analysis: Analysis, on_change: Callable[[], Any]) -> None:
        super().__init__(parent)
        self.desk = desk
        self.analysis = analysis
        self.fields: dict[str, LabeledField] = {}
        self._pause = Pause(self, PAUSE_MILLISECONDS, on_change)
        bar = self._build_period()
        self.period, self.buttons = bar.chosen, bar.buttons
        self._grid = ttk.Frame(self)
        self._grid.pack(fill="x")
        self._add("group_by", "分组", self._grouping)
        entity = ENTITIES[analysis.entity]
        for each in analysis.filters:
            field = entity[each.field]
            label = LABELS.get(each.field, field.label)
            self._add(each.key, label, lambda body, field=field: filter_input(body, field, desk))
        usual = _usual_grouping(analysis)
        self.fields["group_by"].set(usual.key, usual.label)
        self._grid.bind("<Configure>", self._arrange, add="+")
        enter_moves_focus(self)

    def values(self) -> dict[str, Any]:
        """Start, end, group_by and filters, as a controller takes them."""
        given = {name: labeled.get() for name, labeled in self.fields.items()}
        return {name: given.pop(name) for name in ("start", "end", "group_by")} | {"filters": given}

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say at each field what is wrong with it."""
        for name, labeled in self.fields.items():
            labeled.set_error(errors.get(name))
        first = next((name for name in self.fields if name in errors), None)
        if first and self.focus_get() is not None:
            self.fields[first].focus()

    def focus_set(self) -> None:
        self.buttons[self.period.get()].focus_set()

    # -- building --------------------------------------------------------------------------------------------------

    def _build_period(self) -> PeriodBar:
        today = self.desk.office.clock.today
        bar = PeriodBar(self, PERIODS, today, self._pause.begin, begins_with="this_year", width=INPUT_WIDTH)
        bar.pack(fill="x")
        self.fields.update(bar.fields)
        return bar

    def _grouping(self, body: Misc) -> ChoiceInput:
        choices = [PickItem(each.key, each.label) for each in self.analysis.dimensions]
        return ChoiceInput(body, choices, width=INPUT_WIDTH)

    def _add(self, name: str, label: str, make: Callable[[Misc], Input]) -> None:
        labeled = LabeledField(self._grid, label, make)
        labeled.input.control.configure(width=INPUT_WIDTH)
        self.fields[name] = labeled
        labeled.input.bind(INPUT_CHANGED, lambda event: self._changed(name), add="+")

    def _arrange(self, event: Event) -> None:
        """As many fields in a row as there is room for."""
        pair = text_width("0") * FIELD_WIDTH + pixels(self, 24)
        columns = max(1, event.width // pair)
        for place, name in enumerate(("group_by", *(each.key for each in self.analysis.filters))):
            self.fields[name].grid(place // columns, place % columns)

    # -- changes ---------------------------------------------------------------------------------------------------

    def _changed(self, name: str) -> None:
        """A name that is not yet chosen is waited for."""
        labeled = self.fields[name]
        if labeled.get() is None or getattr(labeled.input, "chosen", None):
            self._pause.begin()


def _usual_grouping(analysis: Analysis) -> Dimension:
    """How satisfaction went month by month, but of which kinds the customers are."""
    return next(each for each in analysis.dimensions if each.is_time == (analysis.measure != "customers"))


def filter_input(parent: Misc, field: Field, desk: Desk) -> Input:
    """One value of a field; items that are no longer offered can be asked for, too."""
    if isinstance(field, Region):
        return RegionInput(parent, desk)
    if isinstance(field, Choice):
        items = desk.office.dictionaries.items
        return ListInput(
            parent, lambda: [PickItem(row["id"], row["name"], "", row["initials"]) for row in items(field.kind)]
        )
    return OperatorInput(parent, desk)
