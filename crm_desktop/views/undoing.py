"""撤销: the question before an operation is taken back, with exact counts, and what was left alone afterwards."""

from collections.abc import Callable, Mapping, Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.reversal import Left
from crm_desktop.controllers.undo import UndoEffect
from crm_desktop.views.desk import Desk
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

Handler = Callable[[], Any]
NAMED = 8
"""Records left alone that the question names."""
COLUMNS = (
    TableColumn("at_text", "时间", 16, is_sortable=False),
    TableColumn("operator", "操作员", 9, is_sortable=False),
    TableColumn("sentence", "导入", 42, is_sortable=False),
    TableColumn("added", "新增", 20, is_sortable=False),
    TableColumn("updated", "更新", 14, is_sortable=False),
)


def undo_operation(desk: Desk, owner: Misc, operation: int, on_undone: Handler = lambda: None) -> None:
    """Ask with exact counts whether to take an operation back, do it, and say what was left alone."""
    undo = desk.office.undo

    def ask(effect: UndoEffect) -> None:
        if not (effect.removed or effect.reverted or effect.returned):
            text = "没有可以撤销的内容：之后都已改动或删除。"
            desk.dialogs.show_message(text, detail=left_alone(effect), parent=owner)
            return
        if desk.dialogs.ask_yes_no(
            "要撤销这次操作吗？", detail=told(effect), yes="撤销", no="不撤销", is_danger=True, parent=owner
        ):
            desk.run(
                lambda job: undo.undo(operation), done, owner=owner, title="正在撤销…", is_saving=True,
                on_error=lambda error: desk.dialogs.show_error(error, parent=owner),
            )  # fmt: skip

    def done(effect: UndoEffect) -> None:
        more = f"，{effect.left_count:,} 条没有撤销" if effect.left_count else ""
        desk.say(f"已撤销{more}。移除的记录在回收站里。")
        on_undone()

    desk.run(
        lambda job: undo.effect(operation), ask, owner=owner, title="正在清点…",
        on_error=lambda error: desk.dialogs.show_error(error, parent=owner),
    )  # fmt: skip


def told(effect: UndoEffect) -> str:
    """What undoing does, in sentences with exact counts."""
    parts = [
        ("移入回收站：", effect.removed),
        ("恢复原来的内容：", effect.reverted),
        ("从回收站恢复：", effect.returned),
    ]
    sentences = [f"{words}{listed(counts)}。" for words, counts in parts if counts]
    return "\n".join(filter(None, [*sentences, left_alone(effect)]))


def left_alone(effect: UndoEffect) -> str:
    """The records that stay as they are, the first of them by name and reason."""
    if not effect.left_count:
        return ""
    named = [_named(left) for left in effect.left[:NAMED]]
    more = f"\n　等 {effect.left_count:,} 条" if effect.left_count > len(named) else ""
    return f"{effect.left_count:,} 条不撤销，保持现状：\n" + "\n".join(named) + more


def _named(left: Left) -> str:
    return f"　{left.label} {left.name}：{left.reason}" if left.name else f"　{left.label}：{left.reason}"


def listed(counts: Mapping[str, int]) -> str:
    return "、".join(f"{label} {number:,} 条" for label, number in counts.items())


class UndoImport(ModalWindow):
    """The imports that can be undone, newest first; Enter asks about the one with the cursor."""

    def __init__(self, parent: Misc, desk: Desk, imports: Sequence[dict[str, Any]]) -> None:
        super().__init__(parent, "撤销导入")
        self._desk = desk
        frame = ttk.Frame(self.body, width=pixels(self, 860), height=pixels(self, 300))
        frame.pack_propagate(False)
        frame.pack(fill="both", expand=True)
        self.table = VirtualTable(frame, COLUMNS, on_open=lambda id: self.undo(), empty_text="没有可以撤销的导入。")
        self.table.pack(fill="both", expand=True)
        rows = ({**row, "added": listed(row["added"]), "updated": listed(row["updated"])} for row in imports)
        self.table.show(ListSource(rows))
        self._add_buttons(bool(imports))

    def _add_buttons(self, has_some: bool) -> None:
        row = ttk.Frame(self.body)
        row.pack(fill="x", pady=(pixels(self, 12), 0))
        state = "normal" if has_some else "disabled"
        self.button = ttk.Button(
            row, text="撤销… Enter", bootstyle="primary", command=self.undo, state=state, name="undo"
        )
        cancel = ttk.Button(row, text="关闭 Esc", bootstyle="outline", command=self.cancel, name="cancel")
        cancel.pack(side="right")
        self.button.pack(side="right", padx=pixels(self, 8))
        self.button.lift()
        cancel.lift()  # Tab follows the order in which they stand
        for button in (self.button, cancel):
            bind_key(button, "enter", button.invoke)

    def ask(self) -> None:
        self.show(self.table.tree, wait=False)

    def undo(self) -> None:
        """Ask about the chosen one; the window closes when it is undone."""
        if self.table.current_id is not None:
            undo_operation(self._desk, self, self.table.current_id, self.close)


def choose_import(desk: Desk, owner: Misc) -> None:
    """Show the imports that can be undone."""
    desk.run(
        lambda job: desk.office.undo.imports(),
        lambda imports: UndoImport(owner, desk, imports).ask(),
        owner=owner,
        title="正在读取…",
    )
