"""The first start: found an office, open an existing database, or restore a backup."""

from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk


class WelcomePage(ttk.Frame):
    """Three ways to begin."""

    def __init__(self, root: Misc, application: Any) -> None:
        super().__init__(root, name="welcome")
