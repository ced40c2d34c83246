"""Inputs that are typed into: a line, a note, a number, a password; and the flag."""

from collections.abc import Callable
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError
from crm_desktop.views.keys import is_composing
from crm_desktop.views.listening import on_write
from crm_desktop.views.theme import Palette, on_theme_change, palette, pixels
from crm_desktop.views.widgets.input import Input

CAPS_LOCK = 0x2
Tidy = Callable[[str], str]


class TextInput(Input):
    """One line of text.

    ``tidy`` runs when the focus leaves: it returns the text in its proper form (half-width, date, amount) or
    raises
    a CrmError whose sentence is then shown; what was typed stays. ``max_length`` counts characters, not Tcl
    units.
    """

    def __init__(
        self,
        parent: Misc,
        *,
        width: int = 24,
        max_length: int | None = None,
        tidy: Tidy | None = None,
        align: str = "left",
        mask: str = "",
    ) -> None:
        super().__init__(parent)
        self._max_length = max_length
        self._tidy = tidy
        self._is_setting = False
        self._is_right = align == "right"
        self.text = ttk.StringVar(self)
        self.control = ttk.Entry(self, textvariable=self.text, width=width, justify=align, show=mask)
        self.control.pack(side="left", fill="x", expand=True)
        on_write(self, self.text, self._typed)
        self.control.bind("<FocusOut>", lambda event: self.check(), add="+")
        self._suggestion: ttk.Label | None = None

    def get(self) -> str:
        return str(self.text.get())

    def set(self, value: Any, text: str | None = None) -> None:
        self._is_setting = True
        self.text.set(text if text is not None else "" if value is None else str(value))
        self._is_setting = False
        self.set_error(None)

    @property
    def suggestion(self) -> str:
        """What stands in grey in the empty field, "" when something is typed."""
        return "" if self._suggestion is None or self.get() else str(self._suggestion.cget("text"))

    def suggest(self, text: str) -> None:
        """Show in grey what the program will fill in if nothing is typed; ``get`` stays empty."""
        if self._suggestion is None:
            self._suggestion = ttk.Label(self, style="Placeholder.TLabel", cursor="xterm")
            self._suggestion.bind("<Button-1>", lambda event: self.control.focus_set())
        self._suggestion.configure(text=text)
        self._show_suggestion()

    def _show_suggestion(self) -> None:
        if self._suggestion is not None and self.suggestion:
            gap = pixels(self, 9)
            side = {"anchor": "e", "relx": 1, "x": -gap} if self._is_right else {"anchor": "w", "relx": 0, "x": gap}
            self._suggestion.place(in_=self.control, rely=0.5, **side)
        elif self._suggestion is not None:
            self._suggestion.place_forget()

    def check(self) -> bool:
        """Bring the text into its proper form; False when it cannot be, and the field says why."""
        typed = self.get()
        if self.is_readonly or self._too_long(typed):
            return not self.error
        if not self._tidy or not typed.strip():
            return True
        try:
            tidy = self._tidy(typed)
        except CrmError as error:
            self.set_error(str(error))
            return False
        if tidy != typed:
            self.set(tidy)
            self.changed()
        return True

    def _typed(self, *_: str) -> None:
        self._show_suggestion()
        if self._is_setting:
            return
        if not self._too_long(self.get()) and self.error:
            self.set_error(None)
        self.changed()

    def _too_long(self, text: str) -> bool:
        if self._max_length is None or len(text) <= self._max_length:
            return False
        self.set_error(f"最多 {self._max_length} 个字，现在有 {len(text)} 个。")
        return True


class NumberInput(TextInput):
    """A number, right-aligned."""

    def __init__(self, parent: Misc, *, width: int = 14, tidy: Tidy | None = None) -> None:
        super().__init__(parent, width=width, tidy=tidy, align="right")


class PasswordInput(TextInput):
    """Shown as dots; the eye shows it while pressed, and a hint says when Caps Lock is on."""

    def __init__(self, parent: Misc, *, width: int = 24) -> None:
        super().__init__(parent, width=width, mask="●")
        eye = self.add_button("eye", lambda: self.control.configure(show=""))
        eye.bind("<ButtonRelease-1>", lambda event: self.control.configure(show="●"), add="+")
        self.caps_hint = ttk.Label(self, text="大写锁定", style="Hint.TLabel")
        self.control.bind("<KeyPress>", self._watch_caps_lock, add="+")

    def _watch_caps_lock(self, event: Event) -> None:
        if is_composing(event) or event.keysym == "Caps_Lock":
            return
        if int(event.state) & CAPS_LOCK:
            self.caps_hint.pack(side="right", padx=4)
        else:
            self.caps_hint.pack_forget()


class NoteInput(Input):
    """Several lines; Ctrl+Enter is a new line, Tab and Enter go on (``keys.enter_moves_focus``)."""

    def __init__(self, parent: Misc, *, width: int = 40, height: int = 3, max_length: int | None = None) -> None:
        super().__init__(parent)
        self._max_length = max_length
        self.control = ttk.Text(self, width=width, height=height, wrap="char", undo=True)
        self.control.pack(side="left", fill="both", expand=True)
        self.control.bind("<<Modified>>", self._modified, add="+")
        self.control.bind("<Tab>", lambda event: self._leave(self.control.tk_focusNext()))
        self.control.bind("<Shift-Tab>", lambda event: self._leave(self.control.tk_focusPrev()))
        if self.tk.call("tk", "windowingsystem") == "x11":
            self.control.bind("<ISO_Left_Tab>", lambda event: self._leave(self.control.tk_focusPrev()))
        on_theme_change(self.control, lambda colors: self._paint(colors))

    def get(self) -> str:
        return str(self.control.get("1.0", "end-1c"))

    def set(self, value: Any, text: str | None = None) -> None:
        self.control.configure(state="normal")
        self.control.replace("1.0", "end-1c", text if text is not None else value or "")
        self.control.edit_reset()
        self.control.edit_modified(False)
        self._lock(self.is_readonly)
        self.set_error(None)

    def _modified(self, _event: Event) -> None:
        if not self.control.edit_modified():
            return
        self.control.edit_modified(False)
        length = len(self.get())
        if self._max_length is not None and length > self._max_length:
            self.set_error(f"最多 {self._max_length} 个字，现在有 {length} 个。")
        elif self.error:
            self.set_error(None)
        self.changed()

    def _leave(self, target: Misc | None) -> str:
        if target is not None:
            target.focus_set()
        return "break"

    def _mark(self, is_wrong: bool) -> None:
        self._paint(palette())

    def _paint(self, colors: Palette) -> None:
        resting = colors.danger if self.error else colors.border
        focused = colors.danger if self.error else colors.primary
        ground = colors.zebra if self.is_readonly else colors.field
        self.control.configure(highlightbackground=resting, highlightcolor=focused, background=ground)

    def _lock(self, is_readonly: bool) -> None:
        self.control.configure(state="disabled" if is_readonly else "normal")
        self._paint(palette())


class FlagInput(Input):
    """Yes or no; ``caption`` stands behind the box."""

    def __init__(self, parent: Misc, *, caption: str = "") -> None:
        super().__init__(parent)
        self._value = ttk.BooleanVar(self, value=False)
        self.control = ttk.Checkbutton(self, text=caption, variable=self._value, command=self.changed)
        self.control.pack(side="left", pady=pixels(self, 7))

    def get(self) -> bool:
        return bool(self._value.get())

    def set(self, value: Any, text: str | None = None) -> None:
        self._value.set(bool(value))
        self.set_error(None)

    def _lock(self, is_readonly: bool) -> None:
        self.control.state(["disabled" if is_readonly else "!disabled"])
