"""The pages of a form: a tab for each group of fields, each scrolling only when it does not fit the screen."""

from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.keys import descendants, first_field, focus_and_select
from crm_desktop.views.theme import on_theme_change, pixels

PAIRS = 2
"""Fields side by side."""
TASKBAR = 76
"""Height of a title bar and the system's own bar, at 100 %."""


class FormPage(ttk.Frame):
    """``content`` takes the fields: each a pair of grid columns, label and input."""

    def __init__(self, parent: Misc) -> None:
        super().__init__(parent)
        self._canvas = ttk.Canvas(self, highlightthickness=0, borderwidth=0)
        self._bar = ttk.Scrollbar(self, command=self._canvas.yview)
        self._canvas.configure(yscrollcommand=self._bar.set)
        self._canvas.pack(side="left", fill="both", expand=True)
        self.content = ttk.Frame(self._canvas, padding=pixels(self, 8))
        for pair in range(PAIRS):
            self.content.columnconfigure(2 * pair + 1, weight=1, uniform="inputs")
        self._item = self._canvas.create_window(0, 0, anchor="nw", window=self.content)
        self.content.bind("<Configure>", lambda event: self.fit(), add="+")
        self._canvas.bind("<Configure>", lambda event: self._stretch(), add="+")
        on_theme_change(self._canvas, lambda colors: self._canvas.configure(background=colors.background))

    def see(self, widget: Misc) -> None:
        """Scroll just enough to show a widget of this page."""
        top = widget.winfo_rooty() - self.content.winfo_rooty()
        bottom, height = top + widget.winfo_height(), max(self.content.winfo_height(), 1)
        shown, room = self._canvas.canvasy(0), self._canvas.winfo_height()
        margin = pixels(self, 8)
        if top < shown:
            self._canvas.yview_moveto((top - margin) / height)
        elif bottom > shown + room:
            self._canvas.yview_moveto((bottom + margin - room) / height)

    def scroll(self, rows: int) -> None:
        if self._is_cut_off:
            self._canvas.yview_scroll(rows, "units")

    @property
    def _is_cut_off(self) -> bool:
        return bool(self.content.winfo_reqheight() > self._canvas.winfo_height() > 1)

    def fit(self) -> None:
        """As large as the content, as far as the screen allows."""
        window = self.winfo_toplevel()
        around = window.winfo_reqheight() - int(self._canvas.cget("height"))
        room = self.winfo_screenheight() - max(around, 0) - pixels(self, TASKBAR)
        needed = self.content.winfo_reqheight()
        self._canvas.configure(width=self.content.winfo_reqwidth(), height=min(needed, max(room, pixels(self, 200))))
        self._stretch()

    def _stretch(self) -> None:
        height = max(self.content.winfo_reqheight(), self._canvas.winfo_height())
        self._canvas.itemconfigure(self._item, width=self._canvas.winfo_width())
        self._canvas.configure(scrollregion=(0, 0, 1, height))
        if self._is_cut_off:
            self._bar.pack(side="right", fill="y")
        else:
            self._bar.pack_forget()


class FormPages(ttk.Frame):
    """One page for each group, as tabs; a single page stands by itself."""

    def __init__(self, parent: Misc, groups: list[str]) -> None:
        super().__init__(parent)
        self._tabs: Any = ttk.Notebook(self, name="pages") if len(groups) > 1 else None
        self._pages = {group: FormPage(self._tabs or self) for group in groups}
        for group, page in self._pages.items():
            if self._tabs:
                self._tabs.add(page, text=group, compound="right")
            else:
                page.pack(fill="both", expand=True)
        if self._tabs:
            self._tabs.pack(fill="both", expand=True)

    def __getitem__(self, group: str) -> FormPage:
        return self._pages[group]

    @property
    def current(self) -> str:
        """The group in front."""
        if not self._tabs:
            return next(iter(self._pages))
        return list(self._pages)[self._tabs.index("current")]

    def show(self, group: str) -> None:
        """Bring a group to the front."""
        if self._tabs:
            self._tabs.select(self._pages[group])

    def fit(self) -> None:
        """Take the size that the fields need now, before the window is placed."""
        self.update_idletasks()
        for page in self._pages.values():
            page.fit()

    def mark(self, wrong: set[str]) -> None:
        """A red sign on the tabs that have something wrong."""
        for group, page in self._pages.items() if self._tabs else ():
            sign = ttk.Icon("exclamation-circle-fill", 14, "danger") if group in wrong else ""
            self._tabs.tab(page, image=sign)

    def watch(self) -> None:
        """The moving focus and the wheel scroll the page; call it when all fields are there."""
        tag = f"FormPages{self}"
        self.bind_class(tag, "<FocusIn>", self._focus_moved)
        self.bind_class(tag, "<MouseWheel>", lambda event: self._pages[self.current].scroll(-event.delta // 120))
        self.bind_class(tag, "<Button-4>", lambda event: self._pages[self.current].scroll(-1))
        self.bind_class(tag, "<Button-5>", lambda event: self._pages[self.current].scroll(1))
        for page in self._pages.values():
            for widget in descendants(page.content):
                own, *rest = widget.bindtags()
                widget.bindtags((own, tag, *rest))

    def step(self, step: int) -> None:
        """To the page after or before this one, into its first field."""
        groups = list(self._pages)
        group = groups[(groups.index(self.current) + step) % len(groups)]
        self.show(group)
        self.update_idletasks()  # only what is on screen can be gone to
        field = first_field(self._pages[group].content)
        if field is not None:
            focus_and_select(field)

    def _focus_moved(self, event: Event) -> None:
        self._pages[self.current].see(event.widget)
