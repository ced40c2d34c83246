"""Real keys, a background runner, and dialogs that answer by themselves."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tkinter import Event, Misc
from typing import Any

import pytest
import ttkbootstrap as ttk
from argon2 import PasswordHasher

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import create_office, passwords, sign_in
from crm_desktop.db import Database
from crm_desktop.events import EventBus
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.background import Background
from crm_desktop.views.desk import Desk
from crm_desktop.views.main_window import MainWindow

PASSWORD = "hongda2026"
CUSTOMERS = (
    ("长春宏达机械制造有限公司", "吉林省长春市朝阳区西安大路58号", "220104", "单小明"),
    ("上海𠮷野商贸有限公司", "上海市浦东新区张江路100号", "310115", "李雷"),
    ("沈阳北方重工有限公司", "", "", ""),
)
"""Name, address, region and contact of each customer in ``desk.office``."""


@pytest.fixture
def focus(root: ttk.Window) -> Callable[[Misc], None]:
    """Give a widget the keyboard and wait for it: keys sent before the focus has come are lost."""

    def take_focus(widget: Misc) -> None:
        deadline, calm = time.monotonic() + 5, 0
        widget.focus_force()
        while calm < 5:  # an old focus event may still be on its way from the X server
            assert time.monotonic() < deadline, "the focus never came"
            time.sleep(0.003)
            root.update()
            has_focus = str(widget.tk.call("focus", "-displayof", widget)) == str(widget)
            calm = calm + 1 if has_focus else 0
            if not has_focus:
                widget.focus_force()

    return take_focus


@pytest.fixture
def press(root: ttk.Window, focus: Callable[[Misc], None]) -> Callable[..., None]:
    """Press keys in a widget as the operator would: ``press(entry, "<Return>")``."""

    def press_keys(widget: Misc, *sequences: str) -> None:
        if widget.focus_get() is not widget:
            focus(widget)
        for sequence in sequences:
            target = root.focus_get() or widget
            target.event_generate(sequence)
            root.update()

    return press_keys


@pytest.fixture
def type_text(root: ttk.Window, focus: Callable[[Misc], None]) -> Callable[[Misc, str], None]:
    """Type ASCII text key by key; other characters are inserted as an input method commits them."""

    def type_into(widget: Misc, text: str) -> None:
        if widget.focus_get() is not widget:
            focus(widget)
            widget.event_generate("<End>")
        for character in text:
            if character.isascii() and character.isalnum():
                widget.event_generate(f"<KeyPress-{character}>")
                widget.event_generate(f"<KeyRelease-{character}>")
            else:
                widget.insert("insert", character)
            root.update()

    return type_into


@pytest.fixture
def background(root: ttk.Window) -> Iterator[Background]:
    runner = Background(root)
    yield runner
    runner.close()


class RecordingDialogs:
    """Answers from a list instead of asking, and remembers what was asked."""

    def __init__(self) -> None:
        self.answers: list[Any] = []
        self.asked: list[tuple[str, str]] = []
        self.errors: list[BaseException | str] = []

    def _answer(self, kind: str, text: str, default: Any) -> Any:
        self.asked.append((kind, text))
        return self.answers.pop(0) if self.answers else default

    def ask_yes_no(self, question: str, **options: Any) -> bool:
        return bool(self._answer("yes_no", question, False))

    def ask_choice(self, question: str, choices: Any, **options: Any) -> str | None:
        return self._answer("choice", question, None)

    def ask_text(self, prompt: str, **options: Any) -> str | None:
        return self._answer("text", prompt, None)

    def ask_password(self, prompt: str = "", **options: Any) -> str | None:
        return self._answer("password", prompt, None)

    def show_message(self, text: str, **options: Any) -> None:
        self._answer("message", text, None)

    def show_error(self, error: BaseException | str, **options: Any) -> None:
        self.errors.append(error)

    def choose_open_file(self, title: str = "", **options: Any) -> Path | None:
        return self._answer("open", title, None)

    def choose_save_file(self, title: str = "", **options: Any) -> Path | None:
        return self._answer("save", title, None)

    def choose_folder(self, title: str = "", **options: Any) -> Path | None:
        return self._answer("folder", title, None)


@pytest.fixture
def dialogs() -> RecordingDialogs:
    return RecordingDialogs()


@pytest.fixture
def key_event() -> Callable[..., Event]:
    """A key event as Tk would deliver it, for what no virtual screen can produce (input methods)."""

    def make(widget: Misc, keycode: int) -> Event:
        event: Event = Event()
        event.widget = widget
        event.keycode = keycode
        return event

    return make


# A signed-in operator


@pytest.fixture(scope="session")
def cheap_passwords() -> Iterator[None]:
    """Real password hashes, but quick ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory, cheap_passwords: None) -> Path:
    """An office with three customers, made once; the third lacks postcode and address."""
    path = tmp_path_factory.mktemp("office") / "office.db"
    database = Database.open(path, create=True)
    clock = FixedClock.at("2026-11-22")
    profile = {"address": "吉林省长春市朝阳区人民大街1号", "postcode": "130021", "phone": "0431-85120000"}
    create_office(database, "长春宏达", "admin", PASSWORD, profile, clock=clock)
    office = sign_in(database, "admin", PASSWORD, clock=clock)
    for name, address, region, contact in CUSTOMERS:
        customer = office.customers.create({"name": name, "address": address, "region": region})
        if contact:
            office.contacts.create({"name": contact, "customer": customer, "gender": "男", "mobile": "13904310001"})
    database.close_all()
    return path


@pytest.fixture
def desk(
    root: ttk.Window, office_file: Path, tmp_path: Path, background: Background, dialogs: RecordingDialogs
) -> Iterator[Desk]:
    """The administrator at work; ``said`` and ``opened`` remember what screens asked of the window."""
    path = tmp_path / "office.db"
    shutil.copy(office_file, path)
    database = Database.open(path)
    office = sign_in(database, "admin", PASSWORD, EventBus(), FixedClock.at("2026-11-22"))
    office.bus.dispatch = background.ui.put
    desk: Any = Desk(root, office, background, dialogs, ComputerSettings(tmp_path / "settings.json"))  # type: ignore[arg-type]
    desk.said, desk.opened = [], []
    desk.say = lambda text, action=None: desk.said.append((text, action))
    desk.open = lambda key, **arguments: desk.opened.append((key, arguments))
    yield desk
    background.close()  # what still runs would find the file closed
    database.close_all()


@pytest.fixture
def window(root: ttk.Window, desk: Desk) -> Iterator[MainWindow]:
    """The signed-in operator's window; ``window.open("customers")`` shows a screen."""
    made = MainWindow(root, desk)
    made.pack(fill="both", expand=True)
    root.update()
    yield made
    if made.winfo_exists():
        made.close()
