"""回收站: everything that was deleted, newest first, to be brought back or removed for ever."""

from collections.abc import Mapping, Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.bin_places import Key
from crm_desktop.controllers.recycle_bin import PAGE, Filter, PurgeEffect, RecycleBin
from crm_desktop.errors import CleanupRefused, OwnerDeleted, Taken
from crm_desktop.events import RecordsChanged
from crm_desktop.models import ENTITIES
from crm_desktop.views.actions import Action, Toolbar, context_menu, put_beside
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_choices import OperatorInput
from crm_desktop.views.period_fields import PeriodFields
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.search_box import SearchBox
from crm_desktop.views.widgets.table_rows import Cancelled, TableColumn, never
from crm_desktop.views.widgets.virtual_table import VirtualTable

COLUMNS = tuple(
    TableColumn(key, label, width, is_sortable=False)
    for key, label, width in (
        ("deleted_at", "删除时间", 16), ("kind", "种类", 9), ("title", "名称", 28), ("belonging", "所属", 26),
        ("along", "连同", 34), ("operator", "操作员", 9),
    )
)  # fmt: skip
EVERYTHING = "全部"
EMPTY, NOT_FOUND = "回收站是空的。", "没有找到符合条件的记录。"
FOR_EVER = "彻底删除后不能恢复，编号也不再使用。"
CANCELLED = "已取消，没有删除任何记录。"
Names = dict[Key, dict[str, str]]


class BinSource:
    """A TableSource: lines by (kind, record), the latest deletion first."""

    def __init__(self, recycle_bin: RecycleBin, wanted: Filter) -> None:
        self._bin, self._wanted = recycle_bin, wanted

    def first_page(self, order: str) -> Sequence[dict[str, Any]]:
        keys = self._bin.keys(self._wanted, PAGE)
        found = {row["id"]: row for row in self._bin.rows(keys)}
        return [found[key] for key in keys if key in found]

    def ids(self, order: str, cancelled: Cancelled = never) -> Sequence[Any]:
        return self._bin.keys(self._wanted)

    def rows(self, ids: Sequence[Any]) -> Sequence[dict[str, Any]]:
        return self._bin.rows(ids)


class RecycleBinScreen(ttk.Frame):
    """Knows no particular kind: what there is, the controller says."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="recycle_bin")
        self.desk = desk
        self.bin = desk.office.recycle_bin
        self.actions = self._make_actions()
        self._build()
        unsubscribe = desk.office.bus.subscribe(RecordsChanged, lambda event: self.refresh())
        self.bind("<Destroy>", lambda event: unsubscribe() if event.widget is self else None, add="+")
        self.reload()

    def _make_actions(self) -> list[Action]:
        def may_purge() -> bool:
            return self.desk.office.may("recycle_bin", "delete")

        return [
            Action("restore", "恢复", self.restore, "save", "arrow-counterclockwise", self._may_restore,
                   style="primary"),
            Action("refresh", "刷新", self.refresh, "refresh", "arrow-clockwise", group="look"),
            Action("purge", "彻底删除…", self.purge, "delete", "trash", lambda: self._has_any() and may_purge(),
                   group="purge", style="danger"),
            Action("empty", "清空…", self.empty, None, "trash3", lambda: bool(self.table.total) and may_purge(),
                   group="purge", style="danger"),
        ]  # fmt: skip

    def _build(self) -> None:
        gap = pixels(self, 6)
        top = ttk.Frame(self)
        top.pack(fill="x")
        self.footer = ttk.Label(self, style="Muted.TLabel", name="footer")
        self.footer.pack(side="bottom", fill="x", pady=(gap, 0))
        self.search = SearchBox(top, lambda text: self.reload(), placeholder="名称、所属…", width=24,
                                on_leave=lambda: self.table.focus_set())  # fmt: skip
        self._build_filters()
        self.table = VirtualTable(
            self,
            COLUMNS,
            background=self.desk.background,
            on_open=lambda key: self.restore(),
            on_select=self._selected,
            on_loaded=self._selected,
            on_menu=context_menu(self, self.actions),
            empty_text=EMPTY,
        )
        self.table.pack(fill="both", expand=True, pady=(gap, 0))
        self.toolbar = Toolbar(top, self.actions)
        put_beside(self.toolbar, self.search)

    def _build_filters(self) -> None:
        row = ttk.Frame(self)
        row.pack(fill="x")
        items = [PickItem("", EVERYTHING), *(PickItem(key, label) for key, label in self.bin.kinds().items())]
        choices = ttk.Frame(row)
        choices.pack(side="left")
        self.kind = LabeledField(choices, "种类", lambda body: ChoiceInput(body, items, width=10)).grid(0)
        self.operator = LabeledField(choices, "操作员", lambda body: OperatorInput(body, self.desk)).grid(0, 1)
        self.operator.input.control.configure(width=10)  # type: ignore[attr-defined]
        for labeled in (self.kind, self.operator):
            labeled.input.bind(INPUT_CHANGED, lambda event: self.reload(), add="+")
        self.kind.set("")
        self.period = PeriodFields(row, self.desk, self.reload)
        self.period.pack(side="left", padx=pixels(self, 12))

    def focus_set(self) -> None:
        self.table.focus_set()

    # -- looking ---------------------------------------------------------------------------------------------------

    @property
    def wanted(self) -> Filter:
        """What the list shows; a word that is still being typed does not narrow it."""
        kind, operator = self.kind.get(), self.operator.get()
        return Filter(
            kind=kind if kind in self.bin.kinds() else "",
            text=self.search.get(),
            operator=operator if isinstance(operator, int) else None,
            since=self.period.since,
            until=self.period.until,
        )

    def reload(self) -> None:
        """Ask again from the top."""
        self.period.check()
        self.table.set_empty_text(EMPTY if self.wanted == Filter() else NOT_FOUND)
        self.table.show(BinSource(self.bin, self.wanted))

    def refresh(self) -> None:
        self.table.refresh()

    def _selected(self) -> None:
        self.toolbar.refresh()
        chosen = self.table.selected_count
        more = "" if self.table.is_complete else "+"
        selected = f"　已选 {chosen:,} 条" if chosen > 1 else ""
        self.footer.configure(text=f"共 {self.table.total:,}{more} 条{selected}")

    @property
    def _chosen(self) -> list[Key]:
        """What is selected, else the line with the cursor."""
        return self.table.selected_ids() or [self.table.current_id]

    def _has_any(self) -> bool:
        return self.table.current_id is not None

    def _may_restore(self) -> bool:
        return self._has_any() and self.bin.may_restore(self.table.current_id.kind)

    # -- coming back -----------------------------------------------------------------------------------------------

    def restore(self) -> None:
        """Bring back what is selected, with what went along."""
        if self._may_restore():
            self._restore(self._chosen, {}, with_owners=False)

    def _restore(self, keys: Sequence[Key], names: Names, with_owners: bool) -> None:
        self.desk.run(
            lambda job: self.bin.restore(keys, names, with_owners),
            lambda number: self.desk.say(f"已恢复 {number:,} 条，连同一起删除的记录。"),
            on_error=lambda error: self._refused(error, keys, names, with_owners),
            owner=self,
            title="正在恢复…",
            is_saving=True,
        )

    def _refused(self, error: BaseException, keys: Sequence[Key], names: Names, with_owners: bool) -> None:
        """What can be helped is offered: another name, or what it belongs to as well."""
        dialogs = self.desk.dialogs
        if isinstance(error, Taken):
            label = ENTITIES[error.entity][error.field].label if error.entity in ENTITIES else "名称"
            prompt = f"{error}\n新的{label}："
            name = dialogs.ask_text(prompt, value=error.value, title="改名后恢复", parent=self)
            if name:
                key = Key(error.entity, error.record)
                changed = {**names, key: {**names.get(key, {}), error.field: name}}
                self._restore(keys, changed, with_owners)
        elif isinstance(error, OwnerDeleted) and not with_owners:
            question = str(error).replace("请先恢复", "要一起恢复") + "吗？"
            if dialogs.ask_yes_no(
                question.replace("。吗", "吗"), yes="一起恢复", no="不恢复", default="yes", parent=self
            ):
                self._restore(keys, names, with_owners=True)
        else:
            dialogs.show_error(error, parent=self)

    # -- leaving for ever ------------------------------------------------------------------------------------------

    def purge(self) -> None:
        """Ask, with exact counts, then remove what is selected."""
        keys = self._chosen
        self._count(lambda: keys)

    def empty(self) -> None:
        """The same for everything that the list shows."""
        wanted = self.wanted
        self._count(lambda: self.bin.keys(wanted))

    def _count(self, chosen: Any) -> None:
        def work(job: Job) -> tuple[list[Key], PurgeEffect]:
            keys = chosen()
            return keys, self.bin.purge_effect(keys)

        self.desk.run(work, self._ask, owner=self, title="正在清点…")

    def _ask(self, counted: tuple[list[Key], PurgeEffect]) -> None:
        keys, effect = counted
        dialogs = self.desk.dialogs
        if not effect.counts:
            dialogs.show_error(f"不能彻底删除：{listed(effect.kept)}。", parent=self)
            return
        kept = f"\n以下留在回收站：{listed(effect.kept)}。" if effect.kept else ""
        detail = f"将彻底删除：{listed(effect.counts)}。{kept}\n{FOR_EVER}"
        question = f"要彻底删除这 {len(keys):,} 条吗？"
        if dialogs.ask_yes_no(question, detail=detail, yes="彻底删除", no="不删除", is_danger=True, parent=self):
            self._purge(keys, sum(effect.counts.values()))

    def _purge(self, keys: Sequence[Key], total: int) -> None:
        done = 0

        def work(job: Job) -> PurgeEffect:
            def step(number: int) -> None:
                nonlocal done
                if job.is_cancelled():
                    raise CleanupRefused(CANCELLED)
                done += number
                job.report(min(done, total), total)

            return self.bin.purge(keys, step)

        self.desk.run(
            work, lambda effect: self.desk.say(f"已彻底删除：{listed(effect.counts)}。"), owner=self,
            title="正在彻底删除…", is_saving=True, on_cancelled=lambda: self.desk.say(CANCELLED),
        )  # fmt: skip


def listed(counts: Mapping[str, int]) -> str:
    """客户 1、联系人 3."""
    return "、".join(f"{label} {number:,}" for label, number in counts.items())
