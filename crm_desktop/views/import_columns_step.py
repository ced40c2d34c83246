"""The second step of an import: which column of the sheet goes into which field, and what to do with known records."""

from collections.abc import Mapping, Sequence
from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.controllers.exchange.layout import SheetColumn, SheetLayout, missing, modes
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_page import FormPages
from crm_desktop.views.keys import enter_moves_focus
from crm_desktop.views.theme import BOLD_FONT, pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.picker import ChoiceInput

COLUMNS = "columns"
"""The only page of the list."""
NOWHERE = "（不导入）"
OWN_MODES = {
    "customers": {
        "add": "都作为新客户导入（可能重复的会提示）",
        "update": "按客户编号、其次按名称更新已有客户；只改表中填了的格，空格不清除原有内容",
        "skip": "跳过已有的客户（编号或名称相同），只导入新的",
    },
    "contacts": {
        "add": "都作为新联系人导入",
        "update": "按客户和姓名更新已有联系人；只改表中填了的格，空格不清除原有内容",
        "skip": "跳过已有的联系人（同一客户、同名），只导入新的",
    },
}
"""For records that are known by more than their number."""
LONGEST_SAMPLE = 46


class ColumnsStep(ttk.Frame):
    """``show`` fills it; ``mapping`` and ``mode`` are what was chosen."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, name="columns_step", padding=pixels(parent, 8))
        self._desk = desk
        self._entity = "customers"
        self._columns: tuple[SheetColumn, ...] = ()
        self._labels: dict[str, str] = {}
        self.inputs: dict[int, LabeledField] = {}
        self.title = ttk.Label(self, name="title", font=BOLD_FONT)
        self.title.pack(anchor="w")
        self.note = ttk.Label(self, name="note", style="Muted.TLabel")
        self.note.pack(anchor="w", pady=(0, pixels(self, 6)))
        bottom = self._bottom = ttk.Frame(self)
        bottom.pack(side="bottom", fill="x", pady=(pixels(self, 8), 0))
        bottom.columnconfigure(1, weight=1)
        self.mode_field = LabeledField(bottom, "已有的记录", lambda p: ChoiceInput(p, width=70)).grid(0, sticky="nw")
        self.warning = ttk.Label(bottom, name="warning", style="Error.TLabel")
        self.warning.grid(row=1, column=1, sticky="w")
        self._page: FormPages | None = None

    @property
    def mode(self) -> str:
        return str(self.mode_field.get())

    @property
    def mapping(self) -> dict[int, str]:
        """Column number → field path, without those that go nowhere."""
        chosen = {index: _path(field) for index, field in self.inputs.items()}
        return {index: path for index, path in chosen.items() if path}

    def show(self, entity: str, layout: SheetLayout, file_name: str) -> None:
        """One row for each column of the sheet; for the same headings as before the choices stay."""
        is_same = entity == self._entity and _headers(layout.columns) == _headers(self._columns)
        kept = self.mapping if is_same else {each.index: each.field for each in layout.columns if each.field}
        self._entity, self._columns = entity, layout.columns
        self.title.configure(text=f"“{file_name}”，工作表“{layout.sheet}”，{layout.row_count:,} 行")
        known = "已按上次导入这种表时的对应关系填好" if layout.is_remembered else "已按列名填好能认出的列"
        self.note.configure(text=f"{known}，请核对；输入字段名的一部分或拼音首字母可以查找，F7 列出全部。")
        may_update = self._desk.office.may(entity, "update")
        modes = {key: text for key, text in _modes(ENTITIES[entity]).items() if key != "update" or may_update}
        self.mode_field.input.set_choices([PickItem(key, text) for key, text in modes.items()])
        self.mode_field.set(self.mode if self.mode in modes else "add")
        self.mode_field.input.bind(INPUT_CHANGED, lambda event: self.judge())
        self._build_rows(kept)
        self.judge()

    def _build_rows(self, chosen: Mapping[int, str]) -> None:
        if self._page is not None:
            self._page.destroy()
        self._page = FormPages(self, [COLUMNS])
        self._page.pack(fill="both", expand=True)
        content = self._page[COLUMNS].content
        for column, heading in enumerate(("表中的列", "导入到", "前几个值")):
            ttk.Label(content, text=heading, style="Muted.TLabel").grid(row=0, column=column, sticky="w")
        for pair in range(3):
            content.columnconfigure(pair, weight=0, uniform="", pad=pixels(self, 16))
        initials = self._desk.office.customers.pinyin_of
        self._labels = dict(self._desk.office.exchange.fields(self._entity))
        choices = [PickItem("", NOWHERE)]
        choices += [PickItem(path, label, initials=initials(label)) for path, label in self._labels.items()]
        self.inputs = {
            each.index: self._add_row(row, each, choices, chosen.get(each.index, ""))
            for row, each in enumerate(self._columns, 1)
        }
        self._bottom.lift()  # Tab comes there last
        self._page.watch()

    def _add_row(self, row: int, column: SheetColumn, choices: list[PickItem], chosen: str) -> LabeledField:
        assert self._page is not None
        content = self._page[COLUMNS].content
        ttk.Label(content, text=column.header.replace("\n", " ")).grid(row=row, column=0, sticky="w")
        field = LabeledField(content, "", lambda parent: ChoiceInput(parent, choices, width=26))
        field.body.grid(row=row, column=1, sticky="w", pady=pixels(self, 2))
        samples = _shortened("、".join(column.samples))
        ttk.Label(content, text=samples, style="Muted.TLabel").grid(row=row, column=2, sticky="w")
        field.set(chosen)
        field.input.bind(INPUT_CHANGED, lambda event: self.judge())
        return field

    def judge(self) -> None:
        """Say at once when two columns go into one field, or a needed one is missing."""
        taken: dict[str, str] = {}
        headers = {column.index: column.header for column in self._columns}
        for index, field in self.inputs.items():
            path = _path(field)
            other = taken.setdefault(path, headers[index]) if path else headers[index]
            field.set_error(None if other == headers[index] else f"“{other}”已对应到这个字段，请改其中一列。")
        wrong = [
            f"“{headers[index]}”：{field.input.error}" for index, field in self.inputs.items() if field.input.error
        ]
        ignored = [headers[index] for index, field in self.inputs.items() if not _path(field)]
        sentence = self._missing() or next(iter(wrong), "")
        self.warning.configure(
            text=sentence or (f"不导入的列：{'、'.join(ignored)}" if ignored else ""),
            style="Error.TLabel" if sentence else "Small.TLabel",
        )

    def _missing(self) -> str:
        """What has no column yet although nothing can be imported without it."""
        lacking = missing(self._entity, self.mapping.values(), self.mode)
        return f"还没有一列对应到“{self._labels[lacking[0]]}”。" if lacking else ""

    def check(self) -> bool:
        """Whether this can be imported; if not, the focus is where something must change."""
        self.judge()
        for field in (*self.inputs.values(), self.mode_field):
            if field.input.error or not field.input.check():
                field.focus()
                return False
        if self._missing():
            self.focus_first()
            return False
        return True

    def enter_leads_to(self, button: Misc) -> None:
        """Enter goes through the columns, then to the mode, then to ``button``."""
        if self._page is not None:
            enter_moves_focus(self._page[COLUMNS].content, self.mode_field.input.control)
        enter_moves_focus(self.mode_field.body, button)

    def focus_first(self) -> None:
        if self.inputs:
            next(iter(self.inputs.values())).focus()


def _modes(entity: Entity) -> dict[str, str]:
    """What may happen to records that exist already, in words."""
    known = f"{entity[entity.unique[0]].label}相同" if entity.unique else "同一客户、同一天、内容相同"
    texts = {
        "add": f"都作为新的{entity.label}导入",
        "update": f"按{entity[entity.unique[0]].label if entity.unique else ''}更新已有{entity.label}；"
        "只改表中填了的格，空格不清除原有内容",
        "skip": f"跳过已有的{entity.label}（{known}），只导入新的",
    }
    return {key: OWN_MODES.get(entity.key, texts)[key] for key in modes(entity.key)}


def _headers(columns: Sequence[SheetColumn]) -> list[str]:
    return [column.header for column in columns]


def _path(field: LabeledField) -> str:
    """The field path chosen, "" for none or while one is still being typed."""
    chosen = field.input.chosen
    return str(chosen.key) if chosen else ""


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_SAMPLE else plain[:LONGEST_SAMPLE] + "…"
