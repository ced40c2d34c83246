"""A table of ticks, rows against columns: arrows move, the space bar ticks a cell, a whole row or a whole column."""

from collections.abc import Callable, Collection, Sequence
from tkinter import Canvas, Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import Palette, mix, on_theme_change, palette, pixels, row_height, text_width

Cell = tuple[str, str]
"""The keys of a row and a column."""
Labelled = Sequence[tuple[str, str]]
"""(key, label) of each row or column."""

BOX, NARROWEST_GAP, WIDEST = 14, 12, 104
"""The square, the air beside a column's label, the widest column; at 100 %."""
AROUND = 232
"""Height of what else stands on the screen, at 100 %: in a window of its own it must not grow beyond."""
LABELS = -1
"""The place of the column that holds the names of the rows, and of the row that holds those of the columns."""
PAGE = 8


class CheckMatrix(ttk.Frame):
    """``on_toggle(cells, is_ticked)`` is called when the operator ticks; it answers by ``show``.

    ``cells`` are those that exist. ``on_move`` is called when the cursor has gone to another cell.
    """

    def __init__(
        self,
        parent: Misc,
        rows: Labelled,
        columns: Labelled,
        cells: Collection[Cell],
        *,
        on_toggle: Callable[[list[Cell], bool], Any],
        on_move: Callable[[], Any] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self._rows, self._columns, self._cells = list(rows), list(columns), cells
        self._on_toggle, self._on_move = on_toggle, on_move
        self._ticked: Collection[Cell] = ()
        self._fixed: Collection[Cell] = ()
        self.is_readonly = False
        self.place = (0, 0)
        """Row and column of the cursor; ``LABELS`` is the names' own."""
        self._line = row_height(self)
        self._names = max(text_width(label) for _, label in self._rows) + pixels(self, 24)
        self._wide = self._least = self._least_column()
        self.head = self._canvas(self._line + pixels(self, 4), takefocus=0)
        room = self.winfo_screenheight() - pixels(self, AROUND)
        self.control = self._canvas(min(self._line * len(self._rows), room), takefocus=1)
        self._arrange()
        self._bind_events()
        on_theme_change(self.control, lambda colors: self._draw())

    def show(self, ticked: Collection[Cell], fixed: Collection[Cell] = ()) -> None:
        """Tick these and no others; ``fixed`` are ticked in grey and stay so."""
        self._ticked, self._fixed = ticked, fixed
        self._draw()

    @property
    def cell(self) -> Cell | None:
        """The cell under the cursor; None on a name, or where there is no cell."""
        row, column = self.place
        if LABELS in self.place:
            return None
        found = self._rows[row][0], self._columns[column][0]
        return found if found in self._cells else None

    def focus_set(self) -> None:
        self.control.focus_set()

    def toggle(self) -> None:
        """Tick what is under the cursor, or take the ticks away when all of it has one."""
        open_cells = [each for each in self._under(*self.place) if each not in self._fixed]
        if open_cells and not self.is_readonly:
            self._on_toggle(open_cells, not all(each in self._ticked for each in open_cells))

    # -- building --------------------------------------------------------------------------------------------------

    def _canvas(self, height: int, takefocus: int) -> Canvas:
        width = self._names + self._least * len(self._columns)
        return Canvas(self, width=width, height=height, highlightthickness=0, borderwidth=0, takefocus=takefocus)

    def _arrange(self) -> None:
        bar = ttk.Scrollbar(self, command=self.control.yview)
        self.control.configure(yscrollcommand=bar.set, yscrollincrement=self._line)
        self.head.grid(row=0, column=0, sticky="ew")
        self.control.grid(row=1, column=0, sticky="nsew")
        bar.grid(row=1, column=1, sticky="ns")
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)

    def _least_column(self) -> int:
        return max(text_width(label) for _, label in self._columns) + pixels(self, NARROWEST_GAP)

    def _bind_events(self) -> None:
        moves = {"<Up>": (-1, 0), "<Down>": (1, 0), "<Left>": (0, -1), "<Right>": (0, 1),
                 "<Prior>": (-PAGE, 0), "<Next>": (PAGE, 0), "<Home>": (0, -99), "<End>": (0, 99)}  # fmt: skip
        for sequence, (down, right) in moves.items():
            bind_key(self.control, sequence, lambda down=down, right=right: self._move(down, right))
        bind_key(self.control, "<space>", self.toggle)
        for sequence in ("<FocusIn>", "<FocusOut>"):
            self.control.bind(sequence, lambda event: self._draw(), add="+")
        self.control.bind("<Configure>", self._resized, add="+")
        self.control.bind("<Button-1>", lambda event: self._clicked(event, self.control))
        self.head.bind("<Button-1>", lambda event: self._clicked(event, self.head))
        for sequence, step in (("<MouseWheel>", 0), ("<Button-4>", -3), ("<Button-5>", 3)):
            self.control.bind(sequence, lambda event, step=step: self._wheel(event, step))

    def _wheel(self, event: Event, step: int) -> str:
        self.control.yview_scroll(step or (-3 if event.delta > 0 else 3), "units")
        return "break"

    # -- moving ----------------------------------------------------------------------------------------------------

    def _move(self, down: int, right: int) -> None:
        row, column = self.place
        self._go(
            min(max(row + down, LABELS), len(self._rows) - 1), min(max(column + right, LABELS), len(self._columns) - 1)
        )

    def _go(self, row: int, column: int) -> None:
        self.place = row, column
        self._see(max(row, 0))
        self._draw()
        self._on_move()

    def _see(self, row: int) -> None:
        shown = max(1, self.control.winfo_height() // self._line)
        top = round(self.control.canvasy(0) / self._line)
        if row < top or row >= top + shown:
            first = row if row < top else row - shown + 1
            self.control.yview_moveto(first / len(self._rows))

    def _clicked(self, event: Event, canvas: Canvas) -> None:
        self.control.focus_set()
        row = LABELS if canvas is self.head else int(canvas.canvasy(event.y)) // self._line
        column = LABELS if event.x < self._names else (event.x - self._names) // self._wide
        if row < len(self._rows) and column < len(self._columns):
            self._go(row, column)
            self.toggle()

    def _under(self, row: int, column: int) -> list[Cell]:
        """The cells of a place: one, those of a row or a column, or all."""
        rows = self._rows if row == LABELS else [self._rows[row]]
        columns = self._columns if column == LABELS else [self._columns[column]]
        return [cell for each, _ in rows for other, _ in columns if (cell := (each, other)) in self._cells]

    # -- drawing ---------------------------------------------------------------------------------------------------

    def _resized(self, event: Event) -> None:
        room = (event.width - self._names) // len(self._columns)
        self._wide = max(self._least, min(room, pixels(self, WIDEST)))
        self._draw()

    def _draw(self) -> None:
        colors, width = palette(), self._names + self._wide * len(self._columns)
        for canvas, ground in ((self.head, colors.background), (self.control, colors.background)):
            canvas.delete("all")
            canvas.configure(background=ground)
        self.control.configure(scrollregion=(0, 0, width, self._line * len(self._rows)))
        self.head.create_rectangle(0, 0, width, 999, fill=colors.heading, width=0)
        for column, (_, label) in enumerate(self._columns):
            x = self._left(column) + self._wide // 2
            self.head.create_text(x, int(self.head.cget("height")) // 2, text=label, fill=colors.text)
        for row in range(len(self._rows)):
            self._draw_row(row, width, colors)
        self._draw_cursor(colors)

    def _draw_row(self, row: int, width: int, colors: Palette) -> None:
        key, label = self._rows[row]
        top, middle = self._line * row, self._line * row + self._line // 2
        ground = colors.zebra if row % 2 else colors.field
        self.control.create_rectangle(0, top, width, top + self._line, fill=ground, width=0)
        self.control.create_text(pixels(self, 10), middle, text=label, anchor="w", fill=colors.text)
        for column, (other, _) in enumerate(self._columns):
            if (key, other) in self._cells:
                self._draw_box(self._left(column) + self._wide // 2, middle, (key, other), colors)

    def _draw_box(self, x: int, y: int, cell: Cell, colors: Palette) -> None:
        half = pixels(self, BOX) // 2
        is_fixed, is_ticked = cell in self._fixed, cell in self._ticked or cell in self._fixed
        grey = mix(colors.muted, colors.field, 0.55)
        fill = grey if is_fixed else colors.primary if is_ticked else colors.field
        edge = fill if is_ticked else mix(colors.text, colors.field, 0.35)
        self.control.create_rectangle(x - half, y - half, x + half, y + half, fill=fill, outline=edge, width=1)
        if is_ticked:
            tick = [(-0.55, 0.05), (-0.15, 0.45), (0.6, -0.4)]
            points = [length for dx, dy in tick for length in (x + dx * half, y + dy * half)]
            self.control.create_line(*points, fill="#ffffff", width=pixels(self, 2), capstyle="round")

    def _draw_cursor(self, colors: Palette) -> None:
        if self.control.focus_get() is not self.control:
            return
        row, column = self.place
        canvas = self.head if row == LABELS else self.control
        top = 0 if row == LABELS else self._line * row
        height = int(self.head.cget("height")) if row == LABELS else self._line
        left, width = self._left(column), self._names if column == LABELS else self._wide
        canvas.create_rectangle(left + 1, top + 1, left + width - 1, top + height - 1, outline=colors.primary, width=2)

    def _left(self, column: int) -> int:
        return 0 if column == LABELS else self._names + self._wide * column
