"""The small windows of a dictionary: edit one item, choose another one."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any

from crm_desktop.controllers.drafts import Draft
from crm_desktop.errors import ValidationError
from crm_desktop.models.dictionaries import Attribute, DictionaryKind
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_drafts import Origin
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.input import Input
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.table_rows import Row
from crm_desktop.views.widgets.text_inputs import FlagInput, NumberInput, TextInput

LONGEST = 40


SCREEN = "dictionary"


def edit_item(
    desk: Desk,
    parent: Misc,
    kind: DictionaryKind,
    row: Row | None,
    on_saved: Callable[[int], Any] = lambda item: None,
    name: str = "",
    draft: Draft | None = None,
) -> None:
    """Add an item to a dictionary, ``name`` typed already, or change one; ``draft`` is what was typed before."""

    def save(values: dict[str, Any]) -> int:
        if row is None:
            return desk.office.dictionaries.add(kind.key, values)
        desk.office.dictionaries.update(row["id"], values)
        return int(row["id"])

    form = SmallForm(parent, desk.background, f"{'修改' if row else '新增'}{kind.label}", save)
    form.add("name", "名称", lambda p: TextInput(p, max_length=LONGEST), row["name"] if row else name, is_required=True)
    for attribute in kind.attributes:
        form.add(
            attribute.key, attribute.label, maker(attribute), (row or {}).get(attribute.key), note=attribute.unit
        )
    title = f"{kind.label} {row['name'] if row else '（新）'}"
    origin = Origin(SCREEN, "dictionary_items", title, row["id"] if row else None, details={"kind": kind.key})
    form.keep_draft(desk, origin, draft)
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


def choose_item(desk: Desk, parent: Misc, title: str, choices: Sequence[PickItem]) -> int | None:
    """Pick one of a few items; its key, None when cancelled."""

    def save(values: dict[str, Any]) -> int:
        if not isinstance(values["item"], int):
            raise ValidationError({"item": "请从列表中选择一项。"})
        return values["item"]

    form = SmallForm(parent, desk.background, title, save, save_label="确定")
    form.add("item", title, lambda p: ChoiceInput(p, choices), None)
    result: int | None = form.ask()
    return result
