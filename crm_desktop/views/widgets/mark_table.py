"""A table whose rows can be ticked, by a click in the first column or by the space bar."""

from collections.abc import Callable, Iterable, Sequence
from tkinter import Event, Misc
from typing import Any

from crm_desktop.views.keys import bind_key
from crm_desktop.views.widgets.table_rows import TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

MARK = "mark"
TICKED, EMPTY = "☑", "☐"


class MarkTable(VirtualTable):
    """``on_marked()`` is called after ticks changed; they stay when other rows are shown."""

    def __init__(
        self, parent: Misc, columns: Sequence[TableColumn], *, on_marked: Callable[[], Any], **options: Any
    ) -> None:
        self._marked: dict[Any, None] = {}
        self._on_marked = on_marked
        column = TableColumn(MARK, "选", 3, "center", is_sortable=False, format=self._sign)
        super().__init__(parent, [column, *columns], **options)
        bind_key(self.tree, "<space>", self.toggle_selected)

    @property
    def marked_count(self) -> int:
        return len(self._marked)

    def marked_ids(self) -> list[Any]:
        """Those in sight in the order of the table, then the others in the order they were ticked."""
        here = [id for id in self._rows.ids if id in self._marked]
        shown = set(here)
        return here + [id for id in self._marked if id not in shown]

    def mark(self, ids: Iterable[Any]) -> None:
        """Tick these and no others."""
        self._marked = dict.fromkeys(ids)
        self._changed_marks()

    def mark_all(self) -> None:
        """Tick every row of the table, too."""
        ids = self._rows.ids if self.is_complete else self._source.ids(self.order)
        self._marked.update(dict.fromkeys(ids or self._rows.ids))
        self._changed_marks()

    def toggle_selected(self) -> None:
        """Tick the selected rows; take the ticks away when all have one."""
        self._toggle(self.selected_ids() or [id for id in (self.current_id,) if id is not None])

    def _toggle(self, ids: Sequence[Any]) -> None:
        if all(id in self._marked for id in ids):
            for id in ids:
                del self._marked[id]
        else:
            self._marked.update(dict.fromkeys(ids))
        self._changed_marks()

    def _changed_marks(self) -> None:
        self.body.schedule_paint()
        self._on_marked()

    def _sign(self, row: dict[str, Any]) -> str:
        return TICKED if row["id"] in self._marked else EMPTY

    def _clicked(self, event: Event) -> str | None:
        place = self.body.place_at(event)
        if place is not None and self.columns.key_at(event.x) == MARK:
            self.tree.focus_set()
            self._toggle([self._rows.ids[place]])
            return "break"
        return super()._clicked(event)

    def _double_clicked(self, event: Event) -> str | None:
        if self.columns.key_at(event.x) == MARK:
            return self._clicked(event)
        return super()._double_clicked(event)
