"""操作员设置: who may sign in, and what is done with their accounts."""

from collections.abc import Callable, Mapping
from tkinter import Misc
from typing import Any

from crm_desktop.controllers.granting import told
from crm_desktop.errors import CrmError
from crm_desktop.models import OPERATORS, Condition
from crm_desktop.models.fields import Field
from crm_desktop.views.actions import Action
from crm_desktop.views.desk import Desk
from crm_desktop.views.grants import GrantsWindow
from crm_desktop.views.handover import HandOverWindow
from crm_desktop.views.list_filter import Conditions
from crm_desktop.views.list_screen import ListScreen
from crm_desktop.views.operator_form import reset_password
from crm_desktop.views.widgets.table_rows import TableColumn

HAND_OVER, JUST, BACK = "hand_over", "just", "back"
LEAVES = "停用后不能再登录，已经登录的窗口也马上不能再用；以前的记录里仍然写着这个名字。"


class OperatorScreen(ListScreen):
    """Accounts, each with its state: 在用, 停用, or 锁定 after wrong passwords."""

    entity = OPERATORS

    def __init__(self, parent: Misc, desk: Desk) -> None:
        self._locked: dict[int, str] = {}
        super().__init__(parent, desk)

    def make_actions(self) -> list[Action]:
        may = self.desk.office.may
        one = lambda: self._has_one() and may("operators", "update")  # noqa: E731
        return [
            Action("new", "新增", self.create, "new", "plus-lg", lambda: may("operators", "create"), style="primary"),
            Action("edit", "修改", self.edit, "edit", "pencil", one),
            Action("delete", "删除", self.delete, "delete", "trash",
                   lambda: self._has_any() and may("operators", "delete"), style="danger"),
            Action("switch", "停用/启用", self.switch, "item_1", "toggle-on", one, group="account"),
            Action("reset", "重设密码", self.reset_password, "item_2", "key", one, group="account"),
            Action("unlock", "解锁", self.unlock, "item_3", "unlock",
                   lambda: one() and self.table.current_id in self._locked, group="account"),
            Action("hand_over", "移交", self.hand_over, "item_4", "arrow-left-right",
                   lambda: self._has_one() and self._may_hand_over(), group="account"),
            Action("grants", "额外权限", self.grant, "item_5", "shield-plus", one, group="account"),
            Action("refresh", "刷新", self.refresh, "refresh", "arrow-clockwise", group="look"),
        ]  # fmt: skip

    # -- the list --------------------------------------------------------------------------------------------------

    def filters(self) -> Mapping[str, Conditions]:
        return {"在用": (Condition("is_active", "=", 1),), "停用": (Condition("is_active", "=", 0),)}

    def reload(self) -> None:
        self._locked = self.controller.locked()  # type: ignore[attr-defined]
        super().reload()

    def refresh(self) -> None:
        self._locked = self.controller.locked()  # type: ignore[attr-defined]
        super().refresh()

    def row_tags(self, row: dict[str, Any]) -> tuple[str, ...]:
        if not row["is_active"]:
            return ("inactive",)
        return ("overdue",) if row["id"] in self._locked else ()

    def _column(self, field: Field, is_visible: bool) -> TableColumn:
        if field.name == "is_active":
            return TableColumn("is_active", "状态", width=8, is_visible=is_visible, format=self._state)
        return super()._column(field, is_visible)

    def _state(self, row: dict[str, Any]) -> str:
        if not row["is_active"]:
            return "停用"
        return "锁定" if row["id"] in self._locked else "在用"

    def facts(self, row: dict[str, Any]) -> list[tuple[str, str]]:
        until = self._locked.get(row["id"], "")
        return [*super().facts(row), *([("锁定到", until)] if until else []), ("额外权限", self._beyond(row["id"]))]

    def _beyond(self, operator: int) -> str:
        """In words; nothing for who has just given up the right to look."""
        office = self.desk.office
        return told(office.operators.grants(operator).beyond) if office.may("operators", "view") else ""

    # -- acting ----------------------------------------------------------------------------------------------------

    def switch(self) -> None:
        """停用 or 启用 the operator under the cursor."""
        row = self._current()
        if row is None:
            return
        if row["is_active"]:
            self._deactivate(row)
        else:
            self._set_active(row, True)

    def _deactivate(self, row: dict[str, Any]) -> None:
        """Ask first: what is still theirs, and whether it is oneself."""
        left = self._what_is_left(row["id"])
        if left:
            self._leave_behind(row, left)
            return
        who = "您自己" if row["id"] == self.desk.office.operator.id else f"“{row['full_name']}”"
        if self.desk.dialogs.ask_yes_no(
            f"要停用{who}吗？", detail=LEAVES, yes="停用", no="不停用", is_danger=True, parent=self
        ):
            self._set_active(row, False)

    def _leave_behind(self, row: dict[str, Any], left: str) -> None:
        who = "您自己" if row["id"] == self.desk.office.operator.id else row["full_name"]
        choices = ((HAND_OVER, "先移交"), (JUST, "直接停用"), (BACK, "返回"))
        answer = self.desk.dialogs.ask_choice(
            f"{who}还有{left}。停用以前要移交给别人吗？", choices, default=HAND_OVER, detail=LEAVES, title="停用操作员",
            parent=self,
        )  # fmt: skip
        if answer == HAND_OVER:
            self._open_hand_over(row, lambda: self._deactivate(row))
        elif answer == JUST:
            self._set_active(row, False)

    def _what_is_left(self, operator: int) -> str:
        """In words, when it may be handed over from here; else nothing."""
        if not self._may_hand_over():
            return ""
        handover = self.desk.office.handover
        counts = handover.counts(operator)
        return handover.sentence(counts) if any(counts.values()) else ""

    def _set_active(self, row: dict[str, Any], is_active: bool) -> None:
        word = "启用" if is_active else "停用"
        self._write(
            lambda: self.desk.office.operators.set_active(row["id"], is_active), f"已{word}“{row['full_name']}”。"
        )

    def reset_password(self) -> None:
        row = self._current()
        if row is not None:
            reset_password(self.desk, self, row)
            self.refresh()

    def unlock(self) -> None:
        row = self._current()
        if row is not None:
            self._write(lambda: self.desk.office.operators.unlock(row["id"]), f"已解锁“{row['full_name']}”。")

    def hand_over(self) -> None:
        row = self._current()
        if row is not None:
            self._open_hand_over(row, lambda: None)

    def _open_hand_over(self, row: dict[str, Any], go_on: Callable[[], Any]) -> None:
        HandOverWindow(self, self.desk, row["id"], row["full_name"], go_on).ask()

    def grant(self) -> None:
        row = self._current()
        if row is not None:
            GrantsWindow(self, self.desk, row["id"], row["full_name"]).ask()

    def _may_hand_over(self) -> bool:
        office = self.desk.office
        return office.may("operators", "update") and office.may("customers", "update") and office.sees_all

    def _write(self, work: Callable[[], Any], said: str) -> None:
        def done(result: Any) -> None:
            self.desk.say(said)
            self.refresh()

        self.desk.run(lambda job: work(), done, on_error=self._refused, owner=self, title="正在保存…", is_saving=True)

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, CrmError):
            self.desk.dialogs.show_error(error, parent=self)
        else:
            raise error
