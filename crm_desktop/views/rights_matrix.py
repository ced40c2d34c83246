"""Modules against 查看, 新增 … 打印: the rights of a role, or of one operator beyond the role."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.granting import Rights, completed
from crm_desktop.controllers.rights import AREAS, EVERYTHING, VERBS
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.check_matrix import LABELS, Cell, CheckMatrix

KEYS_HELP = "方向键移动，空格勾选；在模块名或“查看”等列名上按空格，选中整行或整列。"
VIEW_ADDED = "没有“查看”就用不了其他权限，已同时勾选“查看”。"
VIEW_TAKEN = "取消“查看”后其他权限也用不了，已一并取消。"
MEANINGS: dict[Cell, str] = {
    ("phones", "view"): "看到完整的电话号码；没有这项权限，号码的中间几位显示为星号",
    ("recycle_bin", "view"): "打开回收站；恢复一条记录还要有它所在模块的“删除”",
    ("recycle_bin", "delete"): "彻底删除，不能再恢复",
    ("backups", "create"): "立即备份",
    ("backups", "update"): "恢复备份、设定备份计划",
    ("backups", "export"): "把全部数据导出为表格",
    ("maintenance", "view"): "检查数据库",
    ("maintenance", "update"): "修复数据库",
    ("maintenance", "delete"): "清理系统数据",
    ("operators", "update"): "停用、重设密码、解锁、移交客户、额外权限",
    ("roles", "update"): "改变角色的权限和数据范围",
    ("settings", "update"): "改变系统设置",
    ("dictionaries", "delete"): "删除、合并字典项目",
}
"""Where the words of module and verb alone do not say it."""


class RightsMatrix(ttk.Frame):
    """``get`` gives what is ticked, without what is fixed; ``on_change()`` follows every change of the operator's."""

    def __init__(self, parent: Misc, on_change: Callable[[], Any] = lambda: None) -> None:
        super().__init__(parent)
        self._on_change = on_change
        self._rights: Rights = frozenset()
        self._fixed: Rights = frozenset()
        self.matrix = CheckMatrix(
            self, list(AREAS.items()), list(VERBS.items()), EVERYTHING, on_toggle=self._toggled, on_move=self._explain
        )
        self.note = ttk.Label(self, text=KEYS_HELP, style="Small.TLabel", name="note")
        self.note.pack(side="bottom", anchor="w", pady=(pixels(self, 4), 0))
        self.matrix.pack(fill="both", expand=True)

    def get(self) -> Rights:
        return self._rights

    def set(self, rights: Rights, fixed: Rights = frozenset(), *, is_readonly: bool = False) -> None:
        """Show rights; ``fixed`` are those that somebody has anyway."""
        self._rights, self._fixed = rights, fixed
        self.matrix.is_readonly = is_readonly
        self.matrix.show(rights, fixed)
        self.note.configure(text=KEYS_HELP)

    def focus_set(self) -> None:
        self.matrix.focus_set()

    def _toggled(self, cells: list[Cell], is_ticked: bool) -> None:
        chosen = frozenset(cells)
        if is_ticked:
            wanted = completed(self._rights | chosen) - self._fixed
            note = VIEW_ADDED if wanted != self._rights | chosen else ""
        else:
            without = self._rights - chosen
            unseen = {area for area, verb in chosen if verb == "view"}
            wanted = frozenset(right for right in without if right[0] not in unseen)
            note = VIEW_TAKEN if wanted != without else ""
        self._rights = wanted
        self.matrix.show(wanted, self._fixed)
        self._explain(note)
        self._on_change()

    def _explain(self, note: str = "") -> None:
        """What just happened, else what the cell under the cursor stands for."""
        cell = self.matrix.cell
        if not note and cell is not None:
            area, verb = cell
            meaning = f"：{MEANINGS[cell]}" if cell in MEANINGS else ""
            note = f"{AREAS[area]} · {VERBS[verb]}{meaning}" + ("（角色已有）" if cell in self._fixed else "")
        elif not note and LABELS in self.matrix.place:
            note = KEYS_HELP
        self.note.configure(text=note or "这个模块没有这项权限。")
