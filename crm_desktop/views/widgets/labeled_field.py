"""A field of a form: its label, its input, and the line beneath that speaks when something is wrong."""

from collections.abc import Callable, Sequence
from functools import cached_property
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.input import Input

HintButton = tuple[str, Callable[[], Any]]


class LabeledField:
    """Label with ：, red * when required, input, and a red error or yellow hint line that takes no room while
    empty.

    ``make_input(parent)`` builds the input. ``grid`` uses two columns of the parent, so labels of one column
    align.
    """

    def __init__(
        self,
        parent: Misc,
        label: str,
        make_input: Callable[[Misc], Input],
        *,
        is_required: bool = False,
        note: str = "",
    ) -> None:
        self.label_text = label
        self.label = ttk.Frame(parent)
        self.body = ttk.Frame(parent)
        ttk.Label(self.label, text=f"{label}：" if label else "").pack(side="right")
        if is_required:
            ttk.Label(self.label, text="*", style="Error.TLabel").pack(side="right")
        self.input = make_input(self.body)
        self.input.grid(row=0, column=0, sticky="ew")
        self.body.columnconfigure(0, weight=1)
        if note:
            ttk.Label(self.body, text=note, style="Small.TLabel").grid(row=0, column=1, padx=(pixels(parent, 6), 0))
        self._hint_buttons: list[ttk.Button] = []
        self._is_hinting = self._is_wrong = False
        self.input.show_errors_with(self._show_error)

    # The lines below are made when there is something to say: a form of 45 fields opens half as fast with all of them.

    @cached_property
    def error_line(self) -> ttk.Label:
        return self._line(self.body, "Error.TLabel")

    @cached_property
    def hint_line(self) -> ttk.Frame:
        return ttk.Frame(self.body, style="Hint.TFrame")

    @cached_property
    def hint_text(self) -> ttk.Label:
        return self._line(self.hint_line, "Hint.TLabel")

    def _line(self, parent: Misc, style: str) -> ttk.Label:
        """One character wide: a long sentence takes a second line rather than making the form wider."""
        line = ttk.Label(parent, style=style, width=1)
        line.bind("<Configure>", _wrap, add="+")
        return line

    def grid(self, row: int, column: int = 0, columnspan: int = 1, sticky: str = "new") -> "LabeledField":
        """Place the field in the ``column``-th pair of grid columns; ``columnspan`` counts pairs."""
        gap, indent = pixels(self.body, 3), pixels(self.body, 16 if column else 0)
        top = pixels(self.body, 5)
        self.label.grid(row=row, column=2 * column, sticky="ne", padx=(indent, gap), pady=(gap + top, gap))
        self.body.grid(row=row, column=2 * column + 1, columnspan=2 * columnspan - 1, sticky=sticky, pady=gap)
        return self

    def grid_remove(self) -> None:
        self.label.grid_remove()
        self.body.grid_remove()

    def get(self) -> Any:
        return self.input.get()

    def set(self, value: Any, text: str | None = None) -> None:
        self.input.set(value, text)

    def set_error(self, sentence: str | None) -> None:
        self.input.set_error(sentence)

    def set_readonly(self, is_readonly: bool = True) -> None:
        self.input.set_readonly(is_readonly)

    def focus(self) -> None:
        self.input.focus_set()

    def set_hint(self, sentence: str | None, buttons: Sequence[HintButton] = ()) -> None:
        """A yellow line: what to know and what can be done about it; None takes it away."""
        for button in self._hint_buttons:
            button.destroy()
        self._hint_buttons = []
        if not sentence:
            if self._is_hinting:
                self.hint_line.grid_remove()
            self._is_hinting = False
            return
        self._is_hinting = True
        self.hint_text.configure(text=sentence)
        self.hint_text.pack_forget()
        for text, command in reversed(buttons):
            button = ttk.Label(self.hint_line, text=text, style="HintLink.TLabel", cursor="hand2", takefocus=True)
            for sequence in ("<Button-1>", "<Return>", "<KP_Enter>", "<space>"):
                button.bind(sequence, lambda event, command=command: command())
            button.pack(side="right", padx=pixels(self.body, 6))
            self._hint_buttons.insert(0, button)
        self.hint_text.pack(side="left", fill="x", expand=True, padx=pixels(self.body, 4))
        for button in self._hint_buttons:
            button.lift()  # Tab follows the order in which they stand
        self.hint_line.grid(row=2, column=0, columnspan=2, sticky="ew")

    def _show_error(self, sentence: str | None) -> None:
        if sentence:
            self.error_line.configure(text=sentence)
            self.error_line.grid(row=1, column=0, columnspan=2, sticky="ew")
        elif self._is_wrong:
            self.error_line.grid_remove()
        self._is_wrong = bool(sentence)


def _wrap(event: Any) -> None:
    event.widget.configure(wraplength=max(event.width - 4, 1))
