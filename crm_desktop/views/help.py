"""使用帮助: the manual, with its contents and a search beside the page; as a screen, or in a window of its own."""

from collections.abc import Sequence
from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.models.manual import INDEX, contents, page_of, search
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.desk import Desk
from crm_desktop.views.exporting import write_file
from crm_desktop.views.keys import bind_key
from crm_desktop.views.manual_text import ManualText
from crm_desktop.views.paper import Paper
from crm_desktop.views.printing import PDF_FILES, show_when_made
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.search_box import SearchBox

TITLE = "使用帮助"
NOTHING = "没有找到，请换一个词。"
SIDE_WIDTH = 225
"""Of contents and search, at 100 %."""


class HelpScreen(ttk.Frame):
    """``show(page)`` opens the page of a screen by its key; without one that was written, the contents."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="help")
        self.desk = desk
        self._pages = desk.office.manual.pages()
        self._contents = contents(self._pages[INDEX])
        self._past: list[str] = []
        self._hits: dict[str, tuple[str, int]] = {}
        self.page = ""
        self.actions = self._make_actions()
        self.toolbar = Toolbar(self, self.actions)
        self.toolbar.pack(fill="x", pady=(0, pixels(self, 6)))
        self._make_side().pack(side="left", fill="y", padx=(0, pixels(self, 8)))
        self.text = ManualText(self, desk.office.manual.picture, self.show)
        self.text.pack(side="left", fill="both", expand=True)
        self._list_contents()
        self._turn_to(INDEX)

    def focus_set(self) -> None:
        """↑ ↓ and the page keys read on."""
        self.text.focus_set()

    def show(self, page: str) -> None:
        """Turn to a page, and remember the one before."""
        key = page_of(page)
        key = key if key in self._pages else INDEX
        if key != self.page:
            self._past.append(self.page)
        self._turn_to(key)

    def back(self) -> None:
        """Turn to the page before."""
        self._turn_to(self._past.pop())

    def print(self) -> None:
        """This page: looked at, then printed."""
        self._preview([self.page], self._title())

    def print_all(self) -> None:
        """The whole manual."""
        self._preview(self._all_keys(), TITLE)

    def save_pdf(self) -> None:
        """The whole manual as a file."""
        manual, keys = self.desk.office.manual, self._all_keys()
        write_file(self.desk, self, TITLE, PDF_FILES, lambda job, path: manual.pdf(keys).save(path))

    # -- parts -----------------------------------------------------------------------------------------------------

    def _make_actions(self) -> list[Action]:
        return [
            Action("back", "后退", self.back, "back", "arrow-left", lambda: bool(self._past)),
            Action("contents", "目录", lambda: self.show(INDEX), None, "list-ul"),
            Action("print_page", "打印本页", self.print, "print", "printer", group="out"),
            Action("print_all", "打印全部", self.print_all, None, "book", group="out"),
            Action("save_all", "全部存为 PDF", self.save_pdf, "save", "file-earmark-pdf", group="out"),
            Action("search", "查找", lambda: self.search.focus_set(), "search", is_button=False),
        ]

    def _make_side(self) -> ttk.Frame:
        side = ttk.Frame(self, width=pixels(self, SIDE_WIDTH))
        side.pack_propagate(False)
        self.search = SearchBox(side, self._search, placeholder="在帮助中查找…", on_leave=self._go_to_list)
        self.search.pack(fill="x")
        self.found = ttk.Label(side, style="Small.TLabel", name="found")
        self.found.pack(fill="x", pady=pixels(self, 2))
        self.tree = ttk.Treeview(side, show="tree", selectmode="browse", name="contents")
        self.tree.column("#0", width=pixels(self, SIDE_WIDTH - 20))
        bar = ttk.Scrollbar(side, command=self.tree.yview)
        self.tree.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self.tree.pack(side="left", fill="both", expand=True)
        self.tree.bind("<<TreeviewSelect>>", lambda event: self._chosen())
        self.tree.bind("<Configure>", lambda event: self.after_idle(self._see_chosen))
        bind_key(self.tree, "enter", self.text_focus)
        bind_key(self.tree, "close", self._leave_list)
        return side

    def _see_chosen(self) -> None:
        """Once the list has its height, which it lacks when the first page is shown."""
        for chosen in self.tree.selection():
            self.tree.see(chosen)

    def text_focus(self) -> None:
        """From the list to the page."""
        self.text.focus_set()

    def _leave_list(self) -> bool | None:
        """Esc among the hits empties the search; in the contents it goes on to the window."""
        return self.search.clear()

    def _go_to_list(self) -> None:
        first = next(iter(self._hits), "")
        self.tree.focus_set()
        chosen = next(iter(self.tree.selection()), first)
        if chosen:
            self.tree.focus(chosen)
            self.tree.selection_set(chosen)

    # -- pages -----------------------------------------------------------------------------------------------------

    def _turn_to(self, key: str, block: int = -1, words: str = "") -> None:
        self.page = key
        self.text.show(self._pages[key], block, words)
        self.toolbar.refresh()
        if not self.search.get() and self.tree.exists(key):
            self.tree.selection_set(key)
            self.tree.see(key)
        elif not self.search.get():
            self.tree.selection_set(())

    def _title(self) -> str:
        return self._pages[self.page].title

    def _all_keys(self) -> list[str]:
        return [INDEX, *(key for _, entries in self._contents for key, _ in entries)]

    def _preview(self, keys: Sequence[str], title: str) -> None:
        manual = self.desk.office.manual
        show_when_made(self.desk, self, lambda job: manual.pdf(keys), lambda document: Paper(title, document))

    # -- contents and search ---------------------------------------------------------------------------------------

    def _list_contents(self) -> None:
        self._clear_list()
        self.found.configure(text=f"目录：{len(self._pages)} 页")
        for place, (heading, entries) in enumerate(self._contents):
            above = self.tree.insert("", "end", f"heading {place}", text=heading, open=True) if heading else ""
            for key, title in entries:
                self.tree.insert(above, "end", key, text=title)
                self._hits[key] = key, -1

    def _clear_list(self) -> None:
        self.tree.delete(*self.tree.get_children())
        self._hits = {}

    def _search(self, text: str) -> None:
        if not text:
            self._list_contents()
            self._turn_to(self.page)
            return
        self._clear_list()
        hits = search(self._pages, self._all_keys(), text)
        self.found.configure(text=f"找到 {len(hits)} 处" if hits else NOTHING)
        for place, hit in enumerate(hits):
            above = f"page {hit.page}"
            if not self.tree.exists(above):
                self.tree.insert("", "end", above, text=self._pages[hit.page].title, open=True)
                self._hits[above] = hit.page, -1
            if hit.block >= 0:
                self.tree.insert(above, "end", f"hit {place}", text=hit.text)
                self._hits[f"hit {place}"] = hit.page, hit.block

    def _chosen(self) -> None:
        """The page of the line that was chosen in the list, without leaving it."""
        chosen = next(iter(self.tree.selection()), "")
        if chosen not in self._hits:
            return
        page, block = self._hits[chosen]
        words = self.search.get()
        if page != self.page:
            self._past.append(self.page)
        elif not words:
            return  # it is being shown
        self._turn_to(page, block, words)
