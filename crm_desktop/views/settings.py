"""系统设置: the office's options, each a field by its declaration."""

from itertools import count, groupby
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError, FieldError, ValidationError
from crm_desktop.events import SettingsChanged
from crm_desktop.settings import OPTIONS, Option
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_page import PAIRS, FormPages
from crm_desktop.views.keys import bind_key, enter_moves_focus
from crm_desktop.views.theme import BOLD_FONT, pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.input import Input
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.text_inputs import NumberInput, TextInput

UNSAVED = "系统设置已经修改，还没有保存。"
SAVED = "系统设置已保存。"
CHOICE_WIDTH = 28
ONLY_PAGE = ""


class SettingsScreen(ttk.Frame):
    """All options of the office; who may not change them reads them."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="settings")
        self.desk = desk
        self._shown: dict[str, Any] = {}
        self._is_saving = False
        self.actions = [
            Action("save", "保存", self.save, "save", "check-lg", self._may_save, style="primary"),
            Action("reload", "撤销修改", self.reload, None, "arrow-counterclockwise", self._may_save),
        ]
        self.toolbar = Toolbar(self, self.actions)
        self.toolbar.pack(fill="x", pady=(0, pixels(self, 6)))
        self.pages = FormPages(self, [ONLY_PAGE])
        self.pages.pack(fill="both", expand=True)
        self.fields = dict[str, LabeledField]()
        self._add_fields(self.pages[ONLY_PAGE].content)
        self.pages.watch()
        bind_key(self.toolbar.button("save"), "enter", self.save)
        enter_moves_focus(self.pages, self.toolbar.button("save"))
        self._unsubscribe = desk.office.bus.subscribe(SettingsChanged, lambda event: self._others_saved())
        self.bind("<Destroy>", lambda event: self._unsubscribe() if event.widget is self else None, add="+")
        self.reload()

    def _add_fields(self, form: Misc) -> None:
        rows = count()
        for group, options in groupby(sorted(OPTIONS.items(), key=_by_group), key=lambda each: each[1].group):
            heading = ttk.Label(form, text=group, font=BOLD_FONT)
            heading.grid(row=next(rows), column=0, columnspan=2, sticky="w", pady=(pixels(self, 8), 0))
            for key, option in options:
                self._add_field(form, next(rows), key, option)

    def _add_field(self, form: Misc, row: int, key: str, option: Option) -> None:
        note = "，".join(filter(None, (option.unit, f"默认 {option.format(option.default)}")))
        field = LabeledField(form, option.label, lambda parent: _input(parent, option), note=note)
        field.grid(row, columnspan=PAIRS, sticky="nw")
        field.set_readonly(not self.may_write)
        field.input.bind(INPUT_CHANGED, lambda event: self.toolbar.refresh(), add="+")
        self.fields[key] = field

    @property
    def may_write(self) -> bool:
        return self.desk.office.may("settings", "update")

    @property
    def is_changed(self) -> bool:
        return any(str(field.get()) != str(self._shown[key]) for key, field in self.fields.items())

    def reload(self) -> None:
        """Show what is stored; what was typed is gone."""
        for key, field in self.fields.items():
            self._shown[key] = self.desk.office.settings.option(key)
            field.set(self._shown[key])
        self.toolbar.refresh()

    def save(self) -> None:
        """Everything or nothing; what cannot be is said at its field."""
        if not self._may_save():
            return
        values = {key: _value(OPTIONS[key], field.get()) for key, field in self.fields.items()}
        self._is_saving = True
        self.toolbar.refresh()
        work = self.desk.office.settings.set_options
        self.desk.run(
            lambda job: work(values), lambda done: self._saved(), on_error=self._refused, owner=self,
            title="正在保存…", is_saving=True,
        )  # fmt: skip

    def can_close(self) -> bool:
        """Whether the tab may go: unsaved changes only when the operator lets them."""
        if not self.may_write or not self.is_changed:
            return True
        return self.desk.dialogs.ask_yes_no(UNSAVED, yes="不保存，关闭", no="返回", title="还没有保存", parent=self)

    def focus_set(self) -> None:
        next(iter(self.fields.values())).focus()

    def _may_save(self) -> bool:
        return self.may_write and not self._is_saving

    def _saved(self) -> None:
        self._is_saving = False
        self.reload()
        self.desk.say(SAVED)

    def _refused(self, error: BaseException) -> None:
        self._is_saving = False
        self.toolbar.refresh()
        if isinstance(error, ValidationError):
            self._show_errors(error.fields)
        elif isinstance(error, CrmError):
            self.desk.dialogs.show_error(error, parent=self)
        else:
            raise error

    def _show_errors(self, errors: dict[str, str]) -> None:
        for key, field in self.fields.items():
            field.set_error(errors.get(key))
        self.fields[next(key for key in self.fields if key in errors)].focus()

    def _others_saved(self) -> None:
        if not self._is_saving and not self.is_changed:
            self.reload()


def _by_group(each: tuple[str, Option]) -> int:
    """Options stay in their order; groups stand in the order in which they first appear."""
    groups = [option.group for option in OPTIONS.values()]
    return groups.index(each[1].group)


def _input(parent: Misc, option: Option) -> Input:
    if option.choices:
        return ChoiceInput(parent, [PickItem(key, option.format(key)) for key in option.choices], width=CHOICE_WIDTH)
    if option.is_address:
        return TextInput(parent, width=CHOICE_WIDTH, tidy=lambda typed: _tidy(option, typed))
    return NumberInput(parent, width=10, tidy=lambda typed: _tidy(option, typed))


def _tidy(option: Option, typed: str) -> str:
    value = option.read(typed)
    problem = option.problem(value)
    if problem:
        raise FieldError(problem)
    return str(value)


def _value(option: Option, given: Any) -> Any:
    return given if option.choices else option.read(str(given))
