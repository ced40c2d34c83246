"""A table of any length: a Treeview holds only the visible rows and is refilled while scrolling."""

from collections.abc import Callable, Iterable, Sequence
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.background import Background, Job
from crm_desktop.views.keys import bind_key
from crm_desktop.views.widgets.table_body import TableBody
from crm_desktop.views.widgets.table_columns import Columns, Layout
from crm_desktop.views.widgets.table_rows import ListSource, LoadedRows, Row, Selection, TableColumn, TableSource

MOST_COPIED = 10_000
READ_AT_ONCE = 500


class VirtualTable(ttk.Frame):
    """``show(source)`` fills it. Callbacks: ``on_open(id)``, and without arguments ``on_select``, ``on_loaded``
    (the number of rows is known) and ``on_layout_changed``; ``on_menu(event)`` opens a menu for the selection.

    ``row_tags(row)`` names tags: "overdue" and "inactive" exist, others by ``tag_configure``.
    """

    def __init__(
        self,
        parent: Misc,
        columns: Sequence[TableColumn],
        source: TableSource | None = None,
        *,
        background: Background | None = None,
        order: str = "",
        row_tags: Callable[[Row], Iterable[str]] = lambda row: (),
        on_open: Callable[[Any], Any] = lambda id: None,
        on_select: Callable[[], Any] = lambda: None,
        on_loaded: Callable[[], Any] = lambda: None,
        on_layout_changed: Callable[[], Any] = lambda: None,
        on_menu: Callable[[Event], Any] = lambda event: None,
        empty_text: str = "没有记录。",
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._row_tags = row_tags
        self._on_open, self._on_select, self._on_loaded = on_open, on_select, on_loaded
        self._on_menu = on_menu
        self._source: TableSource = source or ListSource(())
        self._rows = LoadedRows()
        self._selection = Selection()
        self._job: Job | None = None
        self._cursor = self._anchor = 0
        self._top_awaited = False
        """The old order is in sight until the new one has been read."""
        self.body = TableBody(self, self._rows, self._tags)
        self.body.pack(fill="both", expand=True)
        self.tree = self.body.tree
        self.set_empty_text(empty_text)
        self.columns = Columns(
            self.tree,
            columns,
            order=order,
            on_sort=self._sorted,
            on_change=lambda: self._changed(on_layout_changed),
        )
        self.body.columns = lambda: self.columns.shown
        self._bind_events()
        if source:
            self.show(source)

    # What is shown

    def show(self, source: TableSource) -> None:
        """Show other rows from the top, nothing selected but the first row under the cursor."""
        self._source = source
        self._selection.only(())
        self._rows.ids = ()  # nobody may act on what was asked for before, should the new rows take long
        self._to_top()
        self._load(keeps_ids=False)

    def refresh(self) -> None:
        """Read the same rows again; place and selection stay."""
        self._load(keeps_ids=True)

    @property
    def total(self) -> int:
        """Rows that can be scrolled to; all of them once ``is_complete``."""
        return len(self._rows.ids)

    @property
    def is_complete(self) -> bool:
        return self._job is None

    @property
    def order(self) -> str:
        return self.columns.order

    def layout(self) -> Layout:
        """Columns, widths and order, to be remembered."""
        return self.columns.layout()

    def set_layout(self, layout: Layout) -> None:
        self.columns.set_layout(layout)
        self.body.schedule_paint()

    def set_empty_text(self, text: str) -> None:
        """What stands in the middle when there are no rows."""
        self.body.empty.configure(text=text)

    def tag_configure(self, tag: str, **options: Any) -> None:
        self.tree.tag_configure(tag, **options)

    # What is selected

    @property
    def selected_count(self) -> int:
        return self._selection.count(self.total)

    def selected_ids(self) -> list[Any]:
        """In the order of the table."""
        return self._selection.of(self._rows.ids)

    @property
    def current_id(self) -> Any:
        """The row with the cursor, None in an empty table."""
        return self._rows.ids[self._cursor] if self._cursor < self.total else None

    @property
    def current_row(self) -> Row | None:
        rows = self._rows.between(self._cursor, self._cursor + 1)
        return rows[0] if rows else None

    def select(self, ids: Iterable[Any]) -> None:
        self._selection.only(ids)
        self._selected()

    def select_all(self) -> None:
        self._selection.everything()
        self._selected()

    def go_to(self, id: Any) -> bool:
        """Select one row and bring it into sight; False when it is not in the table."""
        place = self._rows.place(id)
        if place is not None:
            self._go(place)
        return place is not None

    def neighbour(self, id: Any, step: int) -> Any:
        """The id ``step`` rows further down than ``id``; None past the ends, or when ``id`` is not in the table."""
        place = self._rows.place(id)
        is_inside = place is not None and 0 <= place + step < self.total
        return self._rows.ids[place + step] if is_inside else None

    def copy(self) -> int:
        """The selected rows to the clipboard, as Excel takes them; the number copied (10,000 at most)."""
        ids = self.selected_ids()[:MOST_COPIED]
        lines = []
        for start in range(0, len(ids), READ_AT_ONCE):
            for row in self._rows.read(ids[start : start + READ_AT_ONCE]):
                lines.append("\t".join(" ".join(column.text(row).split()) for column in self.columns.shown))
        if lines:
            self.clipboard_clear()
            self.clipboard_append("\n".join(lines))
        return len(lines)

    def focus_set(self) -> None:
        self.tree.focus_set()

    focus = focus_set

    # Keys and mouse

    def _bind_events(self) -> None:
        tree = self.tree
        steps = {"Up": lambda: -1, "Down": lambda: 1, "Prior": lambda: -self.body.room, "Next": lambda: self.body.room}
        for name, step in steps.items():
            bind_key(tree, f"<{name}>", lambda step=step: self._move(step()))
            bind_key(tree, f"<Shift-{name}>", lambda step=step: self._move(step(), extends=True))
        for name, far in {"Home": -1, "End": 1}.items():
            bind_key(tree, f"<{name}>", lambda far=far: self._move(far * self.total))
            bind_key(tree, f"<Shift-{name}>", lambda far=far: self._move(far * self.total, extends=True))
        bind_key(tree, "select_all", self.select_all)
        bind_key(tree, "copy", self.copy)
        bind_key(tree, "enter", self._open)
        bind_key(tree, "details", lambda: False)  # no Enter, for whoever listens further up
        tree.bind("<Button-1>", self._clicked, add="+")
        tree.bind("<Double-1>", self._double_clicked, add="+")
        tree.bind("<Button-3>", self._right_clicked)

    # Loading

    def _load(self, *, keeps_ids: bool, to_top: bool = False) -> None:
        if self._job:
            self._job.forget()
        source, order, current = self._source, self.order, self.current_id if keeps_ids else None
        self._rows.start(source, order, keeps_ids=keeps_ids)
        self._top_awaited = self._rows.is_waiting and (to_top or (keeps_ids and self._top_awaited))
        if to_top and not self._top_awaited:
            self._to_top()
        self._stay_on(current)
        self.body.schedule_paint()
        if self._background:
            work = self._background.run_in_background
            self._job = work(lambda job: source.ids(order, job.is_cancelled), self._take_ids, owner=self)
        else:
            self._take_ids(source.ids(order))

    def _take_ids(self, ids: Sequence[Any] | None) -> None:
        self._job = None
        current = self.current_id  # the cursor may have been moved while the ids were on their way
        self._rows.take(ids)
        self._selection.keep_those_in(self._rows.ids)
        if self._top_awaited:
            self._top_awaited = False
            self._to_top()
        else:
            self._stay_on(current)
        self.body.schedule_paint()
        self._on_loaded()
        self._on_select()

    def _stay_on(self, current: Any) -> None:
        """The cursor goes where its row now is; when that is gone it stays at its place."""
        place = self._rows.place(current) if current is not None else None
        self._cursor = min(self._cursor if place is None else place, max(0, self.total - 1))

    def _sorted(self, order: str) -> None:
        """From the top; what is selected stays so. Until the new order is there, keys act on the rows in sight."""
        self._load(keeps_ids=False, to_top=True)

    def _to_top(self) -> None:
        self.body.top = self._cursor = self._anchor = 0

    def _changed(self, tell: Callable[[], Any]) -> None:
        self.body.schedule_paint()
        tell()

    # Moving and selecting

    def _tags(self, place: int, row: Row | None) -> tuple[str, ...]:
        own = tuple(self._row_tags(row)) if row else ()
        if self._rows.ids[place] in self._selection:
            return (*own, "selected")
        return (*own, "zebra") if place % 2 else own

    def _move(self, step: int, *, extends: bool = False) -> None:
        if self.total:
            self._go(max(0, min(self._cursor + step, self.total - 1)), extends=extends)

    def _go(self, place: int, *, extends: bool = False) -> None:
        self._cursor = place
        if extends:
            first, last = sorted((self._anchor, place))
            self._selection.only(self._rows.ids[first : last + 1])
        else:
            self._anchor = place
            self._selection.only((self._rows.ids[place],))
        self.body.see(place)
        self._selected()

    def _selected(self) -> None:
        self.body.schedule_paint()
        self._on_select()

    def _open(self) -> None:
        if self.current_id is not None:
            self._on_open(self.current_id)

    def _clicked(self, event: Event) -> str | None:
        self.tree.focus_set()
        place = self.body.place_at(event)
        if place is None:
            return None
        if event.state & 0x4:  # Ctrl adds or takes away one row
            self._cursor = self._anchor = place
            self._selection.toggle(self._rows.ids[place])
            self._selected()
        else:
            self._go(place, extends=bool(event.state & 0x1))
        return "break"

    def _double_clicked(self, event: Event) -> str | None:
        if self.body.place_at(event) is None:
            return None
        self._open()
        return "break"

    def _right_clicked(self, event: Event) -> str:
        self.tree.focus_set()
        if self.tree.identify_region(event.x, event.y) in ("heading", "separator"):
            self.columns.choose()
            return "break"
        place = self.body.place_at(event)
        if place is not None:
            if self._rows.ids[place] not in self._selection:
                self._go(place)
            self._cursor = place
        self._on_menu(event)
        return "break"
