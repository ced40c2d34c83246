"""The last step of an import: what was written, and where to go from here."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.exchange.plan import ImportPreview, ImportResult
from crm_desktop.models import ENTITIES
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import NUMBER_FONT, pixels

Handler = Callable[[], Any]


class ResultStep(ttk.Frame):
    """``show`` fills it."""

    def __init__(
        self, parent: Misc, on_save_bad: Handler, on_open: Handler, on_again: Handler, on_undo: Handler
    ) -> None:
        super().__init__(parent, name="result_step", padding=pixels(parent, 8))
        self.title = ttk.Label(self, style="Title.TLabel", name="title")
        self.title.pack(anchor="w", pady=(pixels(self, 12), pixels(self, 8)))
        self._counts = ttk.Frame(self)
        self._counts.pack(anchor="w", pady=pixels(self, 8))
        bar = ttk.Frame(self)
        bar.pack(anchor="w", pady=pixels(self, 12))
        self.open_button = self._button(bar, "打开列表", on_open, "primary", "open")
        self.bad_button = self._button(bar, "导出错误行…", on_save_bad, "outline", "save_bad")
        self.again_button = self._button(bar, "再导入一个文件", on_again, "outline", "again")
        self.undo_button = self._button(bar, "撤销这次导入…", on_undo, "danger outline", "undo")

    def _button(self, bar: Misc, text: str, command: Handler, style: str, name: str) -> ttk.Button:
        button = ttk.Button(bar, text=text, command=command, bootstyle=style, name=name)
        bind_key(button, "enter", button.invoke)
        button.pack(side="left", padx=(0, pixels(self, 8)))
        return button

    def show(self, preview: ImportPreview, result: ImportResult) -> None:
        """The counts, large, and the bad rows when some were left out."""
        label = ENTITIES[preview.entity].label
        self.title.configure(text=f"导入完成：{preview.path.name}")
        for child in self._counts.winfo_children():
            child.destroy()
        for word, count in counts(label, result):
            cell = ttk.Frame(self._counts, padding=(0, 0, pixels(self, 40), 0))
            cell.pack(side="left")
            ttk.Label(cell, text=f"{count:,}", font=NUMBER_FONT).pack(anchor="w")
            ttk.Label(cell, text=word, style="Muted.TLabel").pack(anchor="w")
        self.open_button.configure(text=f"打开{label}列表")
        self.bad_button.configure(state="normal" if result.bad else "disabled")
        self.undo_button.configure(state="normal")

    def show_undone(self) -> None:
        """What stands there is no longer so."""
        self.title.configure(text="这次导入已撤销，移除的记录在回收站里。")
        self.undo_button.configure(state="disabled")

    def focus_first(self) -> None:
        self.open_button.focus_set()


def counts(label: str, result: ImportResult) -> list[tuple[str, int]]:
    """(word, number) of what happened; only what did."""
    every = [
        (f"新增{label}", result.added),
        (f"更新{label}", result.updated),
        ("写入联系人", result.contacts),
        ("跳过", result.skipped),
        ("错误，未导入", result.bad),
    ]
    return [(word, count) for word, count in every if count] or [(f"新增{label}", 0)]
