"""权限设置: the roles at the left, what the chosen one may do at the right."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import Conflict, CrmError
from crm_desktop.events import RecordsChanged
from crm_desktop.views.actions import Action, Toolbar, context_menu
from crm_desktop.views.desk import Desk
from crm_desktop.views.rights_matrix import RightsMatrix
from crm_desktop.views.scope_choice import ScopeChoice
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.theme import BOLD_FONT, pixels
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.text_inputs import TextInput
from crm_desktop.views.widgets.virtual_table import VirtualTable

LEFT = 290
"""Width of the roles' side, at 100 %."""
SYSTEM = "（系统角色，不能限制）"
UNSAVED = "“{}”的权限已经修改，还没有保存。"
SAVE, DISCARD, STAY = "save", "discard", "stay"
RELOAD, OVERWRITE, BACK = "reload", "overwrite", "back"


class RoleScreen(ttk.Frame):
    """One role is shown at a time; 保存 writes its rights and its data scope together."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="roles")
        self.desk = desk
        self.role: dict[str, Any] | None = None
        """The role shown, as it was read."""
        self._stored: tuple[Any, str] = (frozenset(), "")
        self._is_saving = False
        self.actions = self._make_actions()
        self.toolbar = Toolbar(self, self.actions)
        self.toolbar.pack(fill="x", pady=(0, pixels(self, 6)))
        left = ttk.Frame(self, width=pixels(self, LEFT))
        left.pack(side="left", fill="y", padx=(0, pixels(self, 12)))
        left.pack_propagate(False)
        self._build_left(left)
        self.rights = RightsMatrix(self, self._changed)
        self.rights.pack(side="left", fill="both", expand=True)
        self._unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._records_changed)
        self.bind("<Destroy>", self._destroyed, add="+")
        self.reload()

    def _make_actions(self) -> list[Action]:
        may = self.desk.office.may
        can_change = lambda: self._is_open() and may("roles", "update")  # noqa: E731
        return [
            Action("new", "新增", self.create, "new", "plus-lg", lambda: may("roles", "create"), style="primary"),
            Action("copy", "复制", self.copy, "copy_record", "copy",
                   lambda: self.role is not None and may("roles", "create")),
            Action("rename", "改名", self.rename, "edit", "pencil", can_change),
            Action("delete", "删除", self.delete, "delete", "trash",
                   lambda: self._is_open() and may("roles", "delete"), style="danger"),
            Action("save", "保存", self.save, "save", "check-lg", self._may_save, group="rights", style="primary"),
            Action("refresh", "刷新", self.refresh, "refresh", "arrow-clockwise", group="rights"),
        ]  # fmt: skip

    def _build_left(self, left: ttk.Frame) -> None:
        gap = pixels(self, 8)
        self.holders = ttk.Label(left, style="Muted.TLabel", wraplength=pixels(self, LEFT), name="holders")
        self.holders.pack(side="bottom", anchor="w", fill="x")
        box = ttk.Frame(left)
        box.pack(side="bottom", fill="x", pady=gap)
        columns = [TableColumn("name", "角色", 14), TableColumn("data_scope", "数据范围", 9),
                   TableColumn("holders", "人数", 6, "right")]  # fmt: skip
        self.table = VirtualTable(
            left, columns, on_select=self._selected, on_open=lambda role: self.rights.focus_set(),
            on_menu=context_menu(self, self.actions), empty_text="没有角色。",
        )  # fmt: skip
        self.table.pack(fill="both", expand=True)
        self.title = ttk.Label(box, font=BOLD_FONT, name="title")
        self.title.pack(anchor="w", pady=(0, pixels(self, 4)))
        self.scope = ScopeChoice(box, self._changed, width=pixels(self, LEFT))
        self.scope.pack(fill="x")
        box.lift(self.table)  # Tab follows the order in which they stand

    # -- showing ---------------------------------------------------------------------------------------------------

    def reload(self, role: int | None = None) -> None:
        """Read the roles again and show one of them, by default the one shown before."""
        wanted = role or (self.role["id"] if self.role else None)
        rows = self.desk.office.roles.search(columns=("name", "data_scope", "is_system")).rows
        rows.sort(key=lambda row: (-row["is_system"], row["id"]))
        counted = [{**row, "holders": len(self._people(row["id"]))} for row in rows]
        self.role = None
        self.table.show(ListSource(counted))
        if not self.table.go_to(wanted):
            self.table.go_to(self.table.current_id)
        if self.role is None:
            self._fill(self.table.current_id)

    def refresh(self) -> None:
        self._leave(self.reload)

    def show(self, role: int) -> None:
        """Come to the front with one role."""
        self._leave(lambda: self.reload(role))

    def _people(self, role: int) -> list[dict[str, Any]]:
        return [each for each in self.desk.office.roles.holders(role) if not each["is_deleted"]]

    def _fill(self, role: int | None) -> None:
        """Show what a role may do, as it is stored."""
        if role is None:
            return
        try:
            self.role, rights = self.desk.office.roles.get(role), self.desk.office.roles.rights(role)
        except CrmError as error:
            self.desk.dialogs.show_error(error)
            return
        is_readonly = not self._is_open() or not self.desk.office.may("roles", "update")
        self.rights.set(rights, rights if self.role["is_system"] else frozenset(), is_readonly=is_readonly)
        self.scope.set(self.role["data_scope"], is_readonly=is_readonly)
        self._stored = self._now()
        self._tell_holders(role)
        self._changed()

    def _tell_holders(self, role: int) -> None:
        names = [f"{each['full_name']}{'' if each['is_active'] else '（停用）'}" for each in self._people(role)]
        self.holders.configure(text=f"操作员：{'、'.join(names)}" if names else "还没有操作员是这个角色。")

    def _changed(self) -> None:
        assert self.role is not None
        mark = "（未保存）" if self.is_changed else ""
        note = SYSTEM if self.role["is_system"] else mark
        self.title.configure(text=f"{self.role['name']}{note}")
        self.toolbar.refresh()

    def _selected(self) -> None:
        wanted = self.table.current_id
        if wanted is None or (self.role is not None and wanted == self.role["id"]):
            return
        shown = self.role
        if shown is not None and self.is_changed:
            self.table.go_to(shown["id"])
            self._leave(lambda: self._go_to(wanted))
        else:
            self._fill(wanted)

    def _go_to(self, role: int) -> None:
        self._fill(role)
        self.table.go_to(role)

    def focus_set(self) -> None:
        self.table.focus_set()

    # -- changing --------------------------------------------------------------------------------------------------

    @property
    def is_changed(self) -> bool:
        return self.role is not None and self._now() != self._stored

    def _now(self) -> tuple[Any, str]:
        return self.rights.get(), self.scope.get()

    def save(self) -> None:
        if self.role is not None:
            self._save(self.role["version"], lambda: None)

    def _save(self, version: int, go_on: Callable[[], Any]) -> None:
        assert self.role is not None
        role, name, (rights, scope) = self.role["id"], self.role["name"], self._now()

        def saved(result: Any) -> None:
            self._is_saving = False
            self._fill(role)
            self.desk.say(f"已保存“{name}”的权限，立即生效。")
            go_on()

        self._is_saving = True
        self.toolbar.refresh()
        self.desk.run(
            lambda job: self.desk.office.roles.set_rights(role, rights, version, scope),
            saved, on_error=lambda error: self._refused(error, go_on), owner=self, title="正在保存…", is_saving=True,
        )  # fmt: skip

    def _refused(self, error: BaseException, go_on: Callable[[], Any]) -> None:
        self._is_saving = False
        self.toolbar.refresh()
        if not isinstance(error, Conflict):
            self.desk.dialogs.show_error(error)
            return
        assert self.role is not None
        choices = ((RELOAD, "重新载入"), (OVERWRITE, "覆盖"), (BACK, "返回"))
        answer = self.desk.dialogs.ask_choice(str(error), choices, default=BACK, title="别人已经修改", parent=self)
        if answer == RELOAD:
            self._fill(self.role["id"])
        elif answer == OVERWRITE:
            self._save(self.desk.office.roles.get(self.role["id"])["version"], go_on)

    def _leave(self, go_on: Callable[[], Any]) -> None:
        """Go on at once when nothing was changed; otherwise the operator decides."""
        if not self.is_changed or self.role is None:
            go_on()
            return
        choices = ((SAVE, "保存"), (DISCARD, "不保存"), (STAY, "返回"))
        answer = self.desk.dialogs.ask_choice(
            UNSAVED.format(self.role["name"]), choices, default=STAY, title="还没有保存", parent=self
        )
        if answer == SAVE:
            self._save(self.role["version"], go_on)
        elif answer == DISCARD:
            self._fill(self.role["id"])
            go_on()

    def can_close(self) -> bool:
        """Whether the tab may go: unsaved changes only when the operator lets them."""
        if not self.is_changed or self.role is None:
            return True
        question = UNSAVED.format(self.role["name"])
        return self.desk.dialogs.ask_yes_no(question, yes="不保存，关闭", no="返回", title="还没有保存", parent=self)

    # -- roles themselves ------------------------------------------------------------------------------------------

    def create(self) -> None:
        self._leave(lambda: self._ask_name("新增角色", "", lambda name: self.desk.office.roles.create({"name": name})))

    def copy(self) -> None:
        self._leave(self._copy)

    def _copy(self) -> None:
        assert self.role is not None
        role, name = self.role["id"], self.role["name"]
        self._ask_name(f"复制“{name}”", f"{name}2", lambda new: self.desk.office.roles.copy(role, new))

    def rename(self) -> None:
        self._leave(self._rename)

    def _rename(self) -> None:
        assert self.role is not None
        role, version = self.role["id"], self.role["version"]

        def save(name: str) -> int:
            self.desk.office.roles.update(role, {"name": name}, version)
            return int(role)

        self._ask_name("角色改名", self.role["name"], save)

    def _ask_name(self, title: str, name: str, save: Callable[[str], int]) -> None:
        form = SmallForm(self, self.desk.background, title, lambda values: save(values["name"]))
        form.add("name", "角色", lambda parent: TextInput(parent, max_length=30), name, is_required=True)
        role = form.ask()
        if role is not None:
            self.reload(role)
            self.desk.say("已保存。")

    def delete(self) -> None:
        assert self.role is not None
        role, name = self.role["id"], self.role["name"]
        if self.desk.dialogs.ask_yes_no(
            f"要删除角色“{name}”吗？", yes="删除", no="不删除", is_danger=True, parent=self
        ):
            self.desk.run(
                lambda job: self.desk.office.roles.delete([role]),
                lambda operation: self.desk.say(f"已删除角色“{name}”。"),
                on_error=self.desk.dialogs.show_error, owner=self, title="正在删除…", is_saving=True,
            )  # fmt: skip

    # -- inside ----------------------------------------------------------------------------------------------------

    def _is_open(self) -> bool:
        """Whether the role shown may be changed at all."""
        return self.role is not None and not self.role["is_system"]

    def _may_save(self) -> bool:
        return self.is_changed and not self._is_saving and self.desk.office.may("roles", "update")

    def _records_changed(self, event: RecordsChanged) -> None:
        """What another window changed; what is being changed here is settled when it is saved."""
        is_shown = event.entity in ("roles", "operators") and self.desk.office.may("roles", "view")
        if is_shown and not self.is_changed and not self._is_saving:
            self.reload()

    def _destroyed(self, event: Any) -> None:
        if event.widget is self:
            self._unsubscribe()
