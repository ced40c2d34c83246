"""An input that is a short list of folders: 添加… and 移除."""

from collections.abc import Callable, Iterable
from pathlib import Path
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.backups.catalogue import place
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.input import Input

ROWS = 3


class FolderList(Input):
    """``get`` gives the folders as they stand there; ``choose`` asks for one more, None when it is none."""

    def __init__(self, parent: Misc, choose: Callable[[], Path | None]) -> None:
        super().__init__(parent)
        self._choose = choose
        self._folders: tuple[str, ...] = ()
        self.control = ttk.Treeview(self, show="tree", height=ROWS, selectmode="browse")
        self.control.column("#0", width=pixels(self, 400))
        self.control.pack(side="left", fill="both", expand=True)
        buttons = ttk.Frame(self)
        buttons.pack(side="left", anchor="n", padx=(pixels(self, 6), 0))
        for name, text, command in (("add", "添加…", self.add), ("remove", "移除", self.remove)):
            button = ttk.Button(buttons, text=text, bootstyle="outline", command=command, name=name)
            button.pack(fill="x", pady=(0, pixels(self, 4)))
            bind_key(button, "enter", command)
        bind_key(self.control, "choose", self.add)
        bind_key(self.control, "<Delete>", self.remove)
        self.control.bind("<FocusIn>", lambda event: self._select_one(), add="+")

    def get(self) -> tuple[str, ...]:
        return self._folders

    def set(self, value: Any, text: str | None = None) -> None:
        self._show(value or ())
        self.set_error(None)

    def add(self) -> None:
        folder = self._choose()
        if folder is not None and str(folder) not in self._folders:
            self._show((*self._folders, str(folder)))
            self._select(str(folder))
            self.set_error(None)
            self.changed()

    def remove(self) -> None:
        chosen = self.control.selection()
        if chosen:
            self._show(each for each in self._folders if each not in chosen)
            self._select_one()
            self.changed()

    def _show(self, folders: Iterable[str]) -> None:
        self._folders = tuple(folders)
        self.control.delete(*self.control.get_children())
        for folder in self._folders:
            self.control.insert("", "end", iid=folder, text=place(Path(folder)))

    def _select_one(self) -> None:
        """So that the keys have something to act on."""
        if self._folders and not self.control.selection():
            self._select(self._folders[0])

    def _select(self, folder: str) -> None:
        self.control.selection_set(folder)
        self.control.focus(folder)
