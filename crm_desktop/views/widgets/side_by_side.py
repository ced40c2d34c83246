"""Records beside each other, a line for each field: arrows choose whose value is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import Palette, on_theme_change, pixels, row_height, text_width

CHOSEN, OPEN = "● ", "○ "
NARROWEST, WIDEST = 150, 300
"""Width of a record's column at 100 %."""


@dataclass(frozen=True)
class Line:
    """``texts`` are what each record has; ``key`` names the line to who hears of a choice."""

    key: str
    label: str
    texts: tuple[str, ...]
    takes_all: bool = False
    """Whether all of them may be kept together."""

    @property
    def differs(self) -> bool:
        return len(set(self.texts)) > 1


class SideBySide(ttk.Frame):
    """``on_choose(key, place)`` is called with the record's place, or None for all together; it answers by ``show``.

    ``on_move`` is called when the cursor has gone to another line, ``on_end`` by Enter on the last one.
    """

    def __init__(
        self,
        parent: Misc,
        titles: Sequence[str],
        *,
        lines: int,
        on_choose: Callable[[str, int | None], Any],
        on_move: Callable[[], Any],
        on_end: Callable[[], Any],
    ) -> None:
        super().__init__(parent)
        self._on_choose, self._on_move, self._on_end = on_choose, on_move, on_end
        self._lines: list[Line] = []
        self._chosen: Mapping[str, int | None] = {}
        self._places = [f"#{number}" for number in range(2, len(titles) + 2)]
        names = ("field", *(str(number) for number in range(len(titles))))
        self.tree = ttk.Treeview(self, columns=names, show="headings", selectmode="browse", height=lines)
        bar = ttk.Scrollbar(self, command=self.tree.yview)
        self.tree.configure(yscrollcommand=bar.set)
        self.tree.grid(row=0, column=0, sticky="nsew")
        bar.grid(row=0, column=1, sticky="ns")
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        room = (self.winfo_screenwidth() - pixels(self, 240)) // len(titles)
        width = max(pixels(self, NARROWEST), min(pixels(self, WIDEST), room))
        for name, title in zip(names, ("栏目", *titles), strict=True):
            self.tree.heading(name, text=title, anchor="w")
            self.tree.column(name, width=width, anchor="w", stretch=name != "field")
        self.tree.column("field", width=text_width("统一社会信用") + pixels(self, 20))
        self._bind_events()
        on_theme_change(self.tree, self._paint)

    def show(self, lines: Sequence[Line], chosen: Mapping[str, int | None]) -> None:
        """Show these lines, and which value of each is chosen; the cursor stays on its line."""
        current, self._lines, self._chosen = self.current, list(lines), chosen
        self.tree.delete(*self.tree.get_children())
        for line in self._lines:
            tags = ("differs",) if line.differs else ("same",)
            self.tree.insert("", "end", iid=line.key, values=(line.label, *self._cells(line)), tags=tags)
        self.go_to(current.key if current is not None else None)

    @property
    def current(self) -> Line | None:
        """The line with the cursor."""
        focused = self.tree.focus()
        return next((line for line in self._lines if line.key == focused), None)

    def go_to(self, key: str | None) -> None:
        """Put the cursor on a line, on the first where there is no such line."""
        keys = [line.key for line in self._lines]
        if keys:
            wanted = key if key in keys else keys[0]
            self.tree.focus(wanted)
            self.tree.selection_set(wanted)
            self.tree.see(wanted)
            self._on_move()

    def focus_set(self) -> None:
        self.tree.focus_set()

    def _cells(self, line: Line) -> list[str]:
        chosen = self._chosen.get(line.key)
        marks = (CHOSEN if line.differs and chosen in (None, place) else OPEN for place in range(len(line.texts)))
        return [
            (mark if line.differs else "") + " ".join(text.split())
            for mark, text in zip(marks, line.texts, strict=True)
        ]

    def _bind_events(self) -> None:
        for sequence, step in (("<Left>", -1), ("<Right>", 1), ("<space>", 1)):
            bind_key(self.tree, sequence, lambda step=step, sequence=sequence: self._step(step, sequence == "<space>"))
        for sequence, step in (("<Up>", -1), ("<Down>", 1), ("enter_back", -1)):
            bind_key(self.tree, sequence, lambda step=step: self._move(step))
        bind_key(self.tree, "enter", self._next)
        self.tree.bind("<<TreeviewSelect>>", lambda event: self._on_move(), add="+")
        self.tree.bind("<ButtonRelease-1>", self._clicked, add="+")

    def _step(self, step: int, goes_round: bool) -> None:
        """The neighbour's value; behind the last one comes all together, where that is possible."""
        line = self.current
        if line is None or not line.differs:
            return
        choices: list[int | None] = [*range(len(line.texts)), *([None] if line.takes_all else [])]
        place = choices.index(self._chosen.get(line.key)) + step
        if goes_round:
            place %= len(choices)
        self._on_choose(line.key, choices[max(0, min(place, len(choices) - 1))])

    def _move(self, step: int) -> None:
        keys = [line.key for line in self._lines]
        if keys:
            place = keys.index(self.tree.focus()) + step
            self.go_to(keys[max(0, min(place, len(keys) - 1))])

    def _next(self) -> None:
        if not self._lines or self.tree.focus() == self._lines[-1].key:
            self._on_end()
        else:
            self._move(1)

    def _clicked(self, event: Event) -> None:
        key, column = self.tree.identify_row(event.y), self.tree.identify_column(event.x)
        line = next((each for each in self._lines if each.key == key), None)
        if line is not None and line.differs and column in self._places:
            self._on_choose(key, self._places.index(column))

    def _paint(self, colors: Palette) -> None:
        self.tree.tag_configure("differs", background=colors.hint, foreground=colors.hint_text)
        self.tree.tag_configure("same", foreground=colors.muted)


def lines_that_fit(widget: Misc, wanted: int, around: int) -> int:
    """At most ``wanted`` lines, so that with ``around`` pixels (at 100 %) of other things they fit on the screen."""
    room = widget.winfo_screenheight() - pixels(widget, around)
    return max(4, min(wanted, room // row_height(widget)))
