"""What a letter is typed into: subject, format, text, and the files that go with it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.mail import Letter
from crm_desktop.models.text import size_text
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_drafts import Noted, note, put_back
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.text_inputs import NoteInput, TextInput

FORMATS = (PickItem("text", "纯文本"), PickItem("html", "简单排版"))
FORMAT_NOTE = "排版可写 <b>加粗</b>"
NO_FILES = "没有附件"
TYPED = ("subject", "format", "body")


class LetterForm(ttk.Frame):
    """``on_change()`` hears of everything typed; ``files`` are changed by ``set_files``."""

    def __init__(self, parent: Misc, on_change: Callable[[], Any]) -> None:
        super().__init__(parent, padding=(pixels(parent, 8), 0, 0, 0))
        self.files: list[Path] = []
        self._taken = Letter()
        self.columnconfigure(1, weight=1)
        self.rowconfigure(2, weight=1)
        self.fields = {
            "subject": LabeledField(self, "主题", lambda body: TextInput(body, width=20), is_required=True).grid(0),
            "format": LabeledField(
                self, "格式", lambda body: ChoiceInput(body, FORMATS, width=10), note=FORMAT_NOTE
            ).grid(1, sticky="nw"),
            "body": LabeledField(
                self, "正文", lambda body: NoteInput(body, width=20, height=8), is_required=True
            ).grid(2, sticky="nsew"),
            "files": LabeledField(self, "附件", lambda body: TextInput(body, width=20)).grid(3),
        }
        self._text_grows()
        self.fields["files"].set_readonly()
        for name in TYPED:
            self.fields[name].input.bind(INPUT_CHANGED, lambda event: on_change(), add="+")
        self.last_typed_in: Any = self.fields["body"].input.control
        for name in ("subject", "body"):
            control = self.fields[name].input.control
            control.bind("<FocusIn>", lambda event: setattr(self, "last_typed_in", event.widget), add="+")
        bind_key(self.fields["subject"].input.control, "enter", self.fields["body"].focus)
        self.take(Letter())
        self.set_files([])

    def _text_grows(self) -> None:
        self.fields["body"].body.rowconfigure(0, weight=1)
        self.fields["body"].input.grid(sticky="nsew")

    @property
    def letter(self) -> Letter:
        """What stands there now."""
        fields = self.fields
        return Letter(fields["subject"].get().strip(), fields["body"].get(), fields["format"].get() == "html")

    @property
    def is_changed(self) -> bool:
        """Whether something was typed or chosen that closing would lose; a template as it came is not."""
        return self.letter != self._taken or bool(self.files)

    def take(self, letter: Letter) -> None:
        """Show another letter."""
        self._taken = Letter(letter.subject.strip(), letter.body, letter.is_html)
        self.fields["subject"].set(letter.subject)
        self.fields["body"].set(letter.body)
        self.fields["format"].set("html" if letter.is_html else "text")

    def set_files(self, files: list[Path]) -> None:
        """These go with the letter; each is told with its size."""
        self.files = files
        sizes = (size_text(each.stat().st_size) if each.is_file() else "找不到了" for each in files)
        told = (f"{each.name}（{size}）" for each, size in zip(files, sizes, strict=True))
        self.fields["files"].set("，".join(told) or NO_FILES)

    def insert(self, text: str) -> None:
        """At the cursor of the subject or the text, whichever was typed into last."""
        self.last_typed_in.insert("insert", text)
        self.last_typed_in.focus_set()

    # -- drafts and errors -----------------------------------------------------------------------------------------

    def noted(self) -> dict[str, Noted]:
        """What is to outlive the program."""
        typed = note({name: self.fields[name] for name in TYPED})
        return {**typed, "paths": ([str(each) for each in self.files], None)}

    def put_back(self, noted: Mapping[str, Noted]) -> None:
        """As it was when the program ended."""
        put_back(self.fields, {name: each for name, each in noted.items() if name in TYPED})
        self.set_files([Path(each) for each in noted["paths"][0]])

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Each at its field, the cursor in the first; without any, all are taken away."""
        for name, field in self.fields.items():
            field.set_error(errors.get(name))
        first = next((name for name in self.fields if name in errors), None)
        if first is not None:
            self.fields[first].focus()
