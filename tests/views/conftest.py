"""A background runner, dialogs that answer by themselves, and a signed-in operator."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tkinter import Event, Misc
from typing import Any

import pytest
import ttkbootstrap as ttk

from crm_desktop import system
from crm_desktop.clock import FixedClock
from crm_desktop.controllers import sign_in
from crm_desktop.db import Database
from crm_desktop.events import EventBus
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.background import Background
from crm_desktop.views.desk import Desk
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.print_preview import PrintPreview
from crm_desktop.views.small_form import SmallForm


@pytest.fixture
def background(root: ttk.Window) -> Iterator[Background]:
    runner = Background(root)
    yield runner
    runner.close()


MOST_MILLISECONDS = 5000
"""After which a form that should have closed is closed, so that a failing test ends."""


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

    def show_recovery_code(self, code: str) -> None:
        self._answer("code", code, None)

    def show_error(self, error: BaseException | str, **options: Any) -> None:
        self.errors.append(error)

    def choose_open_file(self, title: str = "", **options: Any) -> Path | None:
        return self._answer("open", title, None)

    def choose_open_files(self, title: str = "", **options: Any) -> list[Path]:
        return self._answer("files", title, [])

    def choose_save_file(self, title: str = "", **options: Any) -> Path | None:
        return self._answer("save", title, None)

    def choose_folder(self, title: str = "", **options: Any) -> Path | None:
        return self._answer("folder", title, None)


@pytest.fixture(autouse=True)
def printed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test's job waits in a queue of this machine."""
    monkeypatch.setattr(system, "job_state", lambda printer, job: system.JobState(is_done=True))


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


@pytest.fixture
def desk(
    root: ttk.Window,
    office_file: Path,
    password: str,
    tmp_path: Path,
    background: Background,
    dialogs: RecordingDialogs,
) -> Iterator[Desk]:
    """The administrator at work; ``said`` and ``opened`` remember what screens asked of the window."""
    path = tmp_path / "office.db"
    shutil.copy(office_file, path)
    database = Database.open(path)
    office = sign_in(database, "admin", password, EventBus(), FixedClock.at("2026-11-22"))
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
        made.close(asks=False)  # a screen that stayed would leave its keys to the next test


@pytest.fixture
def in_form(root: ttk.Window) -> Iterator[Callable[[Callable[[SmallForm], Any]], None]]:
    """``in_form(action)``: call it with the small form, over the window or a form of it, as soon as one is open; the
    caller will be waiting for it."""

    waiting: list[str] = []

    def act_in_form(action: Callable[[SmallForm], Any]) -> None:
        def look() -> None:
            windows = [*root.winfo_children(), *(each for child in root.winfo_children() for each in child.winfo_children())]
            form = next((each for each in windows if isinstance(each, SmallForm)), None)
            if form is not None and form.winfo_viewable():
                waiting.append(root.after(MOST_MILLISECONDS, lambda: form.winfo_exists() and form.close()))
                action(form)
            else:
                waiting.append(root.after(10, look))

        waiting.append(root.after(10, look))

    yield act_in_form
    for timer in waiting:
        root.after_cancel(timer)


# Windows that are waited for


@pytest.fixture
def in_front(root):
    """The modal window of a kind that is open over the screen."""

    def find(kind, within=None):
        for child in (within or root).winfo_children():
            if isinstance(child, kind) and child.winfo_viewable():
                return child
            found = find(kind, child)
            if found is not None:
                return found
        return None

    return find


@pytest.fixture
def in_window(root, in_front):
    """``in_window(kind, action)``: call it as soon as such a window is open; the caller is waiting for it."""
    waiting = []

    def act(kind, action):
        def look():
            shown = in_front(kind)
            if shown is None:
                waiting.append(root.after(10, look))
            else:
                waiting.append(root.after(8000, lambda: shown.winfo_exists() and shown.close()))
                action(shown)

        waiting.append(root.after(10, look))

    yield act
    for timer in waiting:
        root.after_cancel(timer)


@pytest.fixture
def preview_of(root, wait_until):
    """The preview, once it is open."""

    def find():
        children = [child for window in root.winfo_children() for child in window.winfo_children()]
        return next((child for child in children if isinstance(child, PrintPreview)), None)

    def wait():
        wait_until(find)
        return find()

    yield wait
    if find():
        find().winfo_toplevel().destroy()
