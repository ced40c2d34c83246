"""预览: the letter as each recipient gets it, one after the other."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop import system
from crm_desktop.controllers.mail import Letter, Preview
from crm_desktop.errors import CrmError
from crm_desktop.views.desk import Desk
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import BOLD_FONT, pixels
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.text_inputs import NoteInput

LEFT_OUT = "这位不发：{}"
MISSING = "这位没有：{}，这些地方会空着。"
DROPPED = "这些网页标签不能用，已去掉：{}。"


class PreviewWindow(ModalWindow):
    """``records`` are those of ``entity`` to whom the letter goes; it begins with the one at ``place``."""

    def __init__(
        self, parent: Misc, desk: Desk, letter: Letter, entity: str, records: Sequence[int], place: int
    ) -> None:
        super().__init__(parent, "邮件预览")
        self._desk, self._letter, self._entity, self._records = desk, letter, entity, records
        self.place = place
        self.seen: Preview | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._build()
        self.go(0)

    def _build(self) -> None:
        gap = pixels(self, 6)
        self.head = ttk.Label(self.body, font=BOLD_FONT, name="head")
        self.head.pack(anchor="w")
        self.subject = ttk.Label(self.body, wraplength=pixels(self, 620), name="subject")
        self.subject.pack(anchor="w", pady=gap)
        row = ttk.Frame(self.body)
        row.pack(side="bottom", fill="x", pady=(gap, 0))
        self.note = ttk.Label(self.body, style="Error.TLabel", wraplength=pixels(self, 620), name="note")
        self.note.pack(side="bottom", anchor="w", pady=(gap, 0))
        self.text = NoteInput(self.body, width=84, height=16)
        self.text.pack(fill="both", expand=True)
        for name, label, command in (
            ("close", "关闭 Esc", self.cancel), ("browser", "在浏览器中看", self.open_browser),
            ("next", "下一封 Ctrl+PageDown", lambda: self.go(1)),
            ("previous", "上一封 Ctrl+PageUp", lambda: self.go(-1)),
        ):  # fmt: skip
            button = ttk.Button(row, text=label, bootstyle="outline", command=command, name=name)
            button.pack(side="right", padx=(gap, 0))
            button.lower()
            bind_key(button, "enter", command)
            setattr(self, f"{name}_button", button)
        if not self._letter.is_html:
            row.nametowidget("browser").pack_forget()
        for window in (self, self.text.control):
            bind_key(window, "next_record", lambda: self.go(1))
            bind_key(window, "previous_record", lambda: self.go(-1))
        self.bind("<Destroy>", lambda event: self._tidy() if event.widget is self else None, add="+")

    def ask(self) -> None:
        """Show it until it is closed."""
        self.show(self.text.control)

    def go(self, step: int) -> None:
        """To the next or the previous recipient; nothing happens beyond the ends."""
        place = self.place + step
        if not 0 <= place < len(self._records):
            return
        self.place = place
        try:
            self.seen = self._desk.office.mail.preview(self._letter, self._entity, self._records[place])
        except CrmError as error:
            self._show(f"第 {place + 1} 封", "", "", str(error))
            return
        seen = self.seen
        notes = (
            (LEFT_OUT, [seen.reason] if seen.reason else []), (MISSING, seen.missing), (DROPPED, seen.dropped),
        )  # fmt: skip
        note = "　".join(text.format("、".join(words)) for text, words in notes if words)
        head = f"第 {place + 1} 封，共 {len(self._records)} 封　{seen.name}　{seen.address}"
        self._show(head, seen.subject, seen.text, note)

    def _show(self, head: str, subject: str, text: str, note: str) -> None:
        self.head.configure(text=head)
        self.subject.configure(text=f"主题：{subject}")
        self.text.set(text)
        self.text.set_readonly()
        self.note.configure(text=note)

    def open_browser(self) -> None:
        """A letter with tags as it will look, in the system's browser."""
        if self.seen is None or not self.seen.html:
            return
        self._folder = self._folder or TemporaryDirectory(ignore_cleanup_errors=True)
        path = Path(self._folder.name) / "邮件预览.html"
        path.write_text(f'<meta charset="utf-8">{self.seen.html}', encoding="utf-8")
        try:
            system.open_path(path)
        except CrmError as error:
            self._desk.dialogs.show_error(error, parent=self)

    def _tidy(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
