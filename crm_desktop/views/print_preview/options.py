"""The row of the preview that says what is printed: pages, copies, pauses and tray."""

from collections.abc import Callable, Sequence
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.keys import bind_key
from crm_desktop.views.print_preview.order import MOST_COPIES, MOST_SHEETS, PrintOrder, parse_number, parse_pages
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.text_inputs import TextInput

AUTOMATIC = "自动选择"
AskTrays = Callable[[str, Callable[[Sequence[str]], Any]], Any]
"""``ask(printer, answer)`` calls ``answer(trays)`` when the printer has told them."""
Remembered = Callable[[str], dict[str, Any]]


class PrintOptionsBar(ttk.Frame):
    """``order(printer)`` is what was chosen, None when something typed is wrong and turned red (``say`` tells it).

    Enter goes to the next field; in the pages, the last one looked at before a run goes on, it is ``on_print``.
    """

    def __init__(
        self, parent: Misc, total: int, say: Callable[[str], Any], on_print: Callable[[], Any], ask_trays: AskTrays
    ) -> None:
        super().__init__(parent)
        self._total, self._say, self._ask_trays = total, say, ask_trays
        self._asked = ""
        self.copies = self._field("份数：", 4, "1")
        self.pause = self._field("每", 4, "0")
        self._label("张暂停（0 不停）")
        self._label("纸盒：")
        self.tray = ttk.Combobox(self, values=[AUTOMATIC], state="readonly", width=12, name="tray")
        self.tray.set(AUTOMATIC)
        self.tray.pack(side="left", padx=(0, pixels(self, 12)))
        self.pages = self._field("页：", 9, f"1-{total}" if total > 1 else "1")
        for each, following in ((self.copies.control, self.pause), (self.pause.control, self.tray)):
            bind_key(each, "enter", following.focus_set)
        self.correction = ttk.Label(self, style="Muted.TLabel", name="correction")
        self.correction.pack(side="right")
        bind_key(self.tray, "enter", self.pages.focus_set)
        bind_key(self.pages.control, "enter", on_print)
        self.pages.control.bind("<FocusIn>", self._select, add="+")

    def order(self, printer: str) -> PrintOrder | None:
        """What was chosen for this printer."""
        wrong: list[tuple[TextInput, str]] = []

        def read(field: TextInput, parse: Callable[[str], Any]) -> Any:
            try:
                return parse(field.get())
            except ValueError as error:
                wrong.append((field, str(error)))

        copies = read(self.copies, lambda text: parse_number(text, 1, MOST_COPIES, "份数"))
        pause = read(self.pause, lambda text: parse_number(text, 0, MOST_SHEETS, "每几张暂停"))
        pages = read(self.pages, lambda text: parse_pages(text, self._total))
        for field, sentence in wrong:
            field.set_error(sentence)
        if wrong:
            self._say(wrong[0][1])
            wrong[0][0].focus_set()
            return None
        tray = self.tray.get()
        return PrintOrder(printer, *pages, copies, pause, "" if tray == AUTOMATIC else tray)

    def show_rest(self, rest: PrintOrder) -> None:
        """Offer to go on with this: one Enter prints it."""
        self.pages.set(f"{rest.first}-{rest.last}" if rest.pages > 1 else str(rest.first))
        self.copies.set(rest.copies)
        self.pages.focus_set()

    def use_printer(self, printer: str, remembered: dict[str, Any], correction: str = "") -> None:
        """What was chosen for this printer before, how it is corrected, and its trays as soon as it tells them."""
        self._asked = printer
        self.correction.configure(text=correction)
        self.pause.set(remembered.get("pause", 0))
        self._offer([], "")
        if printer:
            self._ask_trays(printer, lambda trays: self._trays_told(printer, trays, remembered.get("tray", "")))

    def _trays_told(self, printer: str, trays: Sequence[str], chosen: str) -> None:
        if self.winfo_exists() and printer == self._asked:  # the answer may come late, when another one is chosen
            self._offer(trays, chosen)

    def _offer(self, trays: Sequence[str], chosen: str) -> None:
        self.tray.configure(values=[AUTOMATIC, *trays])
        self.tray.set(chosen if chosen in trays else AUTOMATIC)

    def _label(self, text: str) -> None:
        ttk.Label(self, text=text).pack(side="left", padx=(0, pixels(self, 6)))

    def _field(self, caption: str, width: int, text: str) -> TextInput:
        ttk.Label(self, text=caption).pack(side="left")
        field = TextInput(self, width=width)
        field.set(text)
        field.pack(side="left", padx=(0, pixels(self, 8)))
        return field

    def _select(self, event: Event) -> None:
        self.pages.control.selection_range(0, "end")
