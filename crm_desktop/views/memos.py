"""工作备忘: what is to be done, by whom, and when."""

from collections.abc import Mapping
from typing import Any

from crm_desktop.models import Condition, Query
from crm_desktop.views.actions import Action
from crm_desktop.views.list_filter import Conditions
from crm_desktop.views.list_screen import ListScreen
from crm_desktop.views.memo_actions import put_off, see_to

MINE, OPEN, DONE = "我要做的", "未完成", "已完成"


class MemoScreen(ListScreen):
    placeholder = "事项、客户名称、拼音首字母…"

    def make_actions(self) -> list[Action]:
        actions = super().make_actions()
        place = next(place for place, action in enumerate(actions) if action.id == "delete")
        return [
            *actions[:place],
            Action("done", "完成", self.see_to, "step", "check2-circle", self._is_open),
            Action("postpone", "推迟", self.put_off, None, "skip-end-circle", self._is_open),
            *actions[place:],
        ]

    def see_to(self) -> None:
        """Tick off the memo at the cursor."""
        if self.table.current_id is not None:
            see_to(self.desk, self, self.table.current_id)

    def put_off(self) -> None:
        """Another day for the memo at the cursor."""
        if self.table.current_id is not None:
            put_off(self.desk, self, self.table.current_id)

    def filters(self) -> Mapping[str, Conditions]:
        undone = Condition("is_done", "=", 0)
        mine = Condition("owner", "=", self.desk.office.operator.id)
        return {MINE: (mine, undone), OPEN: (undone,), DONE: (Condition("is_done", "=", 1),)}

    def sums(self, query: Query) -> str:
        """What the day asks of the operator."""
        memos, today, me = self.desk.office.memos, self.desk.office.clock.today(), self.desk.office.operator.id
        due = sum(not each.is_done for each in memos.between(today, today, me))
        late = len(memos.overdue(me))
        return f"我今天要做 {due} 条，超期 {late} 条　{super().sums(query)}"

    def row_tags(self, row: dict[str, Any]) -> tuple[str, ...]:
        if row["is_done"]:
            return ("inactive",)
        is_late = not row["repeat"] and row["date"] < self.desk.office.clock.today().isoformat()
        return ("overdue",) if is_late else ()

    def _is_open(self) -> bool:
        row = self.table.current_row
        return bool(row and not row["is_done"]) and self.desk.office.may("memos", "update")
