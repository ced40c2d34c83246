"""A word about where the office's file lies: once a place in a window of its own, and at each start below."""

from pathlib import Path
from tkinter import Misc

from crm_desktop.controllers import place_warnings
from crm_desktop.views.desk import Desk

TITLE = "数据库的位置"


def warn_of_place(desk: Desk, owner: Misc) -> None:
    """Look in the background; a file on the computer's own disk is nothing to speak of."""
    path = desk.office.db.path.resolve()
    desk.run(lambda job: place_warnings(path), lambda found: _tell(desk, path, found), owner=owner)


def _tell(desk: Desk, path: Path, found: list[str]) -> None:
    if not found:
        return
    desk.say(found[0])
    warned = desk.computer["warned_places"]
    if str(path) not in warned:
        desk.computer["warned_places"] = [*warned, str(path)]
        desk.dialogs.show_message("\n".join(found), detail=str(path), title=TITLE)
