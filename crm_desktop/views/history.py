"""修改记录: what happened to one record, as a table and as a window over any list or form."""

from collections.abc import Callable, Iterable, Iterator
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError
from crm_desktop.models import Entity
from crm_desktop.models.log import KINDS
from crm_desktop.views.actions import Action, Toolbar, bind_actions
from crm_desktop.views.desk import Desk
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.table_rows import ListSource, Row, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

COLUMNS = (
    TableColumn("at", "时间", 17, is_sortable=False), TableColumn("operator", "操作员", 10, is_sortable=False),
    TableColumn("kind", "类别", 12, is_sortable=False), TableColumn("field", "项目", 14, is_sortable=False),
    TableColumn("old", "原值", 20, is_sortable=False), TableColumn("new", "新值", 27, is_sortable=False),
)  # fmt: skip
WIDTH, HEIGHT = 860, 330
"""At 100 %: there is room for it at 150 % on a small screen."""
ATTACHMENTS = "attachments"

Named = tuple[str, int, str, str]
"""Entity, record, the word for such a record, and what this one is called."""


class HistoryTable(VirtualTable):
    """Newest first, a row a change; ``show_record`` fills it."""

    def __init__(self, parent: Misc) -> None:
        super().__init__(parent, COLUMNS, empty_text="没有修改记录。")

    def show_record(self, desk: Desk, entity: str, record: int) -> None:
        """Read one record's history; the controller's errors when it may not be seen."""
        lines = (line for row in reversed(desk.office.audit.history(entity, record)) for line in lines_of(row))
        self.show(ListSource({**line, "id": number} for number, line in enumerate(lines)))


class HistoryWindow(ModalWindow):
    """The history of one record over the window it was asked from; ``show_record`` opens it."""

    def __init__(self, desk: Desk, owner: Misc, label: str, name: str) -> None:
        super().__init__(owner, f"修改记录 - {label} {name}".rstrip(), padding=8)
        self.desk = desk
        place = ttk.Frame(self.body, width=pixels(self, WIDTH), height=pixels(self, HEIGHT))
        place.pack_propagate(False)
        place.pack(fill="both", expand=True)
        self.table = HistoryTable(place)
        self.table.pack(fill="both", expand=True)
        actions = [Action("close", "关闭", self.cancel, "close")]
        Toolbar(self.body, actions).pack(side="bottom", anchor="e", pady=(pixels(self, 6), 0))
        bind_actions(self, actions)

    def show_record(self, entity: str, record: int) -> None:
        """Show the window, or say why the record cannot be seen."""
        try:
            self.table.show_record(self.desk, entity, record)
        except CrmError as error:
            self.destroy()
            self.desk.dialogs.show_error(error)
            return
        self.show(self.table.tree, wait=False)


def history_of_row(desk: Desk, owner: Misc, entity: Entity, current: Callable[[], Row | None]) -> list[Action]:
    """修改记录 of the row of a list."""

    def named() -> Named | None:
        row = current()
        return row and (entity.key, row["id"], entity.label, str(row.get(entity.title, "")))

    return history_actions(desk, owner, named)


def history_actions(
    desk: Desk, owner: Misc, current: Callable[[], Named | None], *, is_button: bool = False
) -> list[Action]:
    """修改记录 of the record ``current`` names, for who may see the log; a button only where there is no menu."""
    if not desk.office.may("audit", "view"):
        return []

    def open_window() -> None:
        named = current()
        if named is not None:
            entity, record, label, name = named
            HistoryWindow(desk, owner, label, name).show_record(entity, record)

    available = lambda: current() is not None  # noqa: E731
    return [
        Action("history", "修改记录", open_window, "history", "clock-history", available, group="look",
               is_button=is_button)
    ]  # fmt: skip


def lines_of(row: dict[str, Any]) -> Iterator[dict[str, str]]:
    """A line for each field that changed; one in all where a record came, went, or something belongs to it."""
    about = {"at": row["at_text"], "operator": row["operator"], "kind": word_of(row)}
    if row["entity"] == ATTACHMENTS or not row["changes"]:
        yield {**about, "field": "", "old": "", "new": row["sentence"]}
        return
    for label, old, new in row["changes"]:
        yield {**about, "field": label, "old": old, "new": new}


def word_of(row: dict[str, Any]) -> str:
    """修改, or 修改（办理） where the record changed as part of something else."""
    kind, operation = row["kind_text"], KINDS.get(row["operation_kind"], row["operation_kind"])
    return kind if kind == operation else f"{kind}（{operation}）"


def detail_rows(details: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What an operation did as rows of a table: a row a field, or one for a record that came or went."""
    for detail in details:
        about = {
            "entity": detail["entity"], "record": detail["record"], "kind": detail["kind_text"],
            "about": f"{detail['label']}　{detail['name']}".strip(),
        }  # fmt: skip
        for label, old, new in detail["changes"] or (("", "", ""),):
            yield {**about, "field": label, "old": old, "new": new}
