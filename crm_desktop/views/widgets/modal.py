"""A window in front of another that must be answered first."""

from collections.abc import Callable
from tkinter import Misc, TclError
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.keys import bind_key


class ModalWindow(ttk.Toplevel):
    """Built hidden, shown centred over its parent by ``show``; Esc and the window's cross cancel it.

    A subclass fills ``self.body``, sets ``result`` and calls ``close``.
    """

    def __init__(self, parent: Misc, title: str, *, padding: int = 16) -> None:
        self._parent = parent.winfo_toplevel()
        super().__init__(title=title, master=self._parent, resizable=(False, False))
        self.withdraw()
        self.result: Any = None
        self._previous_focus: Misc | None = None
        self._previous_grab: Misc | None = None
        self.body = ttk.Frame(self, bootstyle="bordered", padding=ttk.scale_size(self, padding))
        self.body.pack(fill="both", expand=True)
        self.protocol("WM_DELETE_WINDOW", self.cancel)
        bind_key(self, "close", self.cancel)

    def add_saving_row(self, label: str, save: Callable[[], Any]) -> ttk.Button:
        """``label`` and 取消 at the foot, with their keys; returns the button that saves, named ``submit``."""
        row = ttk.Frame(self.body)
        row.pack(side="bottom", fill="x", pady=(ttk.scale_size(self, 14), 0))
        button = ttk.Button(row, text=f"{label} F8", bootstyle="primary", command=save, name="submit")
        cancel = ttk.Button(row, text="取消 Esc", bootstyle="outline", command=self.cancel, name="cancel")
        cancel.pack(side="right")
        button.pack(side="right", padx=ttk.scale_size(self, 8))
        bind_key(button, "enter", save)
        bind_key(cancel, "enter", self.cancel)
        bind_key(self, "save", save)
        return button

    def cancel(self) -> None:
        """Close without a result; a subclass may refuse."""
        self.result = None
        self.close()

    def close(self) -> None:
        self.destroy()
        give_back(self._previous_grab, self._previous_focus, self._parent)

    def hide(self) -> None:
        """Close, but keep the window for the next ``show``."""
        self.grab_release()
        self.withdraw()
        give_back(self._previous_grab, self._previous_focus, self._parent)

    def show(self, focus: Misc | None = None, *, wait: bool = True) -> Any:
        """Show the window; with ``wait`` return ``result`` when it is closed."""
        self._previous_focus, self._previous_grab = _focused(self._parent), self.grab_current()
        if self._parent.winfo_viewable():
            self.transient(self._parent)
        centre_on(self, self._parent)
        self.deiconify()
        self.lift()
        self.update_idletasks()
        self.grab_set()
        (focus or self).focus_force()
        if wait:
            self.wait_window()
        return self.result


def centre_on(window: ttk.Toplevel, parent: Misc) -> None:
    """Place the hidden window over the middle of ``parent``, inside the screen."""
    window.update_idletasks()
    width, height = window.winfo_reqwidth(), window.winfo_reqheight()
    x = parent.winfo_rootx() + (parent.winfo_width() - width) // 2
    y = parent.winfo_rooty() + (parent.winfo_height() - height) // 3
    x = max(0, min(x, window.winfo_screenwidth() - width))
    y = max(0, min(y, window.winfo_screenheight() - height))
    window.geometry(f"+{x}+{y}")


def give_back(grab: Misc | None, widget: Misc | None, parent: Misc) -> None:
    """The input to the window that had it before, the focus to its widget, or to ``parent`` when that is gone."""
    if grab is not None and grab.winfo_exists():
        grab.grab_set()
    for target in (widget, parent):
        if target is not None and target.winfo_exists():
            target.focus_force()
            return


def _focused(parent: Misc) -> Misc | None:
    try:
        return parent.focus_get()
    except (
        KeyError,
        TclError,
    ):  # the focus is in a part of a widget that tkinter does not know, e.g. a drop list
        return None
