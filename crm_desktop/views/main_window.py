"""The window of a signed-in operator: menu bar, navigation, the screens as tabs, status bar."""

from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.events import BackupCreated, DatabaseReplaced, RecordsChanged
from crm_desktop.models.moments import local_text
from crm_desktop.views.actions import Action, menu_bar
from crm_desktop.views.desk import Desk
from crm_desktop.views.keys import KEYS, bind_key, unbind_key
from crm_desktop.views.modules import BY_KEY, MENUS, MODULES, SYSTEM, Module
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.navigation import Navigation
from crm_desktop.views.widgets.notebook_tabs import NotebookTabs
from crm_desktop.views.widgets.status_bar import SpokenAction, StatusBar

WEEKDAYS = "一二三四五六日"
NEVER = "尚未备份"


class MainWindow(ttk.Frame):
    """Fills the root until the operator signs out."""

    def __init__(self, root: ttk.Window, desk: Desk) -> None:
        super().__init__(root, name="main")
        self.desk = desk
        desk.open, desk.say = self.open, self.say
        self.status = StatusBar(self, ("operator", "office", "date", "database", "backup"))
        self.status.pack(side="bottom", fill="x")
        self.navigation = Navigation(self, self._navigation_modules(), self.open)
        self.navigation.pack(side="left", fill="y")
        self.tabs = NotebookTabs(self, on_change=self.navigation.mark)
        self.tabs.pack(side="left", fill="both", expand=True, padx=(pixels(self, 6), 0))
        self.menu = menu_bar(root, [(title, letter, self._menu_actions(title)) for title, letter in MENUS])
        self._bind_keys()
        self._unsubscribe = [
            desk.office.bus.subscribe(BackupCreated, lambda event: self._show_backup()),
            desk.office.bus.subscribe(RecordsChanged, self._records_changed),
            desk.office.bus.subscribe(DatabaseReplaced, lambda event: desk.sign_out()),
        ]
        self._show_status()
        if desk.office.may("customers", "view"):
            self.open("customers")

    def open(self, key: str, **arguments: Any) -> Any:
        """Bring a screen to the front, making it when needed; arguments go to its ``show``."""
        module = BY_KEY[key]
        screen = self.tabs.open(key, module.title, lambda parent: self._make(module, parent))
        if arguments:
            screen.show(**arguments)
        return screen

    def say(self, text: str, action: SpokenAction | None = None) -> None:
        self.status.say(text, action)

    def close(self) -> bool:
        """Close all screens; False when one of them wants to stay."""
        if not self.tabs.close_all():
            return False
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        for key in KEYS:
            unbind_key(self.desk.root, key)
        self.desk.root.configure(menu="")
        self.destroy()
        return True

    def _make(self, module: Module, parent: Misc) -> Any:
        return module.make(parent, self.desk)

    def _navigation_modules(self) -> list[Module]:
        ranked = [module for module in MODULES if module.rank and module.is_allowed(self.desk)]
        return sorted(ranked, key=lambda module: module.rank)

    def _menu_actions(self, menu: str) -> list[Action]:
        actions = [
            Action(module.key, module.title, lambda key=module.key: self.open(key))  # type: ignore[misc]
            for module in MODULES
            if module.menu == menu and module.is_allowed(self.desk)
        ]
        if menu == SYSTEM:
            actions.append(Action("sign_out", "更换操作员", self.desk.sign_out, group="session"))
            actions.append(Action("quit", "退出", self._quit, group="session", mnemonic="X"))
        return actions

    def _quit(self) -> None:
        self.desk.root.event_generate("<<Quit>>")

    def _bind_keys(self) -> None:
        """Keys act on the screen in front wherever the focus is: a frame does not hear its children's keys."""
        own = {"close_tab", "next_tab", "previous_tab"}
        for key in KEYS.keys() - own:
            bind_key(self.desk.root, key, lambda key=key: self._press(key))

    def _press(self, key: str) -> bool | None:
        screen = self.tabs.current
        actions = [*getattr(screen, "actions", ()), Action("help", "帮助", lambda: self.open("keys"), key="help")]
        if screen is not None:
            actions.append(Action("search", "快速查找", screen.focus_set, key="search"))
        action = next((action for action in actions if action.key == key), None)
        return action.run() if action else False

    # -- status bar ------------------------------------------------------------------------------------------------

    def _show_status(self) -> None:
        office = self.desk.office
        operator = office.operator
        self.status.set("operator", f"操作员：{operator.full_name}（{operator.role}）")
        today = office.clock.today()
        self.status.set("date", f"{today:%Y-%m-%d} 星期{WEEKDAYS[today.weekday()]}")
        self.status.set("database", f"数据库：{office.db.path.name}")
        self._show_company()
        self._show_backup()

    def _show_company(self) -> None:
        self.status.set("office", self.desk.office.company.profile()["name"])

    def _show_backup(self) -> None:
        if self.desk.office.may("backups", "view"):
            at = self.desk.office.backups.last_at()
            self.status.set("backup", f"上次备份：{local_text(at) or NEVER}")

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.entity == "company":
            self._show_company()
