"""The columns of a table: headings, widths, order, the sort arrow, and the choice of what is shown."""

from collections.abc import Callable, Sequence
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import CELL_PADDING, pixels, text_width
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.table_rows import TableColumn

Layout = dict[str, Any]
NARROWEST = 4
DRAG_BEGINS = 8
ANCHORS = {"left": "w", "right": "e", "center": "center"}


class Columns:
    """Owns the columns of ``tree``; ``on_change`` is called after the operator changed order, width or
    choice."""

    def __init__(
        self,
        tree: ttk.Treeview,
        columns: Sequence[TableColumn],
        *,
        order: str = "",
        on_sort: Callable[[str], Any],
        on_change: Callable[[], Any],
    ) -> None:
        self._tree = tree
        self._all = {column.key: column for column in columns}
        self._on_sort = on_sort
        self._on_change = on_change
        self._pressed = ""
        self._pressed_at = 0
        self.order = order
        self._widths: dict[str, float] = {}
        self._keys: list[str] = []
        self.restore()
        tree.bind("<Button-1>", self._press, add="+")
        tree.bind("<Double-1>", self._press, add="+")  # the second click of a quick pair arrives only here
        tree.bind("<B1-Motion>", self._drag, add="+")
        tree.bind("<ButtonRelease-1>", self._release, add="+")

    @property
    def shown(self) -> list[TableColumn]:
        """The visible columns from left to right."""
        return [self._all[key] for key in self._keys]

    def layout(self) -> Layout:
        """Order of columns, widths in characters, sort order: what is remembered for the operator."""
        return {"columns": list(self._keys), "widths": dict(self._widths), "order": self.order}

    def set_layout(self, layout: Layout) -> None:
        """Take a remembered layout; columns that no longer exist are passed over."""
        keys = [key for key in layout.get("columns", ()) if key in self._all]
        self._keys = keys or self._keys
        self._widths |= {key: width for key, width in layout.get("widths", {}).items() if key in self._all}
        if layout.get("order", "").removeprefix("-") in self._all:
            self.order = layout["order"]
        self.apply()

    def restore(self) -> None:
        """The columns as declared, none narrower than its heading."""
        self._keys = [column.key for column in self._all.values() if column.is_visible]
        self._widths = {column.key: max(column.width, _room(column.label)) for column in self._all.values()}
        self.apply()

    def apply(self) -> None:
        """Show headings, widths and the arrow in the tree."""
        tree = self._tree
        tree.configure(columns=self._keys)
        for column in self.shown:
            width, anchor = self._pixels(self._widths[column.key]), ANCHORS[column.align]
            is_last = column.key == self._keys[-1]
            tree.heading(column.key, text=f"{column.label}{self._arrow(column.key)}", anchor=anchor)
            tree.column(
                column.key,
                width=width,
                minwidth=width if is_last else self._pixels(NARROWEST),
                anchor=anchor,
                stretch=is_last,
            )

    def choose(self) -> None:
        """Ask which columns to show and in which order."""
        labels = [(column.key, column.label) for column in self._all.values()]
        chosen = ColumnChooser(self._tree, labels, self._keys, self._declared()).show()
        if chosen:
            self._change(chosen)

    def sort_by(self, key: str) -> None:
        """By that column, the other way round when it is sorted by it already."""
        if self._all[key].is_sortable:
            self.order = f"-{key}" if self.order == key else key
            self.apply()
            self._on_sort(self.order)
            self._on_change()

    def key_at(self, x: int) -> str:
        """The column under the pointer, "" beside the last."""
        number = str(self._tree.identify_column(x)).removeprefix("#")
        return self._keys[int(number) - 1] if number and 0 < int(number) <= len(self._keys) else ""

    def _declared(self) -> list[str]:
        return [column.key for column in self._all.values() if column.is_visible]

    def _change(self, keys: list[str]) -> None:
        if keys != self._keys:
            self._keys = keys
            self.apply()
            self._on_change()

    def _arrow(self, key: str) -> str:
        if self.order.removeprefix("-") != key:
            return ""
        return " ▼" if self.order.startswith("-") else " ▲"

    def _pixels(self, width: float) -> int:
        return round(width * text_width("0")) + 2 * pixels(self._tree, CELL_PADDING)

    def _press(self, event: Event) -> str | None:
        region = self._tree.identify_region(event.x, event.y)
        self._pressed, self._pressed_at = "", event.x
        if region == "separator":
            self._pressed = f"|{self.key_at(event.x)}"
            return None  # Tk itself drags the width
        if region == "heading":
            self._pressed = self.key_at(event.x)
            return "break"
        return None

    def _drag(self, event: Event) -> str | None:
        if not self._pressed or self._pressed.startswith("|"):
            return None
        is_dragging = abs(event.x - self._pressed_at) > pixels(self._tree, DRAG_BEGINS)
        self._tree.configure(cursor="fleur" if is_dragging else "")
        return "break"

    def _release(self, event: Event) -> None:
        key, self._pressed = self._pressed, ""
        self._tree.configure(cursor="")
        if key.startswith("|"):
            self.tree_resized(key[1:])
        elif key and abs(event.x - self._pressed_at) > pixels(self._tree, DRAG_BEGINS):
            self._move(key, self.key_at(event.x) or self._keys[-1])
        elif key:
            self.sort_by(key)

    def tree_resized(self, key: str) -> None:
        """Remember the width that the operator gave to a column."""
        if key:
            shown = int(self._tree.column(key, "width")) - 2 * pixels(self._tree, CELL_PADDING)
            self._widths[key] = round(shown / text_width("0"), 1)
            self.apply()
            self._on_change()

    def _move(self, key: str, target: str) -> None:
        keys = [other for other in self._keys if other != key]
        place = self._keys.index(target)
        keys.insert(place, key)
        self._change(keys)


def _room(heading: str) -> float:
    """Characters that a heading takes."""
    return round(text_width(heading) / text_width("0"), 1)


class ColumnChooser(ModalWindow):
    """A list with boxes: space or a click ticks, Ctrl+↑ and Ctrl+↓ move. The result is the list of keys."""

    def __init__(
        self,
        parent: Misc,
        labels: Sequence[tuple[str, str]],
        shown: Sequence[str],
        declared: Sequence[str],
    ) -> None:
        super().__init__(parent, "选择列")
        self._labels = dict(labels)
        self._declared = declared
        self.list = ttk.Treeview(self.body, show="", columns=("label",), height=14, selectmode="browse")
        self.list.column("label", width=pixels(self, 240))
        self.list.grid(row=0, column=0, sticky="nsew")
        self._fill(shown)
        side = ttk.Frame(self.body)
        side.grid(row=0, column=1, sticky="n", padx=(pixels(self, 12), 0))
        for text, command in (
            ("上移", lambda: self.move(-1)),
            ("下移", lambda: self.move(1)),
            ("恢复默认", lambda: self._fill(self._declared)),
        ):
            ttk.Button(side, text=text, bootstyle="outline", command=command).pack(fill="x", pady=pixels(self, 3))
        row = ttk.Frame(self.body)
        row.grid(row=1, column=0, columnspan=2, sticky="e", pady=(pixels(self, 14), 0))
        ttk.Button(row, text="确定", bootstyle="primary", command=self.accept).pack(side="left")
        ttk.Button(row, text="取消", bootstyle="outline", command=self.cancel).pack(
            side="left", padx=(pixels(self, 8), 0)
        )
        bind_key(self.list, "<space>", lambda: self.toggle(self.list.focus()))
        bind_key(self.list, "<Control-Up>", lambda: self.move(-1))
        bind_key(self.list, "<Control-Down>", lambda: self.move(1))
        bind_key(self.list, "enter", self.accept)
        self.list.bind("<ButtonRelease-1>", lambda event: self.toggle(self.list.identify_row(event.y)))

    def show(self, focus: Misc | None = None, *, wait: bool = True) -> Any:
        return super().show(focus or self.list, wait=wait)

    def toggle(self, key: str) -> None:
        if key:
            self._ticked ^= {key}
            self._label(key)

    def move(self, step: int) -> None:
        key = self.list.focus()
        if key:
            self.list.move(key, "", max(0, self.list.index(key) + step))
            self.list.see(key)

    def accept(self) -> None:
        """At least one column stays."""
        chosen = [key for key in self.list.get_children() if key in self._ticked]
        if chosen:
            self.result = chosen
            self.close()

    def _fill(self, shown: Sequence[str]) -> None:
        self._ticked = set(shown)
        self.list.delete(*self.list.get_children())
        for key in [*shown, *(key for key in self._labels if key not in self._ticked)]:
            self.list.insert("", "end", iid=key)
            self._label(key)
        first = self.list.get_children()[0]
        self.list.focus(first)
        self.list.selection_set(first)

    def _label(self, key: str) -> None:
        box = "☑" if key in self._ticked else "☐"
        self.list.item(key, values=(f"{box}  {self._labels[key]}",))
