"""区域信息: provinces, cities and counties as a tree, with area codes and postcodes."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.drafts import Draft
from crm_desktop.controllers.regions import record_number
from crm_desktop.events import RecordsChanged
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_drafts import Origin
from crm_desktop.views.history import Named, history_actions
from crm_desktop.views.keys import bind_key
from crm_desktop.views.region_tree import RegionTree
from crm_desktop.views.small_form import SmallForm, Values
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.search_box import SearchBox
from crm_desktop.views.widgets.text_inputs import TextInput

SCREEN = "region"


class AllRegions(RegionTree):
    """Those out of use, too, and what the office has changed."""

    columns = (
        ("area_code", "区号", 80), ("postcode", "邮编", 80), ("code", "代码", 80), ("pinyin", "拼音", 200),
        ("state", "状态", 80),
    )  # fmt: skip
    shows_inactive = True

    def cells(self, row: dict[str, Any]) -> list[Any]:
        return super().cells({**row, "state": state_of(row)})


class RegionScreen(ttk.Frame):
    """The tree opens level by level; the search box lists what it finds instead."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="regions")
        self.desk = desk
        top = ttk.Frame(self)
        top.pack(fill="x", pady=(0, pixels(self, 6)))
        self.regions = AllRegions(self, desk.office.regions)
        self.regions.pack(fill="both", expand=True)
        tree = self.regions.tree
        tree.bind("<<TreeviewSelect>>", lambda event: self.toolbar.refresh())
        tree.bind("<Double-1>", self._double_clicked)
        bind_key(tree, "enter", self.edit)
        self.actions = self._make_actions()
        self.toolbar = Toolbar(top, self.actions)
        self.search = SearchBox(
            top, self.find, placeholder="名称、拼音、区号、邮编…", width=24, on_leave=self.regions.focus_first
        )
        self.search.pack(side="right")
        self.toolbar.pack(side="left", fill="x", expand=True)
        self._unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._changed)
        self.bind("<Destroy>", self._destroyed, add="+")
        self.find("")

    def _make_actions(self) -> list[Action]:
        can_create = lambda: self._may("create")  # noqa: E731
        can_change = lambda: bool(self.code) and self._may("update")  # noqa: E731
        can_delete = lambda: bool(self.code) and self._may("delete")  # noqa: E731
        return [
            Action("new", "新增下级", self.create, "new", "plus-lg", can_create, style="primary"),
            Action("edit", "修改", self.edit, "edit", "pencil", can_change),
            Action("delete", "删除", self.delete, "delete", "trash", can_delete, style="danger"),
            Action("switch", "停用/启用", self.switch, None, "toggle-on", can_change, group="use"),
            Action("grid", "批量录入", self.open_grid, None, "table", can_create, group="use"),
            Action("refresh", "刷新", self.reload, "refresh", "arrow-clockwise", group="look"),
            *history_actions(self.desk, self, self._named),
        ]

    def _named(self) -> Named | None:
        """The selected region under the number that the log has it by."""
        if not self.code:
            return None
        return "regions", record_number(self.code), "区域", self.desk.office.regions.get(self.code)["full_name"]

    def _may(self, verb: str) -> bool:
        return self.desk.office.may("regions", verb)

    @property
    def code(self) -> str:
        """The selected region, "" when none is."""
        return self.regions.code

    def find(self, text: str) -> None:
        """The whole tree, or a flat list of what matches; the selected region stays selected."""
        chosen = self.code
        self.regions.show(text)
        if chosen and not text.strip():
            self.regions.go_to(chosen)
        elif chosen and self.regions.tree.exists(chosen):
            self.regions.tree.selection_set(chosen)
        self.toolbar.refresh()

    def reload(self) -> None:
        self.find(self.search.get())

    def go_to(self, code: str) -> None:
        """Show the whole tree with this region selected."""
        self.search.clear()
        self.regions.show()
        self.regions.go_to(code)

    def focus_set(self) -> None:
        self.search.focus_set()

    # -- acting ----------------------------------------------------------------------------------------------------

    def create(self, draft: Draft | None = None) -> None:
        """A region below the selected one, or a province."""
        parent = self.code or None
        above = self.desk.office.regions.get(parent)["full_name"] if parent else "全国"
        title = f"在“{above}”之下新增区域"
        added = self._ask(title, {}, lambda values: self.desk.office.regions.add(parent, values), draft)
        if added:
            self.go_to(added)

    def open_grid(self) -> None:
        """All regions as a grid, to be typed over and added to."""
        self.desk.open("batch_entry", entity="regions", is_all=True)

    def edit(self, draft: Draft | None = None) -> None:
        code = self.code
        if code and self._may("update"):
            row = self.desk.office.regions.get(code)
            self._ask(f"修改区域：{row['full_name']}", row, lambda values: self._update(code, values), draft)

    def resume(self, draft: Draft) -> None:
        """The small form as it was when the program ended."""
        details = draft.content["details"]
        if details["code"]:
            self.go_to(details["code"])
        (self.edit if details["is_change"] else self.create)(draft)

    def _update(self, code: str, values: Values) -> str:
        self.desk.office.regions.update(code, values)
        return code

    def _ask(
        self, title: str, row: dict[str, Any], save: Callable[[Values], str], draft: Draft | None = None
    ) -> str | None:
        form = SmallForm(self, self.desk.background, title, save)
        form.add("name", "名称", lambda p: TextInput(p, max_length=40), row.get("name"), is_required=True)
        form.add("area_code", "区号", lambda p: TextInput(p, max_length=6), row.get("area_code"))
        form.add("postcode", "邮编", lambda p: TextInput(p, max_length=6), row.get("postcode"))
        details = {"code": self.code, "is_change": bool(row)}
        form.keep_draft(self.desk, Origin(SCREEN, "regions", title, details=details), draft)
        result: str | None = form.ask()
        if result:
            self.desk.say("已保存。")
        return result

    def switch(self) -> None:
        """Hide the region from pick lists, or show it again."""
        row = self.desk.office.regions.get(self.code)
        word = "停用" if row["is_active"] else "启用"
        self._write(
            lambda: self.desk.office.regions.set_active(row["code"], not row["is_active"]),
            f"已{word}“{row['full_name']}”。",
        )

    def delete(self) -> None:
        row = self.desk.office.regions.get(self.code)
        question = f"要删除区域“{row['full_name']}”吗？"
        if self.desk.dialogs.ask_yes_no(question, yes="删除", no="不删除", is_danger=True):
            self._write(lambda: self.desk.office.regions.delete(row["code"]), f"已删除“{row['full_name']}”。")

    def _write(self, work: Callable[[], Any], said: str) -> None:
        self.desk.run(
            lambda job: work(),
            lambda nothing: self.desk.say(said),
            on_error=self.desk.dialogs.show_error,
            owner=self,
            title="正在保存…",
            is_saving=True,
        )

    # -- inside ----------------------------------------------------------------------------------------------------

    def _double_clicked(self, event: Any) -> str | None:
        """On a row: edit it, rather than opening what lies below."""
        if not self.regions.tree.identify_row(event.y):
            return None
        self.edit()
        return "break"

    def _changed(self, event: RecordsChanged) -> None:
        if event.entity == "regions":
            self.reload()

    def _destroyed(self, event: Any) -> None:
        if event.widget is self:
            self._unsubscribe()


def state_of(row: dict[str, Any]) -> str:
    """停用, or what the office has done to the region."""
    if not row["is_active"]:
        return "停用"
    if row["is_own"]:
        return "自建"
    return "" if row["edited"] == "[]" else "已修改"
