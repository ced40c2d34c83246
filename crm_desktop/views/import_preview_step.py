"""The third step of an import: every row with its fate, the bad cells with their reasons, the unknown words."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.exchange.plan import ImportPreview
from crm_desktop.controllers.exchange.planned_row import Fate, PlannedRow
from crm_desktop.models import ENTITIES
from crm_desktop.views.desk import Desk
from crm_desktop.views.import_words import WordList
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.cell_marks import CellMarks
from crm_desktop.views.widgets.detail_pane import DetailPane
from crm_desktop.views.widgets.table_rows import Cancelled, Row, TableColumn, never
from crm_desktop.views.widgets.text_inputs import FlagInput
from crm_desktop.views.widgets.virtual_table import VirtualTable

FATES: dict[Fate, str] = {"add": "新增", "update": "更新", "skip": "跳过", "bad": "错误"}
ALL, DOUBLE = "all", "double"
MISSING = "（空）"
SIDE = 300
"""Width of the part beside the table, at 100 %."""
PAGE = 200
SAMPLED_ROWS = 200
"""Enough to see which fields the rows have beyond the sheet's columns, such as a proposed region."""
MOST_LEFT_OUT = 3

FILTERS: dict[str, tuple[str, Callable[[PlannedRow], bool]]] = {
    ALL: ("全部", lambda row: True),
    "bad": ("只看错误", lambda row: row.fate == "bad"),
    DOUBLE: ("可能重复", lambda row: bool(row.duplicates)),
    "add": (FATES["add"], lambda row: row.fate == "add"),
    "update": (FATES["update"], lambda row: row.fate == "update"),
    "skip": (FATES["skip"], lambda row: row.fate == "skip"),
}


@dataclass(frozen=True)
class Overview:
    """What takes a while to find out of a long preview: the rows of each filter, the fields to show."""

    rows: dict[str, list[PlannedRow]]
    paths: list[str]

    @classmethod
    def of(cls, preview: ImportPreview) -> "Overview":
        """What names the record comes first, then the fields with bad cells, then the others as in the sheet."""
        rows = {key: [row for row in preview.rows if test(row)] for key, (_, test) in FILTERS.items()}
        found = dict.fromkeys(path for row in preview.rows[:SAMPLED_ROWS] for path in row.values)
        bad = dict.fromkeys(path for row in rows["bad"] for path in row.problems)
        mapped = dict.fromkeys(preview.columns.values())
        paths = list({_leading(preview, mapped): None, **bad, **mapped, **found})
        return cls(rows, [path for path in paths if path in bad or not path.startswith("region.")])


def _leading(preview: ImportPreview, mapped: Collection[str]) -> str:
    """The title when the sheet has it, else whose the record is."""
    entity = ENTITIES[preview.entity]
    owner = entity.owner_reference
    is_owned = owner is not None and owner.name in mapped and entity[entity.title].is_made
    return owner.name if is_owned and owner is not None else entity.title


class PlannedRows:
    """A TableSource over the rows of a preview: nothing is made before it comes into sight."""

    def __init__(self, rows: Sequence[PlannedRow], labels: dict[str, str]) -> None:
        self._rows = {row.number: row for row in rows}
        self._labels = labels

    def first_page(self, order: str) -> Sequence[Row]:
        return self.rows(list(self._rows)[:PAGE])

    def ids(self, order: str, cancelled: Cancelled = never) -> Sequence[int]:
        return list(self._rows)

    def rows(self, ids: Sequence[int]) -> Sequence[Row]:
        return [self._shown(self._rows[number]) for number in ids]

    def _shown(self, row: PlannedRow) -> Row:
        values = dict(row.values)
        for path in row.problems:
            values.setdefault(path, MISSING)
        told = [f"{self._labels.get(path, '')}：{text}" for path, text in row.problems.items()]
        return {
            "id": row.number,
            "fate": fate_word(row),
            "told": "；".join([*told, *row.notes]),
            "double": "；".join(row.duplicates),
            "row": row,
            **values,
        }


def fate_word(row: PlannedRow) -> str:
    """新增, or 新增联系人 when the row only adds a contact to the customer above."""
    is_contact = row.same_as is not None and row.fate in ("add", "update")
    return FATES[row.fate] + ("联系人" if is_contact else "")


class PreviewStep(ttk.Frame):
    """``show`` fills it; ``skips_bad`` says whether bad rows are to be left out."""

    def __init__(self, parent: Misc, desk: Desk, on_change: Callable[[], Any]) -> None:
        super().__init__(parent, name="preview_step", padding=pixels(parent, 8))
        self._desk = desk
        self._on_change = on_change
        self._preview: ImportPreview | None = None
        self._overview: Overview | None = None
        self._labels: dict[str, str] = {}
        self._shown = ttk.StringVar(self, value=ALL)
        self._filters = ttk.Frame(self)
        self._filters.pack(fill="x", pady=(0, pixels(self, 6)))
        self.buttons: dict[str, ttk.Radiobutton] = {}
        bottom = ttk.Frame(self)
        bottom.pack(side="bottom", fill="x")
        self.skip_bad = FlagInput(bottom, caption="跳过错误行，导入其余")
        self.skip_bad.control.configure(command=on_change)
        self.left_out = ttk.Label(bottom, style="Small.TLabel", name="left_out")
        self.left_out.pack(side="left", pady=pixels(self, 6))
        side = ttk.Frame(self, padding=(pixels(self, 8), 0, 0, 0), width=pixels(self, SIDE))
        side.pack(side="right", fill="y")
        side.pack_propagate(False)
        self._middle = ttk.Frame(self)
        self._middle.pack(side="left", fill="both", expand=True)
        self.words = WordList(side, desk)
        self.detail = DetailPane(side, width=36)
        self.detail.pack(side="bottom", fill="both", expand=True)
        self.table: VirtualTable | None = None

    @property
    def skips_bad(self) -> bool:
        return bool(self.skip_bad.get())

    def show(self, preview: ImportPreview, overview: Overview, labels: dict[str, str], after: Misc) -> None:
        """Show a preview from the top; ``labels`` names the fields, Enter leads from the words to ``after``."""
        self._preview, self._overview, self._labels = preview, overview, labels
        self._build_table()
        self._build_filters()
        self.skip_bad.set(False)
        if preview.error_count:
            self.skip_bad.pack(side="right")
        else:
            self.skip_bad.pack_forget()
        self.left_out.configure(text=_left_out(preview))
        if preview.unknown:
            self.words.show(preview.unknown, after)
            self.words.pack(side="top", fill="both", expand=True)
        else:
            self.words.pack_forget()
        self.filter("bad" if preview.error_count else ALL)

    def _build_table(self) -> None:
        if self.table is not None:
            self.table.destroy()
        self.table = VirtualTable(
            self._middle,
            self._columns(),
            background=self._desk.background,
            on_select=self._show_row,
            empty_text="没有这样的行。",
        )
        self.marks = CellMarks(self.table, lambda row: row["row"].problems)
        self.table.pack(fill="both", expand=True)

    def _columns(self) -> list[TableColumn]:
        assert self._overview is not None
        name, *others = [path for path in self._overview.paths if path in self._labels]
        doubles = [("double", "可能重复", 24)] if self._overview.rows[DOUBLE] else []
        shown = [
            ("fate", "处理", 9),
            (name, self._labels[name], 24),
            ("told", "问题与说明", 32),
            *doubles,
            *((path, self._labels[path], 14) for path in others),
        ]
        number = TableColumn("id", "行号", 6, "right", is_sortable=False)
        return [number, *(TableColumn(*each, is_sortable=False) for each in shown)]

    # -- which rows ------------------------------------------------------------------------------------------------

    def _build_filters(self) -> None:
        assert self._overview is not None
        for child in self._filters.winfo_children():
            child.destroy()
        self.buttons = {}
        for key, (label, _) in FILTERS.items():
            count = len(self._overview.rows[key])
            button = ttk.Radiobutton(
                self._filters,
                text=f"{label} {count:,}",
                variable=self._shown,
                value=key,
                bootstyle="primary-outline-toolbutton",
                command=lambda key=key: self.filter(key),
                state="normal" if count or key == ALL else "disabled",
                name=key,
            )
            button.pack(side="left", padx=(0, pixels(self, 6)))
            self.buttons[key] = button

    def filter(self, key: str) -> None:
        """Show the rows of one kind."""
        assert self._overview is not None and self.table is not None
        self._shown.set(key)
        self.table.show(PlannedRows(self._overview.rows[key], self._labels))

    def _show_row(self) -> None:
        assert self.table is not None
        row = self.table.current_row
        if row is None:
            self.detail.clear()
            return
        planned: PlannedRow = row["row"]
        problems = [(self._labels.get(path, path), text) for path, text in planned.problems.items()]
        facts = [(self._labels.get(path, path), text) for path, text in planned.values.items()]
        notes = [("说明", note) for note in planned.notes] + [("可能重复", text) for text in planned.duplicates]
        self.detail.show(f"第 {planned.number} 行：{fate_word(planned)}", [*notes, *facts], problems)

    def check(self) -> bool:
        """Whether every unknown word is decided."""
        assert self._preview is not None
        return not self._preview.unknown or self.words.check()

    def focus_first(self) -> None:
        assert self._preview is not None and self.table is not None
        if self._preview.unknown and not self._preview.error_count:
            self.words.inputs[0].focus_set()
        else:
            self.table.focus_set()


def _left_out(preview: ImportPreview) -> str:
    """What of the sheet is no record or goes nowhere."""
    rows = [f"第 {number} 行（{reason}）" for number, reason in preview.left_out[:MOST_LEFT_OUT]]
    more = f"等 {len(preview.left_out)} 行" if len(preview.left_out) > MOST_LEFT_OUT else ""
    told = [f"不是记录、不导入：{'、'.join(rows)}{more}"] if rows else []
    if preview.ignored:
        told.append(f"不导入的列：{'、'.join(preview.ignored)}")
    return "　".join(told)
