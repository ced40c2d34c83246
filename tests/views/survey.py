"""Opens every screen at a scaling and writes as JSON what is wrong with it: ``survey.py SCALING FOLDER OFFICE``.

A process of its own, because fonts and pictures keep the scaling with which the only root was made.
"""

import json
import re
import shutil
import sys
import time
from pathlib import Path
from tkinter import Misc, TclError

import ttkbootstrap as ttk

from crm_desktop.controllers import sign_in
from crm_desktop.controllers.doorplate import sample_sign_in
from crm_desktop.db import Database
from crm_desktop.events import EventBus
from crm_desktop.models import Query
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.actions import Action
from crm_desktop.views.background import Background
from crm_desktop.views.desk import Desk
from crm_desktop.views.dialogs import Dialogs
from crm_desktop.views.keys import descendants
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.modules import MODULES
from crm_desktop.views.preview.geometry import cut, disorder, is_shown, overlapping, texts
from crm_desktop.views.preview.steps import select
from crm_desktop.views.theme import create_root
from crm_desktop.views.widgets.text_inputs import TextInput

SIZE = (1366, 768)
CALM_SECONDS = 0.25
"""Searches begin only after a pause in typing."""
WORD = re.compile(r"[A-Za-z]{2,}")
ALLOWED = {
    "Ctrl", "Shift", "Delete", "Enter", "Esc", "Tab", "Excel", "CSV", "PDF", "DL", "ZL", "mm", "admin", "duzhe",
    "Alt", "db", "xlsx", "xls", "cc", "MB", "Internet", "https", "www", "baidu", "com",
}  # fmt: skip
"""Names of keys, formats and sizes, the operators of the survey, initials that a search box proposes to try, and the page
of 登录Internet."""
VERB_OF = {
    "new": "create", "edit": "update", "delete": "delete", "import": "import", "export": "export", "print": "print",
    "envelopes": "print", "paper": "print", "copy": "create", "save": "update", "switch": "update", "up": "update",
    "down": "update", "merge": "delete", "step": "update", "follow_up": "update",
    "rename": "update", "reset": "update", "unlock": "update", "hand_over": "update", "grants": "update",
}  # fmt: skip
"""The right that an action of this name needs on the area of its screen."""


def english(widgets: list[Misc]) -> list[str]:
    found = {word for widget in widgets if is_shown(widget) for text in texts(widget) for word in WORD.findall(text)}
    return sorted(found - ALLOWED)


def forbidden(screen: Misc, area: str, desk: Desk) -> list[str]:
    """Actions that are offered without the right to them."""
    return [
        action.label
        for action in getattr(screen, "actions", ())
        if action.id in VERB_OF and action.available() and not desk.office.may(area, VERB_OF[action.id])
    ]


class BrokenScreen(ttk.Frame):
    """Everything wrong at once: what the survey must find."""

    def __init__(self, parent: Misc) -> None:
        super().__init__(parent)
        ttk.Label(self, text="Please wait").pack()
        ttk.Button(self, text="这个按钮的文字放不下").place(x=0, y=40, width=40)
        ttk.Label(self, text="在窗口外面").place(x=5000, y=40)
        low = ttk.Frame(self, height=30)
        low.pack_propagate(False)
        low.pack()
        ttk.Frame(low, height=30).pack()
        ttk.Label(low, text="没有地方了").pack()
        second = TextInput(self)
        second.pack(side="bottom")
        TextInput(self).pack(side="top")
        self.actions = [Action("delete", "删除", lambda: None)]
        self.after(1, lambda: 1 / 0)


class Survey:
    """The window of one operator, at one scaling, and what is wrong in it."""

    def __init__(self, root: ttk.Window, database: Database, operator: str, password: str, folder: Path) -> None:
        self.root = root
        self.errors: list[str] = []
        background = Background(root)
        dialogs = Dialogs(root)
        dialogs.show_error = lambda error, **options: self.errors.append(repr(error))  # type: ignore[method-assign]
        background.on_error = dialogs.show_error
        office = sign_in(database, operator, password, EventBus())
        office.bus.dispatch = background.ui.put
        self.desk = Desk(root, office, background, dialogs, ComputerSettings(folder / f"{operator}.json"))
        self.window = MainWindow(root, self.desk)
        self.window.pack(fill="both", expand=True)
        root.report_callback_exception = lambda kind, error, trace: self.errors.append(repr(error))
        self.work(CALM_SECONDS)

    def work(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline or self.desk.background.is_saving:
            self.root.update()
            time.sleep(0.005)

    def findings(self) -> dict[str, dict[str, list[str]]]:
        """Of every screen the operator may open, of the frame round them, and of the broken one."""
        found = {}
        for module in MODULES:
            if module.is_allowed(self.desk):
                found[module.key] = self.of_screen(lambda module=module: self.open(module.key), module.area)
        found["frame"] = self.of_widgets(self.window, "")
        found["broken"] = self.of_screen(lambda: self.window.tabs.open("broken", "坏的", BrokenScreen), "customers")
        self.window.close(asks=False)
        self.desk.background.close()
        return found

    def open(self, key: str) -> Misc:
        customers = list(self.desk.office.customers.ids(Query(order="code")))
        if key == "customer":
            return self.window.open(key, record=customers[0])
        if key == "envelopes":
            return self.window.open(key, entity="customers", ids=customers[:10])
        return self.window.open(key)

    def of_screen(self, open_screen, area: str) -> dict[str, list[str]]:  # type: ignore[no-untyped-def]
        self.errors.clear()
        try:
            screen = open_screen()
        except (Exception, TclError) as error:
            return {"errors": [repr(error)]}
        self.work(CALM_SECONDS)
        select(screen)
        found = self.of_widgets(screen, area)
        self.window.tabs.close(self.window.tabs.current_key)
        return found

    def of_widgets(self, screen: Misc, area: str) -> dict[str, list[str]]:
        widgets = [screen, *descendants(screen)]
        return {
            "errors": list(self.errors),
            "english": english(widgets),
            "cut": [*cut(widgets), *overlapping(widgets)],
            "disorder": disorder(screen),
            "forbidden": forbidden(screen, area, self.desk),
        }


def main(scaling: float, folder: Path, office: Path) -> None:
    """``office`` is a sample office with one more operator, who may only read and has the same password."""
    path = shutil.copyfile(office, folder / "示例.db")
    root = create_root(scaling=scaling)
    root.geometry("+0+0")
    found = {}
    for operator in ("admin", "duzhe"):
        database = Database.open(path)
        known = sample_sign_in(database)
        assert known is not None
        survey = Survey(root, database, operator, known[1], folder)
        root.geometry(f"{SIZE[0]}x{SIZE[1] - (root.winfo_rooty() - root.winfo_y())}")
        survey.work(CALM_SECONDS)
        found[operator] = survey.findings()
        database.close_all()
    root.destroy()
    (folder / "findings.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(float(sys.argv[1]), *map(Path, sys.argv[2:]))
