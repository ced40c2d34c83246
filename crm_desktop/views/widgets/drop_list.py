"""The list that drops from an entry while the focus stays in the entry."""

from collections.abc import Callable, Sequence
from tkinter import Event, Misc
from typing import Any, NamedTuple

import ttkbootstrap as ttk

from crm_desktop.views.listening import bind_other, bind_tag
from crm_desktop.views.theme import Palette, on_theme_change, pixels, row_height, text_width

MOST_ROWS = 10


class PickItem(NamedTuple):
    """Something that can be picked; ``initials`` lets it be found by its pinyin initials."""

    key: Any
    text: str
    detail: str = ""
    initials: str = ""


class DropList:
    """Shows items under ``entry``, whose owner passes keys on by ``move`` and takes ``current``."""

    def __init__(self, entry: Misc, on_choose: Callable[[PickItem], Any]) -> None:
        self._entry = entry
        self._on_choose = on_choose
        self._items: Sequence[PickItem] = ()
        self._window: ttk.Toplevel | None = None
        self._list: Any = None
        window = entry.winfo_toplevel()
        bind_other(entry, window, "<Button-1>", self._clicked_elsewhere)
        self._moved = f"Moved{entry}"  # a tag of the window alone: what is bound to it hears from all inside, too
        window.bindtags((*window.bindtags(), self._moved))
        bind_tag(entry, self._moved, "<Configure>", lambda event: self.hide())
        entry.bind("<Destroy>", lambda event: self._destroy(), add="+")

    @property
    def is_open(self) -> bool:
        return self._window is not None and bool(self._window.winfo_viewable())

    @property
    def current(self) -> PickItem | None:
        """The highlighted item of the open list."""
        if not self.is_open or not self._list.selection():
            return None
        return self._items[int(self._list.selection()[0])]

    def show(self, items: Sequence[PickItem], chosen: Any = None) -> None:
        """Drop the list with ``items``, the one with key ``chosen`` (else the first) highlighted."""
        if not items:
            self.hide()
            return
        if self._window is None:
            self._build()
        self._items = items
        self._fill()
        self._place()
        place = next((i for i, item in enumerate(items) if chosen is not None and item.key == chosen), 0)
        self._highlight(place)

    def hide(self) -> None:
        if self._window is not None:
            self._window.withdraw()

    def move(self, step: int) -> None:
        """Highlight the item ``step`` rows further down (or up)."""
        if self.is_open and self._items:
            place = int(self._list.selection()[0]) if self._list.selection() else -1
            self._highlight(max(0, min(len(self._items) - 1, place + step)))

    def _highlight(self, place: int) -> None:
        self._list.selection_set(str(place))
        self._list.see(str(place))

    def _build(self) -> None:
        self._window = ttk.Toplevel(master=self._entry.winfo_toplevel(), override_redirect=True, topmost=True)
        self._window.withdraw()
        self._list = ttk.Treeview(
            self._window, show="", columns=("text", "detail"), selectmode="browse", takefocus=False
        )
        self._list.pack(fill="both", expand=True, padx=1, pady=1)
        self._list.bind("<Button-1>", self._pressed)
        self._list.bind("<ButtonRelease-1>", self._released)
        self._list.bind("<Motion>", self._hovered)
        on_theme_change(self._window, self._paint)

    def _paint(self, colors: Palette) -> None:
        assert self._window is not None
        self._window.configure(background=colors.border)

    def _fill(self) -> None:
        self._list.delete(*self._list.get_children())
        for place, item in enumerate(self._items):
            self._list.insert("", "end", iid=str(place), values=(item.text, item.detail))
        gap = pixels(self._entry, 24)
        text = max(text_width(item.text) for item in self._items) + gap
        detail = max(text_width(item.detail) for item in self._items) + gap
        has_details = any(item.detail for item in self._items)
        room = self._entry.winfo_width() - (detail if has_details else 0) - 2
        self._list.configure(displaycolumns=("text", "detail") if has_details else ("text",))
        self._list.column("text", width=max(text, room), stretch=True)
        self._list.column("detail", width=detail, stretch=False)

    def _place(self) -> None:
        assert self._window is not None
        entry, rows = self._entry, min(len(self._items), MOST_ROWS)
        self._list.configure(height=rows)
        width = sum(int(self._list.column(name, "width")) for name in self._list.cget("displaycolumns"))
        width = max(entry.winfo_width(), width + 2)
        height = rows * row_height(entry) + pixels(entry, 4)
        x, y = entry.winfo_rootx(), entry.winfo_rooty() + entry.winfo_height()
        if y + height > entry.winfo_screenheight():
            y = entry.winfo_rooty() - height
        x = max(0, min(x, entry.winfo_screenwidth() - width))
        self._window.geometry(f"{width}x{height}+{x}+{y}")
        self._window.deiconify()
        self._window.lift()

    def _pressed(self, event: Event) -> str:
        return "break"

    def _released(self, event: Event) -> str:
        row = self._list.identify_row(event.y)
        if row:
            item = self._items[int(row)]
            self.hide()
            self._on_choose(item)
        return "break"

    def _hovered(self, event: Event) -> None:
        row = self._list.identify_row(event.y)
        if row:
            self._list.selection_set(row)

    def _clicked_elsewhere(self, event: Event) -> None:
        if event.widget is not self._entry:
            self.hide()

    def _destroy(self) -> None:
        over = self._entry.winfo_toplevel()
        if over.winfo_exists():
            over.bindtags([tag for tag in over.bindtags() if tag != self._moved])
        if self._window is not None:
            self._window.destroy()
            self._window = None
