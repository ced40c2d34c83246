"""The fields of one record, built from the declaration of its entity: filled, read, checked and marked."""

from collections.abc import Callable, Iterable, Mapping
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.models import Entity
from crm_desktop.models.fields import Field, Reference, SerialNumber
from crm_desktop.models.query import Values
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_companions import companion_of
from crm_desktop.views.form_fields import Surroundings, is_masked, is_wide, labeled_field
from crm_desktop.views.form_later import Later
from crm_desktop.views.form_page import PAIRS, FormPages
from crm_desktop.views.record_drafts import RecordDrafts
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.text_inputs import TextInput

NUMBERED_LATER = "保存时自动编号"


class RecordForm(ttk.Frame):
    """Shows one record at a time; ``fill`` it again for the next. ``fields`` has every field by its name."""

    def __init__(self, parent: Misc, desk: Desk, entity: Entity, open_form: Callable[..., Any]) -> None:
        super().__init__(parent, name="form")
        self.desk = desk
        self.entity = entity
        self.open_form = open_form
        self.controller: Any = getattr(desk.office, entity.key)
        self.near = Surroundings(desk, open_form, lambda name: self.fields[name].get())
        self.later = Later(self, desk)
        self.record: int | None = None
        self.version = 0
        self.fields: dict[str, LabeledField] = {}
        self._group_of: dict[str, str] = {}
        self._unchanged: dict[str, Any] = {}
        self._touched: set[str] = set()
        self._told_by_check: set[str] = set()
        self._locked: Mapping[str, str] = {}
        declared = [field for field in entity.fields if not field.is_hidden]
        self.pages = FormPages(self, list(dict.fromkeys(field.group for field in declared)))
        self.pages.pack(fill="both", expand=True)
        self._build(declared)
        self.companion = companion_of(entity.key)(self)
        self.companion.build()
        self.drafts = RecordDrafts(self)
        self.pages.watch()

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self, declared: list[Field]) -> None:
        places: dict[str, int] = {}
        for field in declared:
            place, span = places.get(field.group, 0), PAIRS if is_wide(field) else 1
            if span > 1 and place % PAIRS:
                place += PAIRS - place % PAIRS
            labeled = labeled_field(self.pages[field.group].content, field, self.near)
            labeled.grid(place // PAIRS, place % PAIRS, columnspan=span)
            places[field.group] = place + span
            self.add(field.name, labeled, field.group)

    def add(self, name: str, labeled: LabeledField, group: str) -> None:
        """Take in a field; a companion's own have names with dots."""
        self.fields[name] = labeled
        self._group_of[name] = group
        labeled.input.bind(INPUT_CHANGED, lambda event: self._changed(name), add="+")
        labeled.input.control.bind("<FocusOut>", lambda event: self._left(), add="+")

    @property
    def first_group(self) -> str:
        return next(iter(self._group_of.values()))

    @property
    def first_name(self) -> str:
        """The field to begin in: the title, or what a document needs first when its title is made."""
        if self.entity.serial_number is None:
            return self.entity.title
        open_fields = [name for name in self.entity.writable if not self.fields[name].input.is_readonly]
        empty = [name for name in open_fields if name != self.entity.title and not self.fields[name].get()]
        return next(iter([*(empty if self.is_new else open_fields), self.entity.title]))

    @property
    def name_of_record(self) -> str:
        """The title, after a number also whose it is."""
        title, owner = self.fields[self.entity.title].get(), self.entity.owner_reference
        chosen = self.fields[owner.name].input.chosen if owner and self.entity.serial_number else None
        return f"{title} {chosen.text}" if chosen else str(title)

    def __getitem__(self, name: str) -> LabeledField:
        return self.fields[name]

    # -- the record ------------------------------------------------------------------------------------------------

    @property
    def is_new(self) -> bool:
        return self.record is None

    @property
    def may_write(self) -> bool:
        return self.desk.office.may(self.entity.key, "create" if self.is_new else "update")

    def fill(self, record: int | None, values: Values | None = None) -> None:
        """Show a record, or a new one with these values; NotFound when it has gone meanwhile."""
        shown = self._beginning(values or {}) if record is None else self.controller.get(record)
        self.record, self.version = record, shown.get("version", 0)
        self.later.drop_all()
        self._touched, self._told_by_check = set(), set()
        self._locked = self.companion.locked(shown)
        for name, labeled in self.fields.items():
            self._show(name, labeled, shown)
        self._explain_locks()
        self.pages.mark(set())
        self.companion.filled()
        self._unchanged = self._now()
        self.drafts.drop()

    def _beginning(self, values: Values) -> dict[str, Any]:
        begun = self.entity.beginning(self.desk.office.clock.today())
        return {**self.entity.blank, **begun, **self.companion.beginning(), **self._last_values(), **values}

    def _show(self, name: str, labeled: LabeledField, shown: Values) -> None:
        field, value = self.entity.writable.get(name), shown.get(name)
        text = shown.get(f"{name}_text")
        if text is None and field and isinstance(labeled.input, TextInput) and not isinstance(value, str):
            text = field.format(value)
        labeled.set(value, text)
        labeled.set_hint(None)
        is_fixed = field is not None and field.is_fixed and not self.is_new
        wants_readonly = is_fixed or name in self._locked or not self.may_write
        if labeled.input.is_readonly != wants_readonly:
            labeled.set_readonly(wants_readonly)
        if isinstance(field, SerialNumber):
            labeled.input.suggest(NUMBERED_LATER)

    def _explain_locks(self) -> None:
        """Once for each page: under the first field that is locked there."""
        told = set[str]()
        for name, sentence in self._locked.items() if self.may_write else ():
            if self._group_of[name] not in told:
                told.add(self._group_of[name])
                self.fields[name].set_hint(sentence)

    def suggest(self, name: str, made: str) -> None:
        """What the program will make of an empty field, in grey; a value it had made before is shown so, too."""
        labeled = self.fields[name]
        if made and labeled.get() == made and name not in self._touched:
            labeled.set("")
            self._unchanged[name] = None
        labeled.input.suggest(made)

    # -- what was typed --------------------------------------------------------------------------------------------

    @property
    def is_changed(self) -> bool:
        return bool(self.changed_names)

    @property
    def changed_names(self) -> set[str]:
        """Fields that are not as they were filled."""
        return {name for name, value in self._now().items() if value != self._unchanged.get(name)}

    def touch(self, names: Iterable[str]) -> None:
        """These count as typed into by the operator."""
        self._touched.update(names)

    def values(self) -> dict[str, Any]:
        """What stands in the fields, as a controller takes it."""
        return {name: labeled.get() for name, labeled in self.fields.items() if name in self.entity.writable}

    def changes(self) -> dict[str, Any]:
        """Everything for a new record; for an old one only what the operator changed."""
        values = self.values()
        if self.is_new:
            return values
        return {name: value for name, value in values.items() if _plain(value) != self._unchanged[name]}

    def copied(self) -> dict[str, Any]:
        """Values for a new record that is like this one; numbers that this operator sees as stars stay behind."""
        values = self.values()
        left_out = {field.name for field in self.entity.fields if field.is_made} | {*self.companion.not_copied}
        left_out |= {name for name, value in values.items() if is_masked(self.entity[name], str(value))}
        return {name: value for name, value in values.items() if name not in left_out}

    def _now(self) -> dict[str, Any]:
        return {name: _plain(labeled.get()) for name, labeled in self.fields.items()}

    # -- last values -----------------------------------------------------------------------------------------------

    @property
    def _memory(self) -> str:
        return f"last.{self.entity.key}"

    def _last_values(self) -> dict[str, Any]:
        if not self.companion.remembered:
            return {}
        stored: dict[str, Any] = self.desk.office.settings.preference(self._memory, {})
        return stored

    def remember(self, values: Values) -> None:
        """Keep the last values for the next new record; called in the worker that has just saved."""
        if self.companion.remembered:
            kept = {name: values[name] for name in self.companion.remembered if values.get(name)}
            self.desk.office.settings.set_preference(self._memory, kept)

    # -- checking --------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Bring what is being typed into its proper form, as leaving the field does."""
        for labeled in self.fields.values():
            check = getattr(labeled.input, "check", None)
            if check is not None:
                check()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Mark all bad fields and go to the first of them; what was typed stays."""
        for name, labeled in self.fields.items():
            labeled.set_error(errors.get(name))
        self._told_by_check = set()
        self._mark_pages()
        first = next((name for name in self.fields if name in errors), None)
        if first is not None:
            self.go_to(first)
        unplaced = [sentence for name, sentence in errors.items() if name not in self.fields]
        if unplaced:
            self.desk.dialogs.show_error("\n".join(unplaced), parent=self)

    def go_to(self, name: str) -> None:
        """Bring a field to the front and give it the focus."""
        self.pages.show(self._group_of[name])
        self.update_idletasks()  # the page must have its size before it can scroll to the field
        self.fields[name].focus()

    def _changed(self, name: str) -> None:
        self._touched.add(name)
        self.drafts.typed()
        self._told_by_check.discard(name)
        self._mark_pages()
        self._fit_relatives(name)
        self.companion.changed(name)

    def _fit_relatives(self, name: str) -> None:
        """A contact goes with its customer: another customer sends it away, and it brings its own where none is."""
        for each in self.entity.fields:
            if not isinstance(each, Reference) or not each.within:
                continue
            labeled = self.fields[each.name]
            if name == each.within and labeled.input.follow():
                owner = self.entity[each.within].label
                labeled.set_hint(f"已换了{owner}，请重新选择{each.label}。")
            elif name == each.name:
                labeled.set_hint(None)
                self._bring_owner(labeled, each.within)

    def _bring_owner(self, labeled: LabeledField, within: str) -> None:
        record = labeled.get()
        if isinstance(record, int) and not self.fields[within].get():
            self.fields[within].set(labeled.input.owner_of(record))
            self._changed(within)

    def _left(self) -> None:
        self._mark_pages()
        if self._touched and self.may_write:
            self.later.ask("check", self._check, self._show_checked)

    def _check(self) -> Callable[[], dict[str, str]]:
        changes, record = self.changes(), self.record
        return lambda: self.controller.check(changes, record)

    def _show_checked(self, errors: Mapping[str, str]) -> None:
        """Only what was filled in and left again; nobody is told of a field they have not come to yet."""
        for name in self._told_by_check - errors.keys():
            self.fields[name].set_error(None)
        self._told_by_check &= errors.keys()
        focus = self.focus_get()
        for name in self._touched & errors.keys() & self.fields.keys():
            labeled = self.fields[name]
            if labeled.get() and not labeled.input.error and labeled.input.control is not focus:
                labeled.set_error(errors[name])
                self._told_by_check.add(name)
        self._mark_pages()

    def _mark_pages(self) -> None:
        self.pages.mark({self._group_of[name] for name, labeled in self.fields.items() if labeled.input.error})


def _plain(value: Any) -> Any:
    """Nothing is nothing, whether None, "" or False."""
    return value or None
