"""The first step of an import: what is imported, from which file and sheet."""

from collections.abc import Sequence
from pathlib import Path
from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError
from crm_desktop.models import CUSTOMERS, RECORDS, Entity
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.keys import bind_key
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.text_inputs import TextInput

WITH_CONTACTS, OF_CUSTOMERS = "一行里可以带联系人", "客户已在系统里"
FILES = (("表格文件", "*.xlsx *.xls *.csv *.xlsm *.xlsb *.ods *.txt"), ("所有文件", "*"))
RECENT = "recent_imports"
MOST_RECENT = 6
ADVICE = """办公室现有的Excel表（.xlsx、.xls）或CSV文件都可以直接用：标题行、合并的表头、合计行会自动辨认。
文件只读取，不改动；导入之前先给您看每一行会怎样处理。"""


class FileStep(ttk.Frame):
    """``entity``, ``path`` and ``sheet`` are what was chosen."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, name="file_step", padding=pixels(parent, 8))
        self._desk = desk
        self._read: Path | None = None
        form = ttk.Frame(self)
        form.pack(anchor="nw")
        form.columnconfigure(1, weight=1)
        choices = [PickItem(each.key, _label(each)) for each in RECORDS if desk.office.may(each.key, "import")]
        self.kind = LabeledField(form, "导入", lambda p: ChoiceInput(p, choices, width=44)).grid(0)
        self.file = LabeledField(form, "文件", self._make_file_input, is_required=True, note="F7 浏览").grid(1)
        self.sheet_field = LabeledField(form, "工作表", lambda p: ChoiceInput(p, width=44)).grid(2)
        self.sheet_field.grid_remove()
        ttk.Label(self, text=ADVICE, style="Muted.TLabel", justify="left").pack(anchor="w", pady=pixels(self, 12))
        self._recent_label = ttk.Label(self, text="最近导入的文件：")
        self.recent = ttk.Treeview(self, show="tree", selectmode="browse", height=MOST_RECENT, name="recent")
        self.recent.bind("<Double-1>", lambda event: self._take_recent())
        bind_key(self.recent, "enter", self._take_recent)
        self.set_entity(choices[0].key if choices else "customers")

    def _make_file_input(self, parent: Misc) -> TextInput:
        field = TextInput(parent, width=60)
        field.add_button("folder2-open", self.browse)
        field.bind(INPUT_CHANGED, lambda event: self._typed())
        field.control.bind("<FocusOut>", lambda event: self.load_sheets(), add="+")
        return field

    # -- what is chosen --------------------------------------------------------------------------------------------

    @property
    def entity(self) -> str:
        return str(self.kind.get())

    def set_entity(self, entity: str) -> None:
        self.kind.set(entity)

    @property
    def path(self) -> Path | None:
        typed = str(self.file.get()).strip().strip('"')
        return Path(typed) if typed else None

    @property
    def sheet(self) -> str | None:
        """The sheet chosen, None when the file has only one."""
        chosen = self.sheet_field.get()
        return str(chosen) if chosen else None

    def choose(self, path: Path) -> None:
        """Take a file and look what sheets it has."""
        self.file.set(str(path))
        self.load_sheets()

    def browse(self) -> None:
        folder = self.path.parent if self.path and self.path.parent.is_dir() else None
        path = self._desk.dialogs.choose_open_file("选择要导入的文件", types=FILES, folder=folder, parent=self)
        if path is not None:
            self.choose(path)
            self.focus_first()

    def check(self) -> bool:
        """Whether there is a file to read; if not, the field says so."""
        if self.path is None:
            self.file.set_error("请选择要导入的文件，按 F7 浏览。")
        for field in (self.kind, self.file, self.sheet_field):
            if not field.input.check() or field.input.error:
                field.focus()
                return False
        return True

    # -- sheets ----------------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        self._read = None
        self.sheet_field.set(None)
        self.sheet_field.grid_remove()

    def load_sheets(self) -> None:
        """Read the names of the sheets in the background, once for each file."""
        path = self.path
        if path is None or path == self._read:
            return
        self._read = path
        self._desk.run(
            lambda job: self._desk.office.exchange.sheets(path),
            lambda sheets: self._show_sheets(path, sheets),
            owner=self,
            on_error=lambda error: self._refused(path, error),
        )

    def _show_sheets(self, path: Path, sheets: Sequence[str]) -> None:
        if path != self.path:
            return
        choice = self.sheet_field.input
        choice.set_choices([PickItem(name, name) for name in sheets])
        choice.set(sheets[0] if len(sheets) > 1 else None)
        if len(sheets) > 1:
            self.sheet_field.grid(2)
        else:
            self.sheet_field.grid_remove()

    def _refused(self, path: Path, error: BaseException) -> None:
        if path == self.path:
            self.show_error(error)

    def show_error(self, error: BaseException) -> None:
        """What is wrong with the file, at its field."""
        self._read = None
        if not isinstance(error, CrmError):
            raise error
        self.file.set_error(str(error))
        self.file.focus()

    # -- recent files ----------------------------------------------------------------------------------------------

    def show_recent(self) -> None:
        """List the files imported lately from this computer; Enter or a double click takes one."""
        paths = [path for path in self._desk.computer[RECENT] if Path(path).is_file()]
        self.recent.delete(*self.recent.get_children())
        for path in paths:
            self.recent.insert("", "end", path, text=path)
        if paths:
            self.recent.focus(paths[0])
            self.recent.selection_set(paths[0])
            self._recent_label.pack(anchor="w")
            self.recent.pack(anchor="w", fill="x", pady=pixels(self, 4))

    def _take_recent(self) -> None:
        if self.recent.focus():
            self.choose(Path(self.recent.focus()))
            self.focus_first()

    def remember(self, path: Path) -> None:
        others = [each for each in self._desk.computer[RECENT] if each != str(path)]
        self._desk.computer[RECENT] = [str(path), *others][:MOST_RECENT]

    def focus_first(self) -> None:
        self.file.focus()


def _label(entity: Entity) -> str:
    """What is imported, and what must be known about it."""
    note = WITH_CONTACTS if entity is CUSTOMERS else OF_CUSTOMERS if entity.owner_reference else ""
    return f"{entity.label}（{note}）" if note else entity.label
