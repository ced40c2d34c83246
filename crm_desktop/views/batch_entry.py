"""批量录入: a grid for many records at once; pasted from Excel, checked as it changes, saved all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.controllers.grids.rows import GridCheck, GridKind, GridResult, GridRow
from crm_desktop.errors import ValidationError
from crm_desktop.models.fields import Field
from crm_desktop.views.actions import Action, Toolbar, put_beside
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.grid_cells import grid_columns, is_picked, pick_cell
from crm_desktop.views.grid_drafts import GridDrafts
from crm_desktop.views.pause import Pause
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.grid_sheet import GridSheet
from crm_desktop.views.widgets.picker import ChoiceInput

PAUSE_MILLISECONDS = 200
"""After a change, before rows are checked again."""
HINT = "可以从 Excel 直接粘贴（Ctrl+V），Enter 到下一格，F4 改这一格，F7 从列表里选，Alt+1 换录入的内容。"


class BatchEntryScreen(ttk.Frame):
    """``show(entity, ids)`` brings records of a list to be changed in the grid."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="batch_entry")
        self.desk = desk
        self._pause = Pause(self, PAUSE_MILLISECONDS, self._check)
        self._check_job: Job | None = None
        self._waiting: set[int] | None = set()
        self.known: dict[str, GridRow] = {}
        """By the key of its row: what was read from a record."""
        self._found = GridCheck()
        self.is_changed = False
        self.sheet: GridSheet = None  # type: ignore[assignment]  # made with the columns of the first entity
        self.kinds = {kind.key: kind for kind in desk.office.batch_entry.kinds()}
        self.kind: GridKind = next(iter(self.kinds.values()))
        self.actions = self._make_actions()
        self.drafts = GridDrafts(self)
        self._build()
        self._make_grid()

    def _make_actions(self) -> list[Action]:
        return [
            Action("save", "保存", self.save, "save", "save", lambda: self.is_unsaved, style="primary"),
            Action("cell", "改这一格", lambda: self.sheet.typing.edit(), "edit", is_button=False),
            Action("kind", "换录入的内容", lambda: self.choice.focus_set(), "item_1", is_button=False),
            Action("insert", "插入行", lambda: self.sheet.insert_row(), "new", "plus-lg", group="rows"),
            Action("remove", "删除行", lambda: self.sheet.delete_rows(), "delete", "trash", group="rows",
                   style="danger"),
            Action("fill", "向下填充", lambda: self.sheet.fill_down(), "fill_down", "arrow-down", group="rows"),
            Action("pick", "参照", self.pick, "choose", "list-ul", self._may_pick, group="rows"),
            Action("load", "全部载入", self.load_all, "item_2", "download", self._may_load_all, group="rows"),
            Action("fault", "下一处错误", self.next_fault, "next_fault", "exclamation-circle",
                   lambda: bool(self._found.errors), group="rows"),
        ]  # fmt: skip

    def _build(self) -> None:
        gap = pixels(self, 6)
        top = ttk.Frame(self)
        top.pack(fill="x", pady=(0, gap))
        items = [PickItem(key, each.words) for key, each in self.kinds.items()]
        self.choice = ChoiceInput(top, items, width=16, initials_of=self.desk.office.queries.initials)
        self.choice.set(self.kind.key)
        self.choice.bind(INPUT_CHANGED, lambda event: self._entity_chosen(), add="+")
        self.toolbar = Toolbar(top, self.actions)
        put_beside(self.toolbar, self.choice)
        self.footer = ttk.Label(self, style="Muted.TLabel", name="footer")
        self.footer.pack(side="bottom", fill="x", pady=(gap, 0))
        self.fault = ttk.Label(self, style="Error.TLabel", name="fault", text=" ")
        self.fault.pack(side="bottom", fill="x")

    # -- the grid --------------------------------------------------------------------------------------------------

    def _make_grid(self) -> None:
        if self.sheet is not None:
            self.sheet.destroy()
        self.fields = self.desk.office.batch_entry.columns(self.kind.key)
        self.sheet = GridSheet(
            self, grid_columns(self.desk, self.fields), self._touched, self._selected,
            lambda told: self.desk.say(told), self._tell_fault, self._typing,
        )  # fmt: skip
        self.sheet.pack(fill="both", expand=True)
        self._forget()

    def show(self, entity: str = "", ids: Sequence[int] = (), is_all: bool = False) -> None:
        """Another kind of record, records of a list to be changed, or all of it; what is unsaved is asked about."""
        if (entity or ids) and self.can_close():
            self.kind = self.kinds[entity] if entity else self.kind
            self.choice.set(self.kind.key)
            self._make_grid()
            if ids or (is_all and self._may_load_all()):
                self._load(ids or None)

    def put_back(
        self, kind: str, known: dict[str, GridRow], rows: Sequence[Mapping[str, str]], keys: Sequence[str]
    ) -> None:
        """Unsaved rows of another day; ``known`` are the records among them, by the key of their row."""
        self.kind = self.kinds[kind]
        self.choice.set(kind)
        self._make_grid()
        self.known = known
        self.sheet.set_rows([[row.get(field.name, "") for field in self.fields] for row in rows], keys)

    def load_all(self) -> None:
        """Every row of a list that is short enough for that; what is unsaved is asked about first."""
        if self.can_close():
            self._load(None)

    def _may_load_all(self) -> bool:
        return self.kind.is_whole and self.desk.office.may(self.kind.area, "update")

    def _load(self, ids: Sequence[int] | None) -> None:
        entity = self.kind.key
        self.desk.run(
            lambda job: self.desk.office.batch_entry.load(entity, ids), self._loaded, owner=self, title="正在读取…"
        )

    def _loaded(self, rows: list[GridRow]) -> None:
        self.known = {str(row.record): row for row in rows}
        self.sheet.set_rows([[row.values[field.name] for field in self.fields] for row in rows], list(self.known))
        self.is_changed = False
        self._show_state()

    def rows(self) -> list[GridRow]:
        """The grid as it stands; a row that was read from a record stays that record wherever it moves to."""
        names = [field.name for field in self.fields]
        new = GridRow({})
        return [
            replace(self.known.get(key, new), values=dict(zip(names, cells, strict=True)))
            for key, cells in zip(self.sheet.keys(), self.sheet.rows(), strict=True)
        ]

    # -- acting ----------------------------------------------------------------------------------------------------

    @property
    def is_unsaved(self) -> bool:
        """Whether something was changed, or is being typed."""
        return self.is_changed or (self.sheet is not None and self.sheet.typing.is_typing)

    def _may_pick(self) -> bool:
        return is_picked(self._field_at_cursor())

    def pick(self) -> None:
        """The full list for the cell with the cursor, or the few words that it offers."""
        field = self._field_at_cursor()
        if self.sheet.words_at_cursor:
            self.sheet.typing.edit()
        elif field is not None:
            self.sheet.typing.take()
            pick_cell(self.desk, self.sheet, field)

    def next_fault(self) -> None:
        """Put the cursor on the next bad cell, from the first again after the last."""
        places = sorted(self._bad_cells())
        if places:
            here = self.sheet.current or (-1, -1)
            self.sheet.go_to(*next((place for place in places if place > here), places[0]))

    def save(self) -> None:
        """All rows or none; what is wrong is marked and the cursor goes to the first."""
        self.sheet.typing.take()
        if not self.is_changed:
            return
        rows, entity = self.rows(), self.kind.key

        def work(job: Job) -> GridResult:
            result = self.desk.office.batch_entry.save(entity, rows, job.report, job.is_cancelled)
            self.drafts.saved()
            return result

        self.desk.run(
            work,
            self._saved,
            on_error=self._refused,
            owner=self,
            title="正在保存…",
            is_saving=True,
        )

    def _saved(self, result: GridResult) -> None:
        self.desk.say(f"已保存：新增 {result.added}、修改 {result.updated} 条{self.kind.label}。")
        self._forget()

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, ValidationError) or not any("." in key for key in error.fields):
            self.desk.dialogs.show_error(error, parent=self)
            return
        split = (key.partition(".") for key in error.fields)
        errors = {(int(row), name): error.fields[f"{row}.{name}"] for row, _, name in split}
        self._show_check(GridCheck(errors, self._found.warnings))
        self.sheet.go_to(*min(self._bad_cells()))
        self.desk.say(f"没有保存：有 {len(errors)} 处要改，已标红。")

    def can_close(self) -> bool:
        """Whether the tab may go: unsaved rows only when the operator lets them."""
        self.sheet.typing.take()
        may = not self.is_changed or self.desk.dialogs.ask_yes_no(
            "表格里的内容还没有保存。", yes="不保存", no="返回", title="还没有保存", parent=self
        )
        if may:
            self.drafts.drop()
        return bool(may)

    def focus_set(self) -> None:
        self.sheet.focus_set()

    # -- checking --------------------------------------------------------------------------------------------------

    def _touched(self, rows: set[int] | None) -> None:
        self.is_changed = True
        self.drafts.typed()
        self._waiting = None if rows is None or self._waiting is None else self._waiting | rows
        self._pause.begin()

    def _typing(self) -> None:
        """A cell that is not left yet is not checked, but written down."""
        self.drafts.typed()
        self.toolbar.refresh()

    def _check(self) -> None:
        rows, only, entity = self.rows(), self._waiting, self.kind.key
        self._waiting = set()
        kept = {} if only is None else {key: each for key, each in self._found.errors.items() if key[0] not in only}

        def checked(found: GridCheck) -> None:
            self._show_check(GridCheck({**kept, **found.errors}, found.warnings))

        self._check_job = self.desk.run(
            lambda job: self.desk.office.batch_entry.check(entity, rows, only, job.is_cancelled), checked, owner=self
        )

    def _show_check(self, found: GridCheck) -> None:
        self._found = found
        known = [number for number, key in enumerate(self.sheet.keys()) if key]
        self.sheet.mark(self._bad_cells(), sorted(found.warnings), known)
        self._show_state()

    def _bad_cells(self) -> dict[tuple[int, int], str]:
        places = {field.name: place for place, field in enumerate(self.fields)}
        return {(row, places.get(name, 0)): sentence for (row, name), sentence in self._found.errors.items()}

    def _show_state(self) -> None:
        filled = self.sheet.filled()
        old = sum(bool(key) for key in filled)
        counts = f"已填 {len(filled)} 行：新增 {len(filled) - old}、修改 {old}"
        wrong = f"，{len(self._found.errors)} 处错误" if self._found.errors else ""
        alike = f"，{len(self._found.warnings)} 行可能重复" if self._found.warnings else ""
        self.footer.configure(text=f"{counts}{wrong}{alike}" if filled else HINT)
        self._selected()

    def _selected(self) -> None:
        """What is wrong with the cell at the cursor."""
        self._tell_fault(None)
        self.toolbar.refresh()

    def _tell_fault(self, hovered: tuple[int, int] | None) -> None:
        """What is wrong with the cell that the mouse is on, else with the one at the cursor."""
        place = self.sheet.current if self.sheet else None
        faults = [(each, self._fault_of(each)) for each in (hovered, place) if each is not None]
        row, sentence = next(((each[0] + 1, told) for each, told in faults if told), (0, ""))
        self.fault.configure(text=f"第 {row} 行：{sentence}" if sentence else " ")

    def _fault_of(self, cell: tuple[int, int]) -> str:
        return self._bad_cells().get(cell) or self._found.warnings.get(cell[0], "")

    # -- details ---------------------------------------------------------------------------------------------------

    def _field_at_cursor(self) -> Field | None:
        place = self.sheet.current if self.sheet else None
        return self.fields[place[1]] if place is not None else None

    def _entity_chosen(self) -> None:
        chosen = self.choice.chosen
        if chosen is None or chosen.key == self.kind.key:
            return
        if self.can_close():
            self.kind = self.kinds[chosen.key]
            self._make_grid()
            self.after_idle(self.focus_set)
        else:
            self.choice.set(self.kind.key)

    def _forget(self) -> None:
        self._pause.stop()
        self.known, self._found, self._waiting = {}, GridCheck(), set()
        self.sheet.set_rows([])
        self._pause.stop()
        self.sheet.mark({}, (), ())
        self.is_changed = False
        self._show_state()
