"""区域信息: provinces, cities and counties as a tree, with area codes and postcodes."""

from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError
from crm_desktop.events import RecordsChanged
from crm_desktop.views.actions import Action, Toolbar, bind_actions
from crm_desktop.views.desk import Desk
from crm_desktop.views.dictionary_form import SmallForm
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.search_box import SearchBox
from crm_desktop.views.widgets.text_inputs import TextInput

COLUMNS = (
    ("area_code", "区号", 90), ("postcode", "邮编", 90), ("code", "代码", 90), ("pinyin", "拼音", 200),
    ("state", "状态", 120),
)  # fmt: skip
PLACEHOLDER = "…"
"""Stands below a region whose own regions have not been read yet."""
FOUND_AT_MOST = 300


class RegionScreen(ttk.Frame):
    """The tree opens level by level; the search box lists what it finds instead."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="regions")
        self.desk = desk
        self.actions = self._make_actions()
        top = ttk.Frame(self)
        top.pack(fill="x", pady=(0, pixels(self, 6)))
        self.search = SearchBox(top, self.find, placeholder="名称、拼音、区号、邮编…", on_leave=self._focus_tree)
        self.search.pack(side="right")
        self.tree = self._make_tree()
        self.toolbar = Toolbar(top, self.actions)
        self.toolbar.pack(side="left", fill="x", expand=True)
        bind_actions(self, self.actions)
        self._unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._changed)
        self.bind("<Destroy>", self._destroyed, add="+")
        self.find("")

    def _make_tree(self) -> ttk.Treeview:
        frame = ttk.Frame(self)
        frame.pack(fill="both", expand=True)
        tree = ttk.Treeview(frame, columns=[name for name, _, _ in COLUMNS], selectmode="browse", name="tree")
        tree.heading("#0", text="区域", anchor="w")
        tree.column("#0", width=pixels(self, 320))
        for name, label, width in COLUMNS:
            tree.heading(name, text=label, anchor="w")
            tree.column(name, width=pixels(self, width), stretch=name == "pinyin")
        bar = ttk.Scrollbar(frame, command=tree.yview)
        tree.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        tree.pack(side="left", fill="both", expand=True)
        tree.bind("<<TreeviewOpen>>", lambda event: self._open(tree.focus()))
        tree.bind("<<TreeviewSelect>>", lambda event: self.toolbar.refresh())
        tree.bind("<Double-1>", lambda event: self.edit())
        bind_key(tree, "enter", self.edit)
        return tree

    def _make_actions(self) -> list[Action]:
        may = self.desk.office.may
        return [
            Action("new", "新增下级", self.create, "new", "plus-lg", lambda: may("regions", "create"), style="primary"),
            Action("edit", "修改", self.edit, "edit", "pencil", lambda: bool(self.code) and may("regions", "update")),
            Action("delete", "删除", self.delete, "delete", "trash",
                   lambda: bool(self.code) and may("regions", "delete"), style="danger"),
            Action("switch", "停用/启用", self.switch, None, "toggle-on",
                   lambda: bool(self.code) and may("regions", "update"), group="use"),
            Action("refresh", "刷新", lambda: self.find(self.search.text.get()), "refresh", "arrow-clockwise",
                   group="look"),
        ]  # fmt: skip

    @property
    def code(self) -> str:
        """The selected region, empty when none is."""
        chosen = self.tree.selection() if hasattr(self, "tree") else ()
        return str(chosen[0]) if chosen else ""

    def find(self, text: str) -> None:
        """The whole tree, or a flat list of what matches."""
        chosen = self.code
        self.tree.delete(*self.tree.get_children())
        regions = self.desk.office.regions
        is_search = bool(text.strip())
        for row in regions.find(text, FOUND_AT_MOST) if is_search else regions.children():
            self._insert("", row, label=row["full_name"] if is_search else row["name"], can_open=not is_search)
        if chosen and not is_search:
            self.go_to(chosen)

    def _insert(self, parent: str, row: dict[str, Any], label: str, can_open: bool) -> None:
        state = "停用" if not row["is_active"] else "自建" if row["is_own"] else "已修改" if row["edited"] != "[]" else ""
        values = [row["area_code"], row["postcode"], row["code"], row["pinyin"], state]
        self.tree.insert(parent, "end", row["code"], text=label, values=values)
        if can_open and row["level"] < 3:
            self.tree.insert(row["code"], "end", f"{PLACEHOLDER}{row['code']}", text=PLACEHOLDER)

    def _open(self, code: str) -> None:
        below = self.tree.get_children(code)
        if below and str(below[0]).startswith(PLACEHOLDER):
            self.tree.delete(*below)
            for row in self.desk.office.regions.children(code):
                self._insert(code, row, row["name"], can_open=True)

    def go_to(self, code: str) -> None:
        """Open the tree down to a region and select it."""
        path = [code]
        while parent := self.desk.office.regions.get(path[0])["parent"]:
            path.insert(0, parent)
        for above in path[:-1]:
            self._open(above)
            self.tree.item(above, open=True)
        self.tree.see(code)
        self.tree.selection_set(code)
        self.tree.focus(code)

    # -- acting ----------------------------------------------------------------------------------------------------

    def create(self) -> None:
        parent = self.code or None
        above = self.desk.office.regions.get(parent)["full_name"] if parent else "（省级）"
        added = self._ask(f"在{above}下新增区域", {}, lambda values: self.desk.office.regions.add(parent, values))
        if added:
            self.go_to(added)

    def edit(self) -> None:
        code = self.code
        if code and self.desk.office.may("regions", "update"):
            row = self.desk.office.regions.get(code)
            self._ask(f"修改{row['full_name']}", row, lambda values: self._update(code, values))

    def _update(self, code: str, values: dict[str, Any]) -> str:
        self.desk.office.regions.update(code, values)
        return code

    def _ask(self, title: str, row: dict[str, Any], save: Any) -> str | None:
        form = SmallForm(self, title, save)
        form.add("name", "名称", lambda p: TextInput(p, max_length=40), row.get("name"), is_required=True)
        form.add("area_code", "区号", lambda p: TextInput(p, max_length=6), row.get("area_code"))
        form.add("postcode", "邮编", lambda p: TextInput(p, max_length=6), row.get("postcode"))
        result: str | None = form.ask()
        if result:
            self.desk.say("已保存。")
        return result

    def switch(self) -> None:
        row = self.desk.office.regions.get(self.code)
        self._try(lambda: self.desk.office.regions.set_active(row["code"], not row["is_active"]))

    def delete(self) -> None:
        row = self.desk.office.regions.get(self.code)
        question = f"要删除区域“{row['full_name']}”吗？"
        if self.desk.dialogs.ask_yes_no(question, yes="删除", no="不删除", is_danger=True):
            self._try(lambda: self.desk.office.regions.delete(row["code"]))

    def _try(self, action: Any) -> None:
        try:
            action()
        except CrmError as error:
            self.desk.dialogs.show_error(error)

    def focus_set(self) -> None:
        self.search.focus_set()

    def _focus_tree(self) -> None:
        self.tree.focus_set()
        first = self.code or next(iter(self.tree.get_children()), "")
        if first:
            self.tree.focus(first)
            self.tree.selection_set(first)

    def _changed(self, event: RecordsChanged) -> None:
        if event.entity == "regions":
            self.find(self.search.text.get())

    def _destroyed(self, event: Any) -> None:
        if event.widget is self:
            self._unsubscribe()
