"""The window that shows a 管理员找回码 once, to be copied, saved for printing, or written down."""

from collections.abc import Callable
from pathlib import Path
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.keys import bind_key
from crm_desktop.views.line_starts import break_lines
from crm_desktop.views.theme import NUMBER_FONT, pixels
from crm_desktop.views.widgets.modal import ModalWindow

TITLE = "管理员找回码"
WRITE_DOWN = "请抄下管理员找回码并妥善保管。忘记密码时，只有用它才能重设管理员密码；只能用一次，用后会换成新的。"
ONCE = "关闭以后不能再看到这个找回码。"
COPIED = "已复制，可以粘贴到别处。"
SAVED = "已保存到 {}，请打印后把文件删除。"
NOT_SAVED = "没有存成，请换一个位置。"
TEXT_FILES = (("文本文件", "*.txt"),)
CONTENT = "客户管理系统 {title}\n\n{code}\n\n{advice}\n"

ChooseFile = Callable[..., Path | None]


class RecoveryCodeWindow(ModalWindow):
    """``choose_file`` asks where the code is saved, as ``Dialogs.choose_save_file`` does."""

    def __init__(self, parent: Misc, code: str, choose_file: ChooseFile) -> None:
        super().__init__(parent, TITLE, padding=20)
        self._code, self._choose_file = code, choose_file
        width = pixels(self, 400)
        ttk.Label(self.body, text=break_lines(WRITE_DOWN, width), wraplength=width).pack(anchor="w")
        self.code = ttk.Entry(self.body, font=NUMBER_FONT, justify="center", width=len(code) + 1, name="code")
        self.code.insert(0, code)
        self.code.configure(state="readonly")
        self.code.pack(fill="x", pady=pixels(self, 14))
        self.note = ttk.Label(self.body, text=ONCE, style="Muted.TLabel", wraplength=width, name="note")
        self.note.pack(anchor="w")
        self._add_buttons()

    def _add_buttons(self) -> None:
        row = ttk.Frame(self.body)
        row.pack(fill="x", pady=(pixels(self, 16), 0))
        self.button = self._button(row, "已抄好", self.cancel, "close", "primary", "right")
        self._button(row, "复制", self.copy, "copy", "outline", "left")
        self._button(row, "存为文件…", self.save, "save", "outline", "left")

    def _button(self, row: Misc, text: str, command: Callable[[], Any], name: str, style: str, side: Any) -> ttk.Button:
        button = ttk.Button(row, text=text, command=command, name=name, bootstyle=style)
        button.pack(side=side, padx=(0, pixels(self, 8)))
        bind_key(button, "enter", command)
        return button

    def copy(self) -> None:
        self.clipboard_clear()
        self.clipboard_append(self._code)
        self.note.configure(text=COPIED)

    def save(self) -> None:
        """A small text file, to be printed; where it lies is the operator's choice."""
        path = self._choose_file("存为文件", name=f"{TITLE}.txt", types=TEXT_FILES, parent=self)
        if path is None:
            return
        try:
            path.write_text(CONTENT.format(title=TITLE, code=self._code, advice=WRITE_DOWN), encoding="utf-8-sig")
        except OSError:
            self.note.configure(text=NOT_SAVED)
        else:
            self.note.configure(text=SAVED.format(path.name))

    def ask(self) -> None:
        self.show(self.button)
