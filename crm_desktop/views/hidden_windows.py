"""Takes the windows in front of the main one out of sight, also those that appear meanwhile, and brings them back."""

from collections.abc import Callable, Iterator
from tkinter import Event, Misc, TclError
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.widgets.modal import ModalWindow

APPEARS = "<Map>"


class HiddenWindows:
    """While it ``is_hiding``, no window but the main one can be seen; what was typed in them stays.

    ``on_appeared`` is called after one that wanted to come up meanwhile was hidden, too.
    """

    def __init__(self, root: ttk.Window, on_appeared: Callable[[], Any]) -> None:
        self._root, self._on_appeared = root, on_appeared
        self._windows: list[Any] = []
        self._grab: Any = None
        self._focus: Any = None
        self.is_hiding = False
        self.lets_through = False
        """For the questions of whoever hides the others."""

    def hide(self) -> None:
        self.is_hiding = True
        self._grab, self._focus = self._root.grab_current(), focused(self._root)
        if self._grab is not None:
            self._grab.grab_release()
        self._windows = [window for window in toplevels(self._root) if window.winfo_viewable()]
        for window in reversed(self._windows):
            window.withdraw()
        self._root.bind_class("Toplevel", APPEARS, self._appeared)

    def bring_back(self) -> None:
        """As they were; of several that ask for an answer the one in front has the keyboard again."""
        self.stop()
        windows = [window for window in self._windows if window.winfo_exists() and self._comes_back(window)]
        for window in windows:
            window.deiconify()
            window.lift()
        self._root.update_idletasks()
        self._give_input_back(windows)

    def discard(self) -> None:
        """Close them for good: whoever waits for their answer gets none."""
        self.stop()
        for window in reversed(self._windows):
            if window.winfo_exists():
                window.destroy()

    def stop(self) -> None:
        self.is_hiding = False
        self._root.unbind_class("Toplevel", APPEARS)

    def _comes_back(self, window: Any) -> bool:
        """A list that drops from a field is gone with the focus; a calendar waits for its answer."""
        return window is self._grab or not window.wm_overrideredirect()

    def _appeared(self, event: Event) -> None:
        window: Any = event.widget
        if self.lets_through or not self.is_hiding:
            return
        window.withdraw()
        if window not in self._windows:
            self._windows.append(window)
        grab = self._root.grab_current()
        if grab is not None and grab.winfo_toplevel() is window:
            self._grab = grab
        self._on_appeared()

    def _give_input_back(self, windows: list[Any]) -> None:
        waiting = [window for window in windows if isinstance(window, ModalWindow)]
        if not _exists(self._grab):
            self._grab = waiting[-1] if waiting else None
        front = self._grab or (windows[-1] if windows else self._root)
        if self._grab is not None:
            self._grab.grab_set()
        has_focus = _exists(self._focus) and self._focus.winfo_toplevel() is front.winfo_toplevel()
        target = self._focus if has_focus else front.focus_lastfor()
        target.focus_force()


def toplevels(widget: Misc) -> Iterator[Any]:
    """Every window that belongs to this one, those that others belong to first."""
    for child in widget.winfo_children():
        if child.winfo_class() == "Toplevel":
            yield child
        yield from toplevels(child)


def focused(root: Misc) -> Any:
    try:
        return root.focus_get()
    except (KeyError, TclError):  # in a part of a widget that tkinter does not know
        return None


def _exists(widget: Any) -> bool:
    return widget is not None and bool(widget.winfo_exists())
