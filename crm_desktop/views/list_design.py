"""How a list is to look on paper: choosing columns, groups, paper, and keeping that under a name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError, FieldError
from crm_desktop.models import Entity
from crm_desktop.models.list_design import (
    LONGEST_TITLE,
    ORIENTATIONS,
    PAPERS,
    ListDesign,
    as_json,
    check,
    from_json,
    groupable,
    listable,
    usual,
)
from crm_desktop.views.actions import Action
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.table_columns import ColumnChooser
from crm_desktop.views.widgets.text_inputs import FlagInput, NumberInput, TextInput

USUAL, CHANGED = ("usual", "默认格式"), ("changed", "（已改动）")
SHARED = "（大家）"


class DesignBar(ttk.Frame):
    """The design in use and those kept; ``on_change()`` follows another one. It is remembered for the operator."""

    def __init__(self, parent: Misc, desk: Desk, entity: Entity, on_change: Callable[[], Any]) -> None:
        super().__init__(parent)
        self.desk, self.entity, self._on_change = desk, entity, on_change
        self._kept: dict[str, ListDesign] = {}
        self.design = self._last()
        ttk.Label(self, text="格式：").pack(side="left")
        self.choice = ChoiceInput(self, width=14)
        self.choice.pack(side="left", padx=(0, pixels(self, 8)))
        self.choice.bind(INPUT_CHANGED, lambda event: self._chosen(), add="+")
        self.reload()

    def actions(self) -> list[Action]:
        """What a screen with this bar offers."""
        return [
            Action("columns", "选列…", self.choose_columns, None, "layout-three-columns", group="design"),
            Action("widths", "列宽…", self.set_widths, None, "arrows", group="design"),
            Action("design", "格式…", self.set_up, None, "sliders", group="design"),
            Action("keep", "保存格式…", self.keep, None, "bookmark-plus", group="design"),
            Action("forget", "删除格式", self.forget, None, "bookmark-x", self._is_kept, group="design"),
        ]

    def take(self, design: ListDesign) -> None:
        """Use a design from now on."""
        check(self.entity, design)
        self.design = design
        key, value = f"list_design.{self.entity.key}", as_json(design)
        self.desk.run(lambda job: self.desk.office.settings.set_preference(key, value), is_saving=True)
        self._show()
        self._on_change()

    def summary(self) -> str:
        """In a few words, for the foot of the screen."""
        design = self.design
        groups = "、".join(self.entity[name].label for name in design.groups)
        sheet = f"{PAPERS[design.paper]}，{ORIENTATIONS[design.orientation]}方向"
        return f"{sheet}，按{groups}分组" if groups else sheet

    # -- changing --------------------------------------------------------------------------------------------------

    def choose_columns(self) -> None:
        """Which columns, in which order."""
        labels = [(field.name, field.label) for field in listable(self.entity)]
        chosen = ColumnChooser(self, labels, self.design.names, usual(self.entity).names).show()
        if chosen:
            widths = dict(self.design.columns)
            self.take(replace(self.design, columns=tuple((name, widths.get(name, 0.0)) for name in chosen)))

    def set_widths(self) -> None:
        """How wide each column is to be, in mm."""
        form = SmallForm(self, self.desk.background, "列宽", self._widths, note="毫米；留空按内容决定。")
        for name, width in self.design.columns:
            form.add(name, self.entity[name].label, lambda body: NumberInput(body), f"{width:g}" if width else "")
        design = form.ask()
        if design:
            self.take(design)

    def _widths(self, values: Mapping[str, str]) -> ListDesign:
        columns = tuple((name, _millimetres(values[name], self.entity[name].label)) for name in self.design.names)
        return self._checked(replace(self.design, columns=columns))

    def set_up(self) -> None:
        """Order, groups, paper and title."""
        design = self.design
        fields = [PickItem(each.name, each.label) for each in listable(self.entity)]
        groups = [PickItem(each.name, each.label) for each in groupable(self.entity)]
        first, second = (*design.groups, None, None)[:2]
        form = SmallForm(self, self.desk.background, "列表格式", self._designed)
        form.add("title", "标题", lambda body: TextInput(body, max_length=LONGEST_TITLE), design.title)
        form.add("order", "排序", lambda body: ChoiceInput(body, fields), design.order.removeprefix("-") or None)
        form.add("descends", "从大到小", FlagInput, int(design.order.startswith("-")))
        form.add("first", "分组", lambda body: ChoiceInput(body, groups), first)
        form.add("second", "再分组", lambda body: ChoiceInput(body, groups), second)
        form.add("has_subtotals", "每组小计", FlagInput, int(design.has_subtotals))
        form.add("paper", "纸张", lambda body: ChoiceInput(body, _items(PAPERS)), design.paper)
        form.add("orientation", "方向", lambda body: ChoiceInput(body, _items(ORIENTATIONS)), design.orientation)
        made = form.ask()
        if made:
            self.take(made)

    def _designed(self, values: Mapping[str, Any]) -> ListDesign:
        order = values["order"] or ""
        groups = tuple(name for name in (values["first"], values["second"]) if name)
        return self._checked(
            replace(
                self.design,
                title=values["title"].strip(),
                order=f"-{order}" if order and values["descends"] else order,
                groups=groups,
                has_subtotals=bool(values["has_subtotals"]),
                paper=values["paper"] or "A4",
                orientation=values["orientation"] or "",
            )
        )

    def _checked(self, design: ListDesign) -> ListDesign:
        check(self.entity, design)
        return design

    # -- keeping ---------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep the design in use under a name."""

        def save(values: Mapping[str, Any]) -> str:
            self.desk.office.list_designs.save(
                self.entity.key, values["name"], self.design, bool(values["is_shared"]), bool(values["replaces"])
            )
            return str(values["name"])

        form = SmallForm(self, self.desk.background, "保存格式", save)
        form.add("name", "名字", lambda body: TextInput(body, max_length=30), is_required=True)
        form.add("is_shared", "大家都能用", FlagInput, 0)
        form.add("replaces", "替换同名的格式", FlagInput, 0)
        name = form.ask()
        if name:
            self.reload()
            self.desk.say(f"已保存格式“{name}”。")

    def forget(self) -> None:
        """Delete the kept design in use, after asking."""
        key = self.choice.get()
        name, is_shared = key[1:], key.startswith("+")
        dialogs = self.desk.dialogs
        if not dialogs.ask_yes_no(f"要删除格式“{name}”吗？", yes="删除", no="不删除", is_danger=True, parent=self):
            return
        try:
            self.desk.office.list_designs.remove(self.entity.key, name, is_shared)
        except CrmError as error:
            dialogs.show_error(error, parent=self)
        self.reload()

    def reload(self) -> None:
        """Offer what is kept now; without the right to print nothing is."""
        saved = self.desk.office.list_designs.saved(self.entity.key) if self._may_print() else []
        self._kept = {f"{'+' if each.is_shared else '='}{each.name}": each.design for each in saved}
        self._show()

    def _may_print(self) -> bool:
        return self.desk.office.may(self.entity.key, "print")

    def _is_kept(self) -> bool:
        return self.choice.get() in self._kept

    def _show(self) -> None:
        kept = [PickItem(key, f"{key[1:]}{SHARED if key.startswith('+') else ''}") for key in self._kept]
        designs = {USUAL[0]: usual(self.entity), **self._kept}
        current = next((key for key, design in designs.items() if design == self.design), CHANGED[0])
        changed = [PickItem(*CHANGED)] if current == CHANGED[0] else []
        self.choice.set_choices([PickItem(*USUAL), *kept, *changed])
        self.choice.set(current)

    def _chosen(self) -> None:
        chosen = self.choice.chosen
        design = {USUAL[0]: usual(self.entity), **self._kept}.get(chosen.key) if chosen else None
        if design is not None and design != self.design:
            self.take(design)

    def _last(self) -> ListDesign:
        stored = self.desk.office.settings.preference(f"list_design.{self.entity.key}")
        try:
            return from_json(self.entity, stored) if stored else usual(self.entity)
        except FieldError:
            return usual(self.entity)


def _items(words: Mapping[str, str]) -> Sequence[PickItem]:
    return [PickItem(key, word) for key, word in words.items()]


def _millimetres(typed: str, label: str) -> float:
    try:
        return float(typed) if typed.strip() else 0.0
    except ValueError:
        raise FieldError(f"{label}的列宽应为毫米数。") from None
