"""What a scene is brought about with: opening a screen, choosing a row, pressing a button."""

from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError
from crm_desktop.models import Query
from crm_desktop.views.keys import descendants
from crm_desktop.views.preview.session import Session, Step
from crm_desktop.views.widgets.virtual_table import VirtualTable

LETTERS = 16
"""Recipients on the picture of the envelope screen."""
ROWS_TRIED = 30


def screen(key: str) -> Step:
    """A screen of the program, as the menu opens it."""
    return lambda session, shown: session.window.open(key)


def call(name: str) -> Step:
    """A method of what is shown; what it returns is shown next."""
    return lambda session, shown: getattr(shown, name)()


def act(id: str, *, selects: int = 1) -> Step:
    """The action of this name, with so many rows selected: the first for which it may be done, or the scene fails."""

    def press(session: Session, shown: Any) -> Any:
        actions = [*getattr(shown, "actions", ()), *getattr(shown, "questions", ())]
        action = next(each for each in actions if each.id == id)
        for first in range(ROWS_TRIED):
            select(shown, selects, first)
            session.root.update()
            if action.available():
                return action.run() and None
        raise CrmError(f"{type(shown).__name__} 现在不能{action.label}。")

    return press


def select(shown: Misc, count: int = 1, first: int = 0) -> None:
    """Rows of the table that is shown; many actions are available only then."""
    table = getattr(shown, "table", None)
    if isinstance(table, VirtualTable):
        if first:
            table.go_to(table.neighbour(table.current_id, 1) or table.current_id)
        if table.total and (count > 1 or not table.selected_count):
            below = (table.neighbour(table.current_id, step) for step in range(1, count))
            table.select([table.current_id, *below])
        return
    for tree in descendants(shown):
        if isinstance(tree, ttk.Treeview) and tree.get_children() and not tree.selection():
            tree.selection_set(tree.get_children()[0])


def some_records(session: Session) -> list[int]:
    """A few customers from all over the list, and those without a postcode among the others."""
    ids = session.desk.office.customers.ids(Query(order="code"))
    return list(ids[:: max(1, len(ids) // LETTERS)])
