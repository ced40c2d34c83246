"""工作备忘: what is to be done, by whom, and when."""

from collections.abc import Mapping
from typing import Any

from crm_desktop.models import Condition
from crm_desktop.views.list_filter import Conditions
from crm_desktop.views.list_screen import ListScreen

MINE, OPEN = "我负责的", "未完成"


class MemoScreen(ListScreen):
    placeholder = "事项、客户名称、拼音首字母…"

    def filters(self) -> Mapping[str, Conditions]:
        undone = Condition("is_done", "=", 0)
        mine = Condition("owner", "=", self.desk.office.operator.id)
        return {MINE: (mine, undone), OPEN: (undone,)}

    def row_tags(self, row: dict[str, Any]) -> tuple[str, ...]:
        return ("inactive",) if row["is_done"] else ()
