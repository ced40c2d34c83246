"""The window of a signed-in operator: menu bar, navigation, the screens as tabs, status bar."""

import itertools
from collections.abc import Callable
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop import system
from crm_desktop.controllers import sign_out
from crm_desktop.events import BackupCreated, DatabaseReplaced, RecordsChanged
from crm_desktop.models.lunar import lunar_words
from crm_desktop.models.moments import local_text
from crm_desktop.views.actions import Action, menu_bar
from crm_desktop.views.desk import Desk
from crm_desktop.views.drafts import offer_drafts
from crm_desktop.views.help_window import help_over
from crm_desktop.views.idle_watch import IdleWatch
from crm_desktop.views.keys import KEYS, bind_key, sequences, unbind_key
from crm_desktop.views.mail.runner import offer_unfinished
from crm_desktop.views.modules import BY_KEY, MENUS, MODULES, SYSTEM, TOOLS, Module
from crm_desktop.views.passwords import change_password, renew_recovery_code
from crm_desktop.views.place_warning import warn_of_place
from crm_desktop.views.reminders import ReminderWatch
from crm_desktop.views.screen_lock import ScreenLock
from crm_desktop.views.theme import APPEARANCES, THEMES, pixels, use_theme
from crm_desktop.views.widgets.navigation import Navigation
from crm_desktop.views.widgets.notebook_tabs import NotebookTabs
from crm_desktop.views.widgets.notices import Notices
from crm_desktop.views.widgets.status_bar import SpokenAction, StatusBar

WEEKDAYS = "一二三四五六日"
NEVER = "尚未备份"
OTHERS = "另一个窗口也打开了这个数据库"
WATCH_MILLISECONDS = 10_000
PARTS = ("windows", "operator", "office", "date", "database", "backup")
DISPENSABLE = ("office", "database", "date", "backup", "operator")
FOLDED = "navigation.is_folded"


class MainWindow(ttk.Frame):
    """Fills the root until the operator signs out."""

    def __init__(self, root: ttk.Window, desk: Desk) -> None:
        super().__init__(root, name="main")
        self.desk = desk
        self.notices = Notices(self)
        desk.open, desk.say, desk.notify = self.open, self.say, self.notices.add
        self.status = StatusBar(self, PARTS, DISPENSABLE)
        self.status.pack(side="bottom", fill="x")
        self.navigation = Navigation(
            self,
            self._navigation_modules(),
            self.open,
            is_folded=desk.office.settings.preference(FOLDED, False),
            on_fold=self._remember_fold,
        )
        self.navigation.pack(side="left", fill="y")
        self.notices.pack(side="top", fill="x", padx=(pixels(self, 6), 0))
        self.tabs = NotebookTabs(self, on_change=self.navigation.mark)
        desk.may_leave = self.tabs.may_close_all
        self.tabs.pack(side="left", fill="both", expand=True, padx=(pixels(self, 6), 0))
        self._watch_idleness()
        self.menu = menu_bar(root, [(title, letter, self._menu_actions(title)) for title, letter in MENUS])
        self._bind_keys()
        self._unsubscribe = [
            desk.office.bus.subscribe(BackupCreated, lambda event: self._show_backup()),
            desk.office.bus.subscribe(RecordsChanged, self._records_changed),
            desk.office.bus.subscribe(DatabaseReplaced, lambda event: desk.sign_out(asks=False)),
        ]
        self._show_status()
        self.reminders = ReminderWatch(self, desk)
        self.open("today")
        warn_of_place(desk, self)
        if not desk.has_other_windows():  # what is unsaved may be what somebody is typing there
            offer_drafts(desk, self)
            offer_unfinished(desk)

    def open(self, key: str, **arguments: Any) -> Any:
        """Bring a screen to the front, making it when needed; arguments go to its ``show``."""
        module = BY_KEY[key]
        screen = self.tabs.open(key, module.tab_title, lambda parent: self._make(module, parent))
        if arguments:
            screen.show(**arguments)
        return screen

    def say(self, text: str, action: SpokenAction | None = None) -> None:
        self.status.say(text, action)

    def close(self, *, asks: bool = True) -> bool:
        """Close all screens; False when one of them wants to stay, which without ``asks`` it cannot."""
        if not self.tabs.close_all(asks=asks):
            return False
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self.idle.stop()
        self.reminders.stop()
        for run in self.desk.runs.values():
            run.stop()
        for sequence in (*sequences("lock"), *sequences("help")):
            self.desk.root.unbind_all(sequence)
        self.lock.end()
        for form in itertools.chain.from_iterable(self.desk.forms.values()):
            form.destroy()
        for key in KEYS:
            unbind_key(self.desk.root, key)
        self.after_cancel(self._watch)
        self.desk.root.configure(menu="")
        sign_out(self.desk.office)
        self.destroy()
        return True

    def _make(self, module: Module, parent: Misc) -> Any:
        return module.make(parent, self.desk)

    def _navigation_modules(self) -> list[Module]:
        ranked = [module for module in MODULES if module.rank and module.is_allowed(self.desk)]
        return sorted(ranked, key=lambda module: module.rank)

    def _menu_actions(self, menu: str) -> list[Action]:
        actions = [
            self._opening(module)
            for module in MODULES
            if module.menu == menu and module.is_allowed(self.desk)
        ]
        if menu == TOOLS:
            actions += self._programs()
        if menu == SYSTEM:
            actions += [*self._own_password(), *self._appearances()]
            actions += self._session()
            actions.append(Action("quit", "退出", self._quit, group="session", mnemonic="X"))
        return actions

    def _opening(self, module: Module) -> Action:
        handler = self.help if module.shortcut == "help" else lambda: self.open(module.key)
        return Action(module.key, module.title, handler, module.shortcut)

    def help(self) -> None:
        """使用帮助, at the page of the screen in front."""
        front = self.tabs.current_key
        self.open("help", **({"page": front} if front not in ("", "help") else {}))

    def _help_over(self, event: Event) -> None:
        """F1 in a window in front of this one, which hears no key of it."""
        if isinstance(event.widget, str):  # a part of a widget that tkinter does not know
            return
        window = event.widget.winfo_toplevel()
        if window is not self.desk.root and not window.wm_overrideredirect():
            help_over(self.desk, window, self.tabs.current_key)

    def _own_password(self) -> list[Action]:
        """Only an administrator has to do with the office's recovery code."""
        actions = [Action("password", "密码修改", self.change_password)]
        if self.desk.office.may("operators", "update"):
            actions.append(Action("recovery", "换新的找回码", lambda: renew_recovery_code(self.desk, self)))
        return actions

    def _watch_idleness(self) -> None:
        """锁定屏幕: by key, from the menu, or when nobody has been here for a while."""
        settings = self.desk.office.settings
        self.lock = ScreenLock(self.desk, lambda: self.menu, lambda: self.idle.restart())
        self.idle = IdleWatch(self, lambda: int(settings.option("idle_lock_minutes")), self.lock.lock)
        for sequence in sequences("lock"):
            self.desk.root.bind_all(sequence, lambda event: self.lock.lock())

    def _session(self) -> list[Action]:
        return [
            Action("lock", "锁定屏幕", self.lock.lock, "lock", group="session"),
            Action("sign_out", "更换操作员", self.desk.sign_out, "change_operator", group="session"),
        ]

    def _calculator(self) -> Action:
        return Action("calculator", "计算器", self._open_calculator, "calculator")

    def _open_calculator(self) -> None:
        self._start(lambda: system.open_calculator())

    def _programs(self) -> list[Action]:
        """Programs of others, in the order of the design document."""
        return [
            Action("word", "调用Word", lambda: self._start(lambda: system.open_writer()), mnemonic="W"),
            Action("excel", "调用Excel", lambda: self._start(lambda: system.open_spreadsheet()), mnemonic="E"),
            self._calculator(),
            Action("internet", "登录Internet", self._open_internet, mnemonic="I"),
        ]

    def _open_internet(self) -> None:
        page = self.desk.office.settings.option("internet_page")
        self._start(lambda: system.open_url(page))

    def _start(self, program: Callable[[], None]) -> None:
        self.desk.run(lambda job: program(), on_error=self.desk.dialogs.show_error)

    def _appearances(self) -> list[Action]:
        """外观: one entry a theme; that of the theme in use is grey."""
        return [
            Action(
                f"appearance_{name}",
                f"外观：{THEMES[theme]}",
                lambda name=name: self._appear(name),  # type: ignore[misc]
                available=lambda name=name: self.desk.computer["theme"] != name,  # type: ignore[misc]
                group="appearance",
            )
            for name, theme in APPEARANCES.items()
        ]

    def _appear(self, name: str) -> None:
        self.desk.computer["theme"] = name
        use_theme(APPEARANCES[name])

    def change_password(self) -> None:
        """密码修改: everybody's own."""
        change_password(self.desk, self)

    def _quit(self) -> None:
        self.desk.root.event_generate("<<Quit>>")

    def _remember_fold(self, is_folded: bool) -> None:
        settings = self.desk.office.settings
        self.desk.run(lambda job: settings.set_preference(FOLDED, is_folded), is_saving=True)

    def _bind_keys(self) -> None:
        """Keys act on the screen in front wherever the focus is: a frame does not hear its children's keys."""
        own = {"close_tab", "next_tab", "previous_tab"}
        for key in KEYS.keys() - own:
            bind_key(self.desk.root, key, lambda key=key: self._press(key))
        for sequence in sequences("help"):
            self.desk.root.bind_all(sequence, self._help_over)

    def _press(self, key: str) -> bool | None:
        screen = self.tabs.current
        actions = [*getattr(screen, "actions", ()), *self._everywhere()]
        if screen is not None:
            actions.append(Action("search", "快速查找", screen.focus_set, key="search"))
        action = next((action for action in actions if action.key == key), None)
        return action.run() if action else False

    def _everywhere(self) -> list[Action]:
        """What a key does whichever screen is in front."""
        shortcuts = [module for module in MODULES if module.shortcut and module.is_allowed(self.desk)]
        return [*map(self._opening, shortcuts), self._calculator(), *self._session()]

    # -- status bar ------------------------------------------------------------------------------------------------

    def _show_status(self) -> None:
        office = self.desk.office
        operator = office.operator
        self.status.set("operator", f"操作员：{operator.full_name}（{operator.role}）")
        today = office.clock.today()
        self.status.set("date", f"{today:%Y-%m-%d} 星期{WEEKDAYS[today.weekday()]} {lunar_words(today)}")
        self.status.set("database", f"数据库：{office.db.path.name}")
        self._show_company()
        self._show_backup()
        self._show_other_windows()

    def _show_other_windows(self) -> None:
        """Asked again and again: another window may come and go."""
        self.status.set("windows", OTHERS if self.desk.has_other_windows() else "")
        self._watch = self.after(WATCH_MILLISECONDS, self._show_other_windows)

    def _show_company(self) -> None:
        self.status.set("office", self.desk.office.company.profile()["name"])

    def _show_backup(self) -> None:
        if self.desk.office.may("backups", "view"):
            at = self.desk.office.backups.last_at()
            self.status.set("backup", f"上次备份：{local_text(at) or NEVER}")

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.entity == "company":
            self._show_company()
