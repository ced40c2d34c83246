"""F1 in a window that waits for an answer: 使用帮助 in front of it, at the page of what it edits."""

from tkinter import Misc
from typing import Any

from crm_desktop.views.actions import bind_actions
from crm_desktop.views.desk import Desk
from crm_desktop.views.modules import BY_KEY
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.modal import ModalWindow

WINDOW_SIZE = (980, 600)
"""At 100 %."""
LARGEST_SHARE = 0.85
"""Of the screen that the window may take."""


class HelpWindow(ModalWindow):
    """The manual over a window that waits for an answer: Esc goes back to it."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, BY_KEY["help"].title, padding=0)
        self.screen = BY_KEY["help"].make(self.body, desk)
        width, height = (pixels(self, length) for length in WINDOW_SIZE)
        room = int(self.winfo_screenwidth() * LARGEST_SHARE), int(self.winfo_screenheight() * LARGEST_SHARE)
        self.body.configure(width=min(width, room[0]), height=min(height, room[1]))
        self.body.pack_propagate(False)
        self.screen.pack(fill="both", expand=True)
        bind_actions(self, self.screen.actions)

    def open(self, page: str) -> None:
        """Show a page, and go on at once."""
        self.screen.show(page)
        self.show(self.screen.text.text, wait=False)


def help_over(desk: Desk, window: Misc, front: str) -> None:
    """F1 in a window: the page of what it edits, or of the screen in front behind it."""
    if isinstance(window, HelpWindow):
        return
    entity: Any = getattr(window, "entity", None)
    HelpWindow(window, desk).open(getattr(entity, "key", front))
