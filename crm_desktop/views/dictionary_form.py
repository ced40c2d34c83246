"""The small windows of a dictionary: edit one item, choose another one."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError, ValidationError
from crm_desktop.models.dictionaries import Attribute, DictionaryKind
from crm_desktop.views.desk import Desk
from crm_desktop.views.keys import bind_key, enter_moves_focus
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.input import Input
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.table_rows import Row
from crm_desktop.views.widgets.text_inputs import FlagInput, NumberInput, TextInput

LONGEST = 40


class SmallForm(ModalWindow):
    """A few labelled fields over 保存 and 取消; ``save(values)`` may raise ValidationError, shown at its fields."""

    def __init__(self, parent: Misc, title: str, save: Callable[[dict[str, Any]], Any], save_label: str = "保存") -> None:
        super().__init__(parent, title)
        self._save = save
        self.fields: dict[str, LabeledField] = {}
        self.form = ttk.Frame(self.body)
        self.form.pack(fill="both", expand=True)
        self.form.columnconfigure(1, weight=1, minsize=pixels(self, 240))
        row = ttk.Frame(self.body)
        row.pack(fill="x", pady=(pixels(self, 14), 0))
        cancel = ttk.Button(row, text="取消 Esc", bootstyle="outline", command=self.cancel, name="cancel")
        cancel.pack(side="right")
        self.button = ttk.Button(row, text=f"{save_label} F8", bootstyle="primary", command=self.submit, name="submit")
        self.button.pack(side="right", padx=pixels(self, 8))
        bind_key(self.button, "enter", self.submit)
        bind_key(self, "save", self.submit)

    def add(self, name: str, label: str, make: Callable[[Misc], Input], value: Any = "", **options: Any) -> None:
        field = LabeledField(self.form, label, make, **options).grid(len(self.fields))
        field.set(value if value is not None else "")
        self.fields[name] = field

    def ask(self) -> Any:
        """Show it; the result of ``save``, None when cancelled."""
        enter_moves_focus(self.form, self.button)
        return self.show(next(iter(self.fields.values())).input.control)

    def submit(self) -> None:
        for field in self.fields.values():
            field.set_error(None)
        try:
            self.result = self._save({name: field.get() for name, field in self.fields.items()})
        except ValidationError as error:
            self._show_errors(error.fields)
            return
        except CrmError as error:
            self._show_errors({next(iter(self.fields)): str(error)})
            return
        self.close()

    def _show_errors(self, errors: dict[str, str]) -> None:
        first = None
        for name, sentence in errors.items():
            field = self.fields.get(name) or next(iter(self.fields.values()))
            field.set_error(sentence)
            first = first or field
        if first is not None:
            first.focus()


def edit_item(desk: Desk, parent: Misc, kind: DictionaryKind, row: Row | None, on_saved: Callable[[int], Any]) -> None:
    """Add an item to a dictionary, or change one."""

    def save(values: dict[str, Any]) -> int:
        if row is None:
            return desk.office.dictionaries.add(kind.key, values)
        desk.office.dictionaries.update(row["id"], values)
        return int(row["id"])

    form = SmallForm(parent, f"{'修改' if row else '新增'}{kind.label}", save)
    form.add("name", "名称", lambda p: TextInput(p, max_length=LONGEST), (row or {}).get("name"), is_required=True)
    for attribute in kind.attributes:
        form.add(
            attribute.key, attribute.label, maker(attribute), (row or {}).get(attribute.key), note=attribute.unit
        )
    item = form.ask()
    if item is not None:
        desk.say("已保存。")
        on_saved(item)


def maker(attribute: Attribute) -> Callable[[Misc], Input]:
    """The input for an attribute's type."""
    if attribute.type == "flag":
        return lambda parent: FlagInput(parent)
    if attribute.type == "integer":
        return lambda parent: NumberInput(parent)
    return lambda parent: TextInput(parent, max_length=LONGEST)


def choose_item(parent: Misc, title: str, choices: Sequence[PickItem]) -> int | None:
    """Pick one of a few items; its key, None when cancelled."""

    def save(values: dict[str, Any]) -> int:
        if not isinstance(values["item"], int):
            raise ValidationError({"item": "请从列表中选择一项。"})
        return values["item"]

    form = SmallForm(parent, title, save, save_label="确定")
    form.add("item", title, lambda p: ChoiceInput(p, choices), None)
    result: int | None = form.ask()
    return result
