"""What every screen is handed: the office it works in and the window's services."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers import Office
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.background import Background
from crm_desktop.views.dialogs import Dialogs


@dataclass
class Desk:
    """One signed-in operator at one window."""

    root: ttk.Window
    office: Office
    background: Background
    dialogs: Dialogs
    computer: ComputerSettings
    open: Callable[..., Any] = field(default=lambda key, **arguments: None)
    """``open("customers")`` brings a screen to the front; arguments go to the screen's ``show``."""
    say: Callable[..., None] = field(default=lambda text, action=None: None)
    """A short line in the status bar; ``say("已导出。", ("打开文件", open_it))`` adds a link."""
    notify: Callable[..., None] = field(default=lambda text, action=None: None)
    """A yellow line above the screens that stays until it is closed; ``action`` as for ``say``."""
    may_leave: Callable[[], bool] = field(default=lambda: True)
    """Ask every screen whether it may be closed; False when one has something unsaved to keep."""
    sign_out: Callable[[], Any] = field(default=lambda: None)
    """End the session and ask who comes next."""
    has_other_windows: Callable[[], bool] = field(default=lambda: False)
    """Whether another window of this computer has the same database open."""
    forms: dict[str, list[Any]] = field(default_factory=dict)
    """Form windows by entity: kept when closed, filled again for the next record."""
    runs: dict[str, Any] = field(default_factory=dict)
    """Work that goes on when its screen is closed; ``stop()`` ends it with the session."""

    def run(self, work: Callable[[Any], Any], on_done: Callable[[Any], Any] | None = None, **options: Any) -> Any:
        """Work in the background; see ``Background.run_in_background``."""
        return self.background.run_in_background(work, on_done, **options)
