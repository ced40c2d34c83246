"""基础字典: the items of one kind, or of any kind chosen at the left."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.events import RecordsChanged
from crm_desktop.models.dictionaries import DICTIONARIES, Attribute
from crm_desktop.views.actions import Action, Toolbar, context_menu
from crm_desktop.views.desk import Desk
from crm_desktop.views.dictionary_form import choose_item, edit_item
from crm_desktop.views.history import Named, history_actions
from crm_desktop.views.theme import CELL_PADDING, pixels, text_width
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.table_rows import ListSource, Row, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

NAME_WIDTH = 28


class DictionaryScreen(ttk.Frame):
    """The items of one dictionary in their order."""

    def __init__(self, parent: Misc, desk: Desk, kind: str) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name=f"dictionary_{kind}")
        self.desk = desk
        self.kind = DICTIONARIES[kind]
        self.actions = self._make_actions()
        self.table = VirtualTable(
            self,
            self._columns(),
            on_open=lambda item: self.edit(),
            on_select=lambda: self.toolbar.refresh(),
            row_tags=lambda row: () if row["is_active"] else ("inactive",),
            on_menu=context_menu(self, self.actions),
            empty_text=f"{self.kind.label}还没有项目。按 F2 新增。",
        )
        self.toolbar = Toolbar(self, self.actions)
        self.toolbar.pack(fill="x", pady=(0, pixels(self, 6)))
        self.toolbar.lower(self.table)
        self.table.pack(fill="both", expand=True)
        self._unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._changed)
        self.bind("<Destroy>", self._destroyed, add="+")
        self.reload()

    def _make_actions(self) -> list[Action]:
        can_create = lambda: self._may("create")  # noqa: E731
        can_change = lambda: self._row() is not None and self._may("update")  # noqa: E731
        can_delete = lambda: self._row() is not None and self._may("delete")  # noqa: E731
        return [
            Action("new", "新增", self.create, "new", "plus-lg", can_create, style="primary"),
            Action("edit", "修改", self.edit, "edit", "pencil", can_change),
            Action("delete", "删除", self.delete, "delete", "trash", can_delete, style="danger"),
            Action("up", "上移", lambda: self.move(-1), None, "arrow-up", can_change, group="change"),
            Action("down", "下移", lambda: self.move(1), None, "arrow-down", can_change, group="change"),
            Action("switch", "停用/启用", self.switch, None, "toggle-on", can_change, group="change"),
            Action("merge", "合并", self.merge, None, "sign-merge-right", can_delete, group="change"),
            Action("grid", "表格", self.open_grid, None, "table", can_create, group="change"),
            Action("refresh", "刷新", self.reload, "refresh", "arrow-clockwise", group="look"),
            *history_actions(self.desk, self, self._named),
        ]

    def _named(self) -> Named | None:
        row = self._row()
        return row and ("dictionary_items", row["id"], self.kind.label, row["name"])

    def _may(self, verb: str) -> bool:
        return self.desk.office.may("dictionaries", verb)

    def _columns(self) -> list[TableColumn]:
        own = [TableColumn("position", "序号", 6, "right"), TableColumn("name", "名称", NAME_WIDTH)]
        attributes = [self._attribute_column(attribute) for attribute in self.kind.attributes]
        marks = [
            TableColumn("is_active", "状态", 8, format=lambda row: "在用" if row["is_active"] else "停用"),
            TableColumn("is_system", "系统项目", 10, "center", format=lambda row: "◇" if row["is_system"] else ""),
        ]
        return [*own, *attributes, *marks]

    def _attribute_column(self, attribute: Attribute) -> TableColumn:
        align = "right" if attribute.type == "integer" else "left"
        label = f"{attribute.label}（{attribute.unit}）" if attribute.unit else attribute.label
        return TableColumn(
            attribute.key, label, 2 * len(label) + 2, align, format=lambda row: attribute_text(attribute, row)
        )

    def reload(self) -> None:
        current = self.table.current_id
        self.table.show(ListSource(self.desk.office.dictionaries.items(self.kind.key)))
        if current is not None:
            self.table.go_to(current)

    def focus_set(self) -> None:
        self.table.focus_set()

    # -- acting ----------------------------------------------------------------------------------------------------

    def create(self) -> None:
        edit_item(self.desk, self, self.kind, None, self._show)

    def open_grid(self) -> None:
        """All items as a grid, to be typed over and added to."""
        self.desk.open("batch_entry", entity=f"dictionary.{self.kind.key}", is_all=True)

    def edit(self) -> None:
        row = self._row()
        if row is not None and self._may("update"):
            edit_item(self.desk, self, self.kind, row, self._show)

    def _show(self, item: int) -> None:
        """What was just saved, under the cursor."""
        self.reload()
        self.table.go_to(item)

    def delete(self) -> None:
        row = self._row()
        if row and self._ask(f"要删除“{row['name']}”吗？", "删除"):
            self._write(lambda: self.desk.office.dictionaries.delete(row["id"]), f"已删除“{row['name']}”。")

    def move(self, step: int) -> None:
        row = self._row()
        if row is not None:
            self._write(lambda: self._move(row["id"], step), "")

    def _move(self, item: int, step: int) -> None:
        """Counted from where the item is by then: an earlier press may still have been on its way."""
        order = [each["id"] for each in self._rows()]
        place = order.index(item) + 1 + step
        if 1 <= place <= len(order):
            self.desk.office.dictionaries.move(item, place)

    def switch(self) -> None:
        row = self._row()
        if row is not None:
            word = "停用" if row["is_active"] else "启用"
            self._write(
                lambda: self.desk.office.dictionaries.set_active(row["id"], not row["is_active"]),
                f"已{word}“{row['name']}”。",
            )

    def merge(self) -> None:
        """Give the records of this item to another one."""
        row = self._row()
        if row is None:
            return
        others = [PickItem(item["id"], item["name"]) for item in self._rows() if item["id"] != row["id"]]
        target = choose_item(self.desk, self, "合并到", others)
        if target is None:
            return
        name = next(item.text for item in others if item.key == target)
        question = f"要把“{row['name']}”合并到“{name}”吗？"
        if self._ask(question, "合并", f"用到“{row['name']}”的记录都会改为“{name}”，“{row['name']}”随后删除。"):
            self._write(
                lambda: self.desk.office.dictionaries.merge(row["id"], target),
                lambda changed: f"已合并，改动了 {changed} 条记录。",
            )

    def _ask(self, question: str, yes: str, detail: str = "") -> bool:
        return self.desk.dialogs.ask_yes_no(question, detail=detail, yes=yes, no="取消", is_danger=True)

    def _write(self, work: Callable[[], Any], said: str | Callable[[Any], str]) -> None:
        """Change something in the background, then say it in the status bar."""

        def done(result: Any) -> None:
            sentence = said if isinstance(said, str) else said(result)
            if sentence:
                self.desk.say(sentence)

        self.desk.run(
            lambda job: work(),
            done,
            on_error=self.desk.dialogs.show_error,
            owner=self,
            title="正在保存…",
            is_saving=True,
        )

    # -- inside ----------------------------------------------------------------------------------------------------

    def _row(self) -> Row | None:
        return self.table.current_row

    def _rows(self) -> list[Row]:
        return self.desk.office.dictionaries.items(self.kind.key)

    def _changed(self, event: RecordsChanged) -> None:
        if event.entity == "dictionary_items":
            self.reload()

    def _destroyed(self, event: Any) -> None:
        if event.widget is self:
            self._unsubscribe()


class DictionariesScreen(ttk.Frame):
    """All dictionaries: the kinds at the left, the items of the chosen one at the right."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, name="dictionaries")
        self._desk = desk
        self._right: DictionaryScreen | None = None
        self.kinds = ttk.Treeview(self, show="", columns=("label",), selectmode="browse", name="kinds")
        longest = max(text_width(kind.label) for kind in DICTIONARIES.values())
        self.kinds.column("label", width=longest + 2 * pixels(self, CELL_PADDING))
        for kind in DICTIONARIES.values():
            self.kinds.insert("", "end", kind.key, values=(kind.label,))
        bar = ttk.Scrollbar(self, command=self.kinds.yview)
        self.kinds.configure(yscrollcommand=bar.set)
        self.kinds.pack(side="left", fill="y", pady=pixels(self, 8))
        bar.pack(side="left", fill="y", pady=pixels(self, 8))
        self.kinds.bind("<<TreeviewSelect>>", lambda event: self.show(self.kinds.selection()[0]))
        self.kinds.selection_set(next(iter(DICTIONARIES)))

    def show(self, kind: str) -> None:
        """Show the items of a kind."""
        if self._right is not None:
            if self._right.kind.key == kind:
                return
            self._right.destroy()
        self._right = DictionaryScreen(self, self._desk, kind)
        self._right.pack(side="left", fill="both", expand=True)

    @property
    def actions(self) -> list[Action]:
        """Those of the kind shown: its keys work from the list of kinds, too."""
        return self._right.actions if self._right else []

    def focus_set(self) -> None:
        self.kinds.focus_set()
        self.kinds.focus(self.kinds.selection()[0])


def attribute_text(attribute: Attribute, row: Row) -> str:
    value = row.get(attribute.key)
    if attribute.type == "flag":
        return "是" if value else "否"
    return "" if value is None else str(value)
