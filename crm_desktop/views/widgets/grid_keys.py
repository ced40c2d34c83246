"""What the keys do in a grid: from cell to cell, into a cell and out of it, and through the words a cell offers."""

from collections.abc import Callable, Sequence
from tkinter import Event
from typing import Any

from crm_desktop.views.keys import bind_key, is_composing, press, sequences
from crm_desktop.views.listening import bind_tag

BACK_TAB = ("<Shift-Tab>", "<ISO_Left_Tab>", "<Shift-ISO_Left_Tab>")


class GridKeys:
    """``sheet`` is a tksheet.Sheet; ``go(rows, columns)`` moves the cursor, ``words(column)`` are those offered in
    one, and ``on_typing()`` hears each key in a cell.

    tksheet's own editor knows neither Shift+Tab nor the arrows, opens no cell that offers words, and loses what is
    being typed when anything else happens to the sheet.
    """

    def __init__(
        self,
        sheet: Any,
        go: Callable[[int, int], Any],
        words: Callable[[int], Sequence[str]],
        on_typing: Callable[[], Any],
    ) -> None:
        self._sheet, self._table = sheet, sheet.MT
        self._go, self._words, self._on_typing = go, words, on_typing
        self._watched = f"GridEditor{sheet}"
        self._bind_cells()
        self._bind_editor()

    def _bind_cells(self) -> None:
        for canvas in (self._table, self._sheet.CH, self._sheet.RI):
            canvas.bind("<Key>", self._begin)
            for sequence in ("<Control-Key>", "<Alt-Key>", *sequences("delete")):
                canvas.bind(sequence, lambda event: None)  # no text, whatever character comes along, and no <Delete>
            bind_key(canvas, "enter", lambda: self._go(0, 1))
            for key in ("enter_back", *BACK_TAB):
                bind_key(canvas, key, lambda: self._go(0, -1))

    def _bind_editor(self) -> None:
        self._in_editor("close", self._give_up)
        self._in_editor("enter", lambda: self._leave(0, 1))
        self._in_editor("<Tab>", lambda: self._leave(0, 1))
        for key in ("enter_back", *BACK_TAB):
            self._in_editor(key, lambda: self._leave(0, -1))
        self._in_editor("<Down>", lambda: self._down_or_up(1))
        self._in_editor("<Up>", lambda: self._down_or_up(-1))
        self._in_editor("new_line", lambda: self._editor.tktext.insert("insert", "\n"))
        self._in_editor("fill_down", self._take_and_go_on)  # which Tk's Text would take for itself
        bind_tag(self._table, self._watched, "<KeyRelease>", lambda event: self._on_typing())

    def _in_editor(self, key: str, handler: Callable[[], Any]) -> None:
        for sequence in sequences(key):
            self._sheet.bind_key_text_editor(sequence, lambda event: press(event, handler))

    # -- into a cell -----------------------------------------------------------------------------------------------

    @property
    def _editor(self) -> Any:
        return self._table.text_editor

    @property
    def is_typing(self) -> bool:
        """Whether a cell is open."""
        return bool(self._editor.open)

    @property
    def typed(self) -> tuple[int, int, str] | None:
        """The cell that is open, and what stands in it."""
        return (*self._editor.coords, self._editor.get()) if self.is_typing else None

    def edit(self) -> None:
        """Open the cell with its text, and the words it offers."""
        selected = self._table.selected
        if not selected or self.is_typing:
            return
        row, column, event = selected.row, selected.column, Event()
        event.keysym = "F2"  # for which tksheet opens a cell as it is
        if self._words(column):
            self._table.open_dropdown_window(row, column, event=event)
        else:
            self._table.open_text_editor(event=event, r=row, c=column)
        text = self._editor.tktext
        if self._watched not in text.bindtags():
            text.bindtags((*text.bindtags(), self._watched))

    def _begin(self, event: Event) -> str | None:
        """A character takes the place of what stood in the cell, Backspace leaves it empty."""
        is_character = len(event.char) == 1 and event.char.isprintable()
        if is_composing(event) or not (is_character or event.keysym == "BackSpace"):
            return None
        self.edit()
        if self.is_typing:
            self._editor.window.set_text(event.char if is_character else "")
            self._on_typing()
        return "break"

    # -- out of it -------------------------------------------------------------------------------------------------

    def take(self) -> None:
        """What is being typed stands in its cell."""
        if self.typed is not None:
            row, column, text = self.typed
            self._give_up()
            self._table.set_cell_data_undo(row, column, value=text)

    def _take_and_go_on(self) -> bool:
        self.take()
        return False

    def _leave(self, rows: int, columns: int) -> None:
        self.take()
        self._go(rows, columns)

    def _give_up(self) -> None:
        self._table.hide_text_editor_and_dropdown()
        self._table.focus_set()

    def _down_or_up(self, step: int) -> bool | None:
        """Through the words that are offered, or out of a text of one line; inside one of several lines."""
        _, column, text = self.typed or (0, 0, "")
        if self._table.dropdown.open:
            self._show_word(self._words(column), text, step)
        elif "\n" in text:
            return False
        else:
            self._leave(step, 0)
        return None

    def _show_word(self, words: Sequence[str], text: str, step: int) -> None:
        place = words.index(text) + step if text in words else min(step, 0)
        word = words[place % len(words)]
        self._editor.window.set_text(word)
        self._editor.tktext.tag_add("sel", "1.0", "end-1c")
        self._table.dropdown.window.search_and_see({"value": word})
