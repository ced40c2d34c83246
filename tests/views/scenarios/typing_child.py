"""A clerk in a process of its own, who signs in, types into a form or a grid, and waits to be killed.

``python -m tests.views.scenarios.typing_child OFFICE SETTINGS PASSWORD form|grid PASTED``
"""

import sys
from pathlib import Path

from crm_desktop.app import Application, build
from crm_desktop.clock import FixedClock
from crm_desktop.models import CUSTOMERS
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.batch_entry import BatchEntryScreen
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.sign_in import SignInPage

TYPED = {
    "name": "长春宏达", "phone": "0431-85123456", "remark": "第一行\n第二行",
    "contacts.0.name": "单小明", "contacts.0.mobile": "13904310001",
}  # fmt: skip
POLL = 50
"""Milliseconds."""


class Clerk:
    """``pasted`` is what stands on the clipboard."""

    def __init__(self, app: Application, password: str, pasted: str) -> None:
        self._app, self._password, self._pasted = app, password, pasted

    def work(self, at: str) -> None:
        if isinstance(self._app.page, SignInPage):
            self._app.page.operator.set("admin")
            self._app.page.password.set(self._password)
            self._app.page.submit()
        if isinstance(self._app.page, MainWindow):
            self.fill_in_form() if at == "form" else self.open_grid()
        else:
            self._app.root.after(POLL, self.work, at)

    def fill_in_form(self) -> None:
        form = open_form(self._app.page.desk, CUSTOMERS, None).form
        for name, text in TYPED.items():
            control = form[name].input.control
            control.focus_force()
            control.insert("insert", text)

    def open_grid(self) -> None:
        screen = self._app.page.desk.open("batch_entry")
        screen.show("customers", [1])
        self.fill_in_grid(screen)

    def fill_in_grid(self, screen: BatchEntryScreen) -> None:
        """The telephone of the record that is there, below it two rows pasted, and one typed."""
        root = self._app.root
        root.focus_force()
        screen.focus_set()
        root.update()
        if not (screen.sheet.rows()[0][0] and root.focus_get() is screen.sheet.sheet.MT):
            root.after(POLL, self.fill_in_grid, screen)
            return
        root.clipboard_clear()
        root.clipboard_append(self._pasted)
        self.press("<Right>", "<Right>", "<Right>", *keys("043185123456"), "<Return>")
        self.press("<Home>", "<Down>", "<Control-v>", "<Down>", "<Down>", *keys("ding"), "<Return>")

    def press(self, *sequences: str) -> None:
        for sequence in sequences:
            (self._app.root.focus_get() or self._app.root).event_generate(sequence)
            self._app.root.update()


def keys(text: str) -> list[str]:
    return [f"<KeyPress-{letter}>" if letter.isalpha() else f"<Key-{letter}>" for letter in text]


def main(office: str, settings: str, password: str, at: str, pasted: str = "") -> None:
    app = build(ComputerSettings(Path(settings)), FixedClock.at("2026-11-22"))
    app.start(Path(office))
    app.root.after(POLL, Clerk(app, password, pasted).work, at)
    app.root.mainloop()


if __name__ == "__main__":
    main(*sys.argv[1:])
