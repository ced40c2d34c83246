"""业务往来: what was talked about with whom, and whom to get in touch with again."""

from collections.abc import Mapping
from typing import Any

from crm_desktop.models import Condition, Query
from crm_desktop.models.fields import Field
from crm_desktop.views.actions import Action
from crm_desktop.views.list_filter import Conditions
from crm_desktop.views.list_screen import ListScreen
from crm_desktop.views.widgets.table_rows import TableColumn

WAITING, OVERDUE, MINE = "待跟进", "超期", "我经办的"
FOLLOW_UP_WIDTH = 16
OPEN = (Condition("follow_up", "empty", False), Condition("is_followed_up", "=", 0))


class InteractionScreen(ListScreen):
    placeholder = "主题、客户名称、拼音首字母…"

    def make_actions(self) -> list[Action]:
        actions = super().make_actions()
        place = next(place for place, action in enumerate(actions) if action.id == "delete")
        done = Action("follow_up", "跟进完成", self.follow_up_done, "step", "check2-circle", self._may_follow_up)
        return [*actions[:place], done, *actions[place:]]

    def follow_up_done(self) -> None:
        """Tick off the follow-ups of the selected rows."""
        records = self.table.selected_ids() or [self.table.current_id]
        self.desk.run(
            lambda job: self.desk.office.interactions.follow_up_done(records),
            lambda n: self.desk.say(f"跟进完成 {n} 条。" if n else "没有要跟进的。"),
            owner=self,
            title="正在保存…",
            is_saving=True,
        )

    def _may_follow_up(self) -> bool:
        row = self.table.current_row
        is_waiting = bool(row and row["follow_up"] and not row["is_followed_up"])
        return (is_waiting or self.table.selected_count > 1) and self.desk.office.may("interactions", "update")

    # -- what is to be followed up ---------------------------------------------------------------------------------

    def filters(self) -> Mapping[str, Conditions]:
        mine = Condition("handler", "=", self.desk.office.operator.id)
        return {WAITING: OPEN, OVERDUE: self._overdue(), MINE: (mine,)}

    def _overdue(self) -> Conditions:
        return (*OPEN, Condition("follow_up", "<", self._today()))

    def _today(self) -> str:
        return self.desk.office.clock.today().isoformat()

    def sums(self, query: Query) -> str:
        counts = []
        for word, conditions in ((WAITING, OPEN), (OVERDUE, self._overdue())):
            n = self.controller.count(Query(query.text, (*query.conditions, *conditions))).n
            counts.append(f"{word} {n:,} 条")
        return f"{'，'.join(counts)}　{super().sums(query)}"

    def is_overdue(self, row: dict[str, Any]) -> bool:
        """Whether somebody should have been in touch again before today."""
        return bool(row["follow_up"]) and not row["is_followed_up"] and row["follow_up"] < self._today()

    def row_tags(self, row: dict[str, Any]) -> tuple[str, ...]:
        return ("overdue",) if self.is_overdue(row) else ()

    def _column(self, field: Field, is_visible: bool) -> TableColumn:
        if field.name == "follow_up":
            return TableColumn(field.name, field.label, FOLLOW_UP_WIDTH, is_visible=is_visible, format=self._follow_up)
        return super()._column(field, is_visible)

    def _follow_up(self, row: dict[str, Any]) -> str:
        """In words too, for those who do not see the red."""
        return f"{row['follow_up']} {OVERDUE}" if self.is_overdue(row) else row["follow_up"] or ""
