"""查重与合并: groups of customers or contacts that may be one, the likeliest first."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.comparing import KINDS
from crm_desktop.controllers.duplicates import Sides
from crm_desktop.controllers.finding_duplicates import Found, Group
from crm_desktop.models import Entity, likeness
from crm_desktop.views.actions import Action, Toolbar, context_menu, put_beside
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.merging import MergeWindow
from crm_desktop.views.theme import pixels
from crm_desktop.views.undoing import undo_operation
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

BESIDE = " ／ "
COLUMNS = (
    TableColumn("score", "相似度", 7, "right"), TableColumn("names", "可能重复的记录", 36),
    TableColumn("reasons", "原因", 30), TableColumn("marks", "编号或客户", 20),
)  # fmt: skip
NOT_YET = "按“开始查重”，在后台逐条比较，可以随时取消。"
NONE, NO_MARKS = "没有发现可能重复的记录。", "没有标为“不是重复”的记录。"
FOUND = "查了 {:,} 条{}，有 {:,} 组可能重复。Enter 并排查看、合并；不是同一个，按 Alt+U。"
CUT = "只列出最相近的，处理完再查一次。"
MARKED = "{:,} 组标为“不是重复”。按 Alt+U 取消标记，下次查重会再列出。"
MARK_REASON = "不是重复"
MOST_SHOWN = 2000


class DuplicateScreen(ttk.Frame):
    """Shows what was found last, or what is marked as 不是重复."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="duplicates")
        self.desk = desk
        self.is_busy = False
        self.shows_marks = False
        self._groups: list[Group] = []
        self._found: dict[str, Found] = {}
        self.actions = self._make_actions()
        self._build()

    def _build(self) -> None:
        gap = pixels(self, 6)
        top = ttk.Frame(self)
        top.pack(fill="x")
        kinds = [PickItem(key, kind.entity.words) for key, kind in KINDS.items() if self.desk.office.may(key, "view")]
        self.kind = ChoiceInput(top, kinds)
        self.kind.set(kinds[0].key)
        self.kind.bind(INPUT_CHANGED, lambda event: self._kind_chosen(), add="+")
        self.result = ttk.Label(self, style="Muted.TLabel", name="result", width=1)
        self.result.pack(fill="x", pady=(gap, 0))
        self.table = VirtualTable(
            self, COLUMNS, on_open=lambda group: self.merge(), on_select=self._refresh,
            on_menu=context_menu(self, self.actions), empty_text=NOT_YET,
        )  # fmt: skip
        self.table.pack(fill="both", expand=True, pady=(gap, 0))
        self.toolbar = Toolbar(top, self.actions)
        put_beside(self.toolbar, self.kind)

    def focus_set(self) -> None:
        if self.table.total:
            self.table.focus_set()
        else:
            self.toolbar.button("find").focus_set()

    @property
    def entity(self) -> Entity:
        """What is looked through."""
        chosen = self.kind.chosen
        return KINDS[chosen.key if chosen else next(iter(KINDS))].entity

    @property
    def group(self) -> Group | None:
        """The group with the cursor."""
        place = self.table.current_id if hasattr(self, "table") else None
        return next((each for each in self._groups if each.ids == place), None)

    # -- finding ---------------------------------------------------------------------------------------------------

    def find(self) -> None:
        """开始查重, in the background; others go on working."""
        duplicates, entity = self.desk.office.duplicates, self.entity
        self._set_busy(True)
        self.desk.run(
            lambda job: duplicates.find(entity.key, job.report, job.is_cancelled),
            lambda found: self._take(entity, found),
            on_error=self._failed, on_cancelled=lambda: self._set_busy(False),
            owner=self, title=f"正在查找重复的{entity.label}…",
        )  # fmt: skip

    def _take(self, entity: Entity, found: Found) -> None:
        self._found[entity.key] = found
        self.shows_marks = False
        self._set_busy(False)
        if entity is self.entity:
            self._show(found.groups)
            self.table.focus_set()

    def _failed(self, error: BaseException) -> None:
        self._set_busy(False)
        self.desk.dialogs.show_error(error, parent=self)

    def _set_busy(self, is_busy: bool) -> None:
        self.is_busy = is_busy
        self._refresh()

    def _kind_chosen(self) -> None:
        if self.kind.chosen is not None:
            self.shows_marks = False
            found = self._found.get(self.entity.key)
            self._show(found.groups if found else [])

    # -- showing ---------------------------------------------------------------------------------------------------

    def _show(self, groups: Sequence[Group], at: int = 0) -> None:
        """Show these, with the cursor on the one at this place, or on the last."""
        entity = self.entity
        self._groups, rest = list(groups[:MOST_SHOWN]), groups[MOST_SHOWN:]
        ids = [id for group in self._groups for id in group.ids]
        records = {row["id"]: row for row in self.desk.office.records[entity.key].rows(ids, self._columns(entity))}
        self._groups = [
            replace(group, ids=ids) for group in self._groups
            if len(ids := tuple(each for each in group.ids if each in records)) > 1
        ]  # fmt: skip
        self._keep([*self._groups, *rest])
        self.table.set_empty_text(NO_MARKS if self.shows_marks else NONE if entity.key in self._found else NOT_YET)
        self.table.show(ListSource(self._row(group, records) for group in self._groups))
        if self._groups:
            self.table.go_to(self._groups[min(at, len(self._groups) - 1)].ids)
        self._tell()
        self._refresh()

    def _columns(self, entity: Entity) -> tuple[str, ...]:
        owner = entity.owner_reference
        return entity.title, *entity.lasting, *([owner.name] if owner else [])

    def _row(self, group: Group, records: dict[int, dict[str, Any]]) -> dict[str, Any]:
        title, *marks = self._columns(self.entity)
        rows = [records[id] for id in group.ids]
        told = [" ".join(row[f"{name}_text"] for name in marks) for row in rows]
        return {
            "id": group.ids, "names": BESIDE.join(row[title] for row in rows), "score": group.score or "",
            "marks": BESIDE.join(dict.fromkeys(told)), "reasons": likeness.told(group.reasons),
        }  # fmt: skip

    def _tell(self) -> None:
        found = self._found.get(self.entity.key)
        if self.shows_marks:
            text = MARKED.format(len(self._groups)) if self._groups else ""
        elif found is None:
            text = ""
        else:
            text = FOUND.format(found.looked_through, self.entity.label, len(self._groups)) if self._groups else NONE
            text += CUT if found.is_cut or len(found.groups) > MOST_SHOWN else ""
        self.result.configure(text=text)

    # -- deciding --------------------------------------------------------------------------------------------------

    def merge(self) -> None:
        """The group side by side."""
        group, entity = self.group, self.entity
        if group is None:
            return
        self.desk.run(
            lambda job: self.desk.office.duplicates.sides(entity.key, group.ids),
            lambda sides: self._ask(entity, group, sides),
            on_error=self._failed, owner=self,
        )  # fmt: skip

    def _ask(self, entity: Entity, group: Group, sides: Sides) -> None:
        if len(sides.records) < len(group.ids):  # somebody has deleted or merged one meanwhile
            self._show(self._groups, self._groups.index(group))
            self.desk.say("这组记录刚刚被删除或合并了。")
            return
        MergeWindow(
            self, self.desk, entity, sides,
            lambda operation, kept: self._merged(entity, group, operation), lambda: self._done_with(group),
        ).ask()  # fmt: skip

    def _merged(self, entity: Entity, group: Group, operation: int) -> None:
        place = self._groups.index(group) if group in self._groups else 0
        self._done_with(group)
        text = f"已合并 {len(group.ids)} 条{entity.label}。"
        undone = partial(self._put_back, entity, group, place)
        self.desk.say(text, ("撤销", lambda: undo_operation(self.desk, self, operation, undone)))

    def _done_with(self, group: Group) -> None:
        """The next group takes its place."""
        if group not in self._groups:
            return
        place = self._groups.index(group)
        self._keep([each for each in self._all() if each != group])
        self._show(self._all(), place)
        self.table.focus_set()

    def _put_back(self, entity: Entity, group: Group, place: int) -> None:
        """A merge was undone: its group stands where it stood, unless another search has found it by now."""
        groups = self._all()
        is_free = all(set(group.ids).isdisjoint(each.ids) for each in groups)
        if is_free and entity is self.entity and not self.shows_marks:
            self._keep([*groups[:place], group, *groups[place:]])
            self._show(self._all(), place)

    def _all(self) -> list[Group]:
        found = self._found.get(self.entity.key)
        return self._groups if self.shows_marks or found is None else found.groups

    def _keep(self, groups: list[Group]) -> None:
        found = self._found.get(self.entity.key)
        if self.shows_marks:
            self._groups = groups
        elif found is not None:
            self._found[self.entity.key] = replace(found, groups=groups)

    def toggle_apart(self) -> None:
        """不是重复 by one key; on what is marked, it takes the mark away."""
        group, duplicates, entity = self.group, self.desk.office.duplicates, self.entity
        if group is None:
            return
        write = duplicates.forget_apart if self.shows_marks else duplicates.set_apart
        said = "已取消标记。" if self.shows_marks else "已标为不是重复。"

        def done(nothing: Any) -> None:
            self._done_with(group)
            self.desk.say(said)

        self.desk.run(
            lambda job: write(entity.key, group.ids), done, on_error=self._failed, owner=self, is_saving=True
        )

    def toggle_marks(self) -> None:
        """Between what was found and what is marked as 不是重复."""
        self.shows_marks = not self.shows_marks
        if self.shows_marks:
            pairs = self.desk.office.duplicates.apart(self.entity.key)
            self._show([Group(pair, 0, (MARK_REASON,)) for pair in pairs])
        else:
            self._kind_chosen()
        self.table.focus_set()

    def _refresh(self) -> None:
        if hasattr(self, "toolbar"):
            self.toolbar.refresh()

    def _make_actions(self) -> list[Action]:
        def may_mark() -> bool:
            return self.group is not None and self.desk.office.may(self.entity.key, "update")

        return [
            Action("find", "开始查重", self.find, "refresh", "search", lambda: not self.is_busy, style="primary"),
            Action("merge", "并排查看、合并…", self.merge, "edit", "union", lambda: self.group is not None,
                   group="group"),
            Action("apart", "不是重复", self.toggle_apart, "apart", "x-circle", may_mark, group="group"),
            Action("marks", "已标记的", self.toggle_marks, None, "list-check", lambda: not self.is_busy, group="marks"),
        ]  # fmt: skip
