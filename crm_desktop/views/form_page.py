"""The pages of a form: a tab for each group of fields, each scrolling only when it does not fit the screen."""

from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.keys import descendants, first_field, focus_and_select
from crm_desktop.views.listening import bind_tag
from crm_desktop.views.theme import pixels, row_height

PAIRS = 2
"""Fields side by side."""
TASKBAR = 76
"""Height of a title bar and the system's own bar, at 100 %."""
LEAST_HEIGHT = 200


class FormPage(ttk.Frame):
    """``content`` takes the fields: each a pair of grid columns, label and input."""

    def __init__(self, parent: Misc) -> None:
        super().__init__(parent)
        self._view = ttk.Frame(self)
        self._bar = ttk.Scrollbar(self, command=self._dragged)
        self._view.pack(fill="both", expand=True)
        self._top = 0
        self.around = 0
        """Height of what the window has besides the page."""
        margin = pixels(self, 8)
        self.content = ttk.Frame(self._view, padding=(margin, margin, pixels(self, 16), margin))
        for pair in range(PAIRS):
            self.content.columnconfigure(2 * pair + 1, weight=1, uniform="inputs")
        self.content.place(x=0, y=0, relwidth=1)
        self.content.bind("<Configure>", lambda event: self.fit(), add="+")
        self._view.bind("<Configure>", lambda event: self._move(self._top), add="+")

    def see(self, widget: Misc) -> None:
        """Scroll just enough to show a widget of this page."""
        top = widget.winfo_rooty() - self.content.winfo_rooty()
        bottom, margin = top + widget.winfo_height(), pixels(self, 8)
        if top < self._top:
            self._move(top - margin)
        elif bottom > self._top + self._view.winfo_height():
            self._move(bottom + margin - self._view.winfo_height())

    @property
    def asked_height(self) -> int:
        return int(self._view.winfo_reqheight())

    def scroll(self, rows: int) -> None:
        self._move(self._top + rows * row_height(self))

    def fit(self) -> None:
        """As large as the content, as far as the screen allows."""
        room = self.winfo_screenheight() - self.around - pixels(self, TASKBAR)
        height = min(self.content.winfo_reqheight(), max(room, pixels(self, LEAST_HEIGHT)))
        self._view.configure(width=self.content.winfo_reqwidth(), height=height)
        self._move(self._top)

    def _move(self, top: int) -> None:
        """Show the content from ``top`` on, as far as there is more of it."""
        needed, room = self.content.winfo_reqheight(), self._view.winfo_height()
        self._top = max(0, min(top, needed - room))
        self.content.place_configure(y=-self._top)
        if needed > room > 1:
            self._bar.set(self._top / needed, (self._top + room) / needed)
            # Over the margin: room of its own would wrap sentences anew, and so decide whether it is needed.
            self._bar.place(relx=1, rely=0, relheight=1, anchor="ne")
        else:
            self._bar.place_forget()

    def _dragged(self, what: str, amount: str, unit: str = "") -> None:
        if what == "moveto":
            self._move(int(float(amount) * self.content.winfo_reqheight()))
        elif unit == "pages":
            self._move(self._top + int(amount) * self._view.winfo_height())
        else:
            self.scroll(int(amount))


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
        around = self.winfo_toplevel().winfo_reqheight() - max(page.asked_height for page in self._pages.values())
        for page in self._pages.values():
            page.around = around
            page.fit()

    def mark(self, wrong: set[str]) -> None:
        """A red sign on the tabs that have something wrong."""
        for group, page in self._pages.items() if self._tabs else ():
            sign = ttk.Icon("exclamation-circle-fill", 14, "danger") if group in wrong else ""
            self._tabs.tab(page, image=sign)

    def watch(self) -> None:
        """The moving focus and the wheel scroll the page; call it when all fields are there."""
        tag = f"FormPages{self}"
        bind_tag(self, tag, "<FocusIn>", self._focus_moved)
        bind_tag(self, tag, "<MouseWheel>", lambda event: self._pages[self.current].scroll(-event.delta // 120))
        bind_tag(self, tag, "<Button-4>", lambda event: self._pages[self.current].scroll(-1))
        bind_tag(self, tag, "<Button-5>", lambda event: self._pages[self.current].scroll(1))
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
