"""A grid of typed texts that behaves like a sheet of Excel: paste, fill down, undo; it knows nothing of records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from tkinter import Event, Misc
from tkinter.font import nametofont
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.theme import Palette, mix, on_theme_change, pixels, text_width
from crm_desktop.views.timers import cancel_timers
from crm_desktop.views.widgets.grid_keys import GridKeys
from crm_desktop.views.widgets.grid_paste import beyond, by_headings, parse

BINDINGS = (
    "single_select", "drag_select", "ctrl_select", "select_all", "row_select", "column_select", "column_width_resize",
    "arrowkeys", "tab", "copy", "cut", "paste", "delete", "undo", "edit_cell",
)  # fmt: skip
FIRST_ROWS, BLANK_BELOW = 30, 10
"""So many rows stand ready, and so many always wait below the last one that was filled."""
NARROWEST, WIDEST = 8, 40
Cell = tuple[int, int]
REDO = ["<Control-y>", "<Control-Y>", "<Control-Shift-z>", "<Control-Shift-Z>"]
HEADINGS = "已按标题行对应各列。"
UNKNOWN = "没有这些列，未粘贴：{}。"
BEYOND = "超出最后一列的 {} 格没有粘贴。"


class PastedByHeading(Exception):
    """What was copied has been put where its headings say."""


@dataclass(frozen=True)
class GridColumn:
    """``choices`` are offered in a list, typing goes on to be possible; ``width`` is in half-width characters."""

    key: str
    label: str
    width: int = 12
    align: str = "w"
    choices: Sequence[str] = ()


class GridSheet(ttk.Frame):
    """``on_change(rows)`` hears which rows were touched; None means that rows moved, so all of them.

    ``on_select()`` follows the cursor; ``on_paste(told)`` says what of a paste went elsewhere, or nowhere. Rows and
    columns count from 0; ``on_hover(cell)`` hears which one the mouse has come to, None beside them. ``on_typing()``
    hears each key in a cell that is not left yet.
    """

    def __init__(
        self,
        parent: Misc,
        columns: Sequence[GridColumn],
        on_change: Callable[[set[int] | None], Any],
        on_select: Callable[[], Any] = lambda: None,
        on_paste: Callable[[str], Any] = lambda told: None,
        on_hover: Callable[[Cell | None], Any] = lambda cell: None,
        on_typing: Callable[[], Any] = lambda: None,
    ) -> None:
        import tksheet  # loads only when a grid is opened

        super().__init__(parent, name="grid")
        self.columns = list(columns)
        self._on_change, self._on_select, self._on_paste = on_change, on_select, on_paste
        self._on_hover, self._hovered = on_hover, None
        font = nametofont("TkTextFont").actual()
        face = (font["family"], font["size"], "normal")
        self.sheet = tksheet.Sheet(
            self,
            headers=[*(column.label for column in columns), ""],
            data=self._blank(FIRST_ROWS),
            font=face, header_font=face, index_font=face, popup_menu_font=face,
            paste_can_expand_y=True, edit_cell_return="right", edit_cell_tab="right", table_wrap="",
            default_row_index_width=pixels(self, 44), startup_focus=False, rounded_boxes=False,
            column_drag_and_drop_perform=False, row_drag_and_drop_perform=False, max_undos=100,
            empty_horizontal=0, empty_vertical=0, redo_bindings=REDO,
        )  # fmt: skip
        self.sheet.pack(fill="both", expand=True)
        self.sheet.enable_bindings(*BINDINGS)
        for place, column in enumerate(columns):
            wide = max(NARROWEST, min(WIDEST, max(column.width, 2 * len(column.label) + 2)))
            self.sheet.column_width(place, text_width("0") * wide + pixels(self, 10))
            self.sheet.align_columns(place, column.align)
            if column.choices:
                self.sheet.dropdown_column(
                    place, values=list(column.choices), edit_data=False, state="normal", validate_input=False
                )
        self.sheet.hide_columns(len(self.columns))  # the key, which goes wherever its row goes
        self.sheet.extra_bindings("begin_paste", self._pasting)
        self.sheet.bind("<<SheetModified>>", self._modified)
        self.sheet.bind("<<SheetSelect>>", lambda event: self._on_select())
        self.typing = GridKeys(self.sheet, self._go, lambda column: self.columns[column].choices, on_typing)
        self.sheet.MT.bind("<Motion>", self._mouse_moved, add="+")
        self.sheet.MT.bind("<Leave>", lambda event: self._hover(None), add="+")
        on_theme_change(self, self._paint)

    def destroy(self) -> None:
        """The sheet outlines a copy or a paste for a second and a half, and would do so when it is gone."""
        cancel_timers(self)
        super().destroy()

    # -- content ---------------------------------------------------------------------------------------------------

    def rows(self) -> list[list[str]]:
        """Every row as it stands, blank ones and what is being typed included."""
        rows = [["" if cell is None else str(cell) for cell in row[:-1]] for row in self.sheet.data]
        if self.typing.typed is not None:
            row, column, text = self.typing.typed
            rows[row][column] = text
        return rows

    def keys(self) -> list[str]:
        """What was given with each row; empty for rows that were made here."""
        return [str(row[-1] or "") for row in self.sheet.data]

    def filled(self) -> list[str]:
        """The key of each row that is not blank, without reading the others' cells twice."""
        return [str(row[-1] or "") for row in self.sheet.data if any(cell and str(cell).strip() for cell in row)]

    def set_rows(self, rows: Sequence[Sequence[str]], keys: Sequence[str] = ()) -> None:
        """Show these, with blank ones below; what was undone before is forgotten."""
        known = [*keys, *[""] * len(rows)]
        data = [[*row, key] for row, key in zip(rows, known, strict=False)]
        self.sheet.set_sheet_data(
            data + self._blank(max(BLANK_BELOW, FIRST_ROWS - len(rows))), reset_col_positions=False
        )
        self.sheet.reset_undos()
        self._on_change(None)

    def set_cell(self, row: int, column: int, text: str) -> None:
        """As if it had been typed."""
        self.sheet.set_data(row, column, data=text, undo=True, emit_event=True)

    # -- the cursor ------------------------------------------------------------------------------------------------

    @property
    def current(self) -> Cell | None:
        """Where the cursor is."""
        selected = self.sheet.get_currently_selected()
        return (selected.row, selected.column) if selected else None

    @property
    def words_at_cursor(self) -> Sequence[str]:
        """What the cell offers."""
        return self.columns[self.current[1]].choices if self.current else ()

    @property
    def selected_rows(self) -> list[int]:
        """Rows that have a selected cell."""
        return sorted({row for row, _ in self.sheet.get_selected_cells()} | set(self.sheet.get_selected_rows()))

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor there, in sight."""
        self.typing.take()
        self.sheet.select_cell(row, column)
        self.sheet.see(row, column)
        self.focus_set()

    def focus_set(self) -> None:
        self.sheet.focus_set()
        if self.current is None:
            self.sheet.select_cell(0, 0)

    def _go(self, rows: int, columns: int) -> None:
        """So many on; from the last column to the next row, and back."""
        if self.current is not None:
            width = len(self.columns)
            place = (self.current[0] + rows) * width + self.current[1] + columns
            self.go_to(*divmod(min(max(place, 0), len(self.sheet.data) * width - 1), width))

    # -- acting ----------------------------------------------------------------------------------------------------

    def fill_down(self) -> None:
        """Each selected column takes its first selected cell's text in all selected rows; in one row, the one
        above."""
        self.typing.take()
        cells = sorted(self.sheet.get_selected_cells(get_rows=True))
        if cells and cells[0][0] == cells[-1][0] > 0:
            cells = [(row - 1, column) for row, column in cells] + cells
        if not cells:
            return
        (top, _), (bottom, _) = cells[0], cells[-1]
        columns = sorted({column for _, column in cells})
        data = [row[columns[0] : columns[-1] + 1] for row in self.rows()[top : bottom + 1]]
        for column in columns:
            first, *others = [row for row, each in cells if each == column]
            for row in others:
                data[row - top][column - columns[0]] = data[first - top][column - columns[0]]
        self.sheet.set_data(top, columns[0], data=data, undo=True, emit_event=True)

    def insert_row(self) -> None:
        """A blank row above the cursor."""
        self.typing.take()
        row, column = self.current or (0, 0)
        self.sheet.insert_rows(self._blank(1), idx=row, undo=True, emit_event=True)
        self.go_to(row, column)

    def delete_rows(self) -> None:
        """The selected rows go, and the cursor to what has moved up; Ctrl+Z brings them back."""
        self.typing.take()
        rows, place = self.selected_rows, self.current
        if rows and place:
            self.sheet.del_rows(rows, undo=True, emit_event=True)
            self.go_to(min(rows[0], len(self.sheet.data) - 1), place[1])

    # -- showing ---------------------------------------------------------------------------------------------------

    def mark(self, errors: Mapping[Cell, str], warnings: Sequence[int], known: Sequence[int]) -> None:
        """Bad cells red, odd rows yellow at their number, rows of existing records grey at theirs."""
        sheet, colours = self.sheet, self._colours
        sheet.dehighlight_all(redraw=False)
        for row in known:
            sheet.highlight_rows(row, bg=colours.zebra, highlight_index=True, redraw=False)
        for row in warnings:
            sheet.highlight_cells(row=row, bg=colours.hint, fg=colours.hint_text, canvas="row_index", redraw=False)
        for row, column in errors:
            sheet.highlight_cells(row, column, bg=self._bad, fg=colours.text, redraw=False)
        sheet.redraw()

    def _paint(self, colours: Palette) -> None:
        self._colours = colours
        self._bad = mix(colours.danger, colours.field, 0.25)
        plain = {
            "table_bg": colours.field, "table_fg": colours.text, "table_grid_fg": colours.border,
            "table_editor_bg": colours.field, "table_editor_fg": colours.text, "frame_bg": colours.background,
            "table_selected_cells_bg": colours.selected, "table_selected_cells_fg": colours.text,
            "table_selected_rows_bg": colours.selected, "table_selected_rows_fg": colours.text,
            "table_selected_columns_bg": colours.selected, "table_selected_columns_fg": colours.text,
            "table_selected_cells_border_fg": colours.primary, "table_selected_box_cells_fg": colours.primary,
            "table_selected_box_rows_fg": colours.primary, "table_selected_box_columns_fg": colours.primary,
            "header_bg": colours.heading, "header_fg": colours.text, "header_grid_fg": colours.border,
            "header_border_fg": colours.border, "header_selected_cells_bg": colours.selected,
            "header_selected_cells_fg": colours.text, "header_selected_columns_bg": colours.selected,
            "header_selected_columns_fg": colours.text,
            "index_bg": colours.heading, "index_fg": colours.text, "index_grid_fg": colours.border,
            "index_border_fg": colours.border, "index_selected_cells_bg": colours.selected,
            "index_selected_cells_fg": colours.text, "index_selected_rows_bg": colours.selected,
            "index_selected_rows_fg": colours.text, "top_left_bg": colours.heading, "top_left_fg": colours.heading,
            **{f"{way}_scroll_{part}": colours.muted if part == "background" else colours.zebra
               for way in ("vertical", "horizontal") for part in ("background", "troughcolor", "bordercolor")},
            "popup_menu_bg": colours.field, "popup_menu_fg": colours.text,
            "popup_menu_highlight_bg": colours.selected, "popup_menu_highlight_fg": colours.text,
        }  # fmt: skip
        self.sheet.set_options(**plain)

    # -- changes ---------------------------------------------------------------------------------------------------

    def _modified(self, event: Any) -> None:
        has_moved = event.eventname != "edit_table" or event.added.rows or event.deleted.rows
        self._touched(None if has_moved else {row for row, _ in event.cells.table})

    def _pasting(self, event: Any) -> None:
        """Rows with their headings go below those of the grid; raising keeps the sheet from pasting them itself."""
        copied = parse(self.clipboard_get())
        row, column = self.current or (0, 0)
        with_headings = by_headings(copied, [column.label for column in self.columns])
        if with_headings is None:
            lost = beyond(copied, len(self.columns) - column)
            if lost:
                self._on_paste(BEYOND.format(lost))
            return
        rows, unknown = with_headings
        self.after_idle(self._put, row, rows)
        self._on_paste(HEADINGS + (UNKNOWN.format("、".join(unknown)) if unknown else ""))
        raise PastedByHeading

    def _put(self, first: int, rows: Sequence[Sequence[str]]) -> None:
        """Whole rows over those from ``first`` on, as one step of undo."""
        missing = first + len(rows) - len(self.sheet.data)
        if missing > 0:
            self.sheet.insert_rows(self._blank(missing), idx=len(self.sheet.data), undo=False, emit_event=False)
        self.sheet.set_data(first, 0, data=[list(row) for row in rows], undo=True, emit_event=True)
        self.go_to(first, 0)

    def _touched(self, rows: set[int] | None) -> None:
        """There is always room below; then tell."""
        filled = [number for number, row in enumerate(self.sheet.data) if any(row)]
        missing = (filled[-1] + 1 if filled else 0) + BLANK_BELOW - len(self.sheet.data)
        if missing > 0:
            self.sheet.insert_rows(self._blank(missing), idx=len(self.sheet.data), undo=False, emit_event=False)
        self._on_change(rows)

    def _mouse_moved(self, event: Event) -> None:
        row = self.sheet.identify_row(event, allow_end=False)
        column = self.sheet.identify_column(event, allow_end=False)
        self._hover(None if row is None or column is None else (row, column))

    def _hover(self, cell: Cell | None) -> None:
        if cell != self._hovered:
            self._hovered = cell
            self._on_hover(cell)

    def _blank(self, count: int) -> list[list[str]]:
        return [[""] * (len(self.columns) + 1) for _ in range(count)]
