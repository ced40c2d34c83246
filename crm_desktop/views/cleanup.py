"""系统数据清理: choose modules and a period, see exact counts, confirm with the password; a backup is made first."""

from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.cleanup import CleanupEffect, CleanupResult
from crm_desktop.controllers.cleanup_modules import Selection
from crm_desktop.errors import AccountLocked, CrmError, SignInError
from crm_desktop.models.text import size_text
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.keys import enter_moves_focus
from crm_desktop.views.period_fields import PeriodFields
from crm_desktop.views.recycle_bin import listed
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

YEARS_KEPT = 2
COLUMNS = (
    TableColumn("label", "将要清理", 12, is_sortable=False),
    TableColumn("number", "数量", 9, "right", is_sortable=False),
    TableColumn("note", "说明", 34, is_sortable=False),
)
HOW = "清理前自动备份，清理后只能用那份备份恢复。“从”不填，就是“到”为止的全部。"
ONLY_BACKUP = "清理前自动备份，清理后只能用那份备份恢复。"
LOOK_FIRST = "选好内容和日期后，按 F5 查看数量。"
NOTHING_CHOSEN = "请先选择要清理的内容。"
NO_END = "请填写结束的日期，例如 2024-12-31。"
KEPT = "保留"
CANCELLED = "已取消清理，数据没有改动。"


class CleanupScreen(ttk.Frame):
    """What can be chosen comes from the controller; counts belong to the choice they were made for."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="cleanup")
        self.desk = desk
        self.cleanup = desk.office.cleanup
        self.effect: CleanupEffect | None = None
        self._counted: Selection | None = None
        self.actions = self._make_actions()
        gap = pixels(self, 8)
        self.toolbar = Toolbar(self, self.actions)
        self.toolbar.pack(fill="x", pady=(0, gap))
        ttk.Label(self, text=HOW, style="Muted.TLabel", name="how").pack(anchor="w", pady=(0, gap))
        self._build_body(gap)
        enter_moves_focus(self)
        self.toolbar.refresh()

    def _build_body(self, gap: int) -> None:
        """What is chosen on the left, what that comes to and what was done on the right."""
        left, right = ttk.Frame(self), ttk.Frame(self)
        left.pack(side="left", fill="y")
        right.pack(side="left", fill="both", expand=True, padx=(2 * gap, 0))
        self._build_choice(left)
        self._build_period(left)
        self.footer = ttk.Label(right, style="Muted.TLabel", name="footer")
        self.footer.pack(side="bottom", fill="x", pady=(gap, 0))
        self.result = ttk.Label(right, style="Hint.TLabel", padding=gap, name="result")
        self.table = VirtualTable(right, COLUMNS, on_select=self._refresh_toolbar, empty_text=LOOK_FIRST)
        self.table.pack(fill="both", expand=True)
        right.bind("<Configure>", lambda event: self.result.configure(wraplength=max(1, event.width - 3 * gap)))

    def _refresh_toolbar(self) -> None:
        self.toolbar.refresh()

    def _make_actions(self) -> list[Action]:
        def may_delete() -> bool:
            return self.desk.office.may("maintenance", "delete")

        return [
            Action("count", "查看数量", self.count, "refresh", "calculator", style="primary"),
            Action("clean", "清理…", self.clean, "save", "eraser", lambda: self._can_clean() and may_delete(),
                   group="clean", style="danger"),
            Action("space", "收回空间", self.give_back, None, "hdd", may_delete, group="space"),
        ]  # fmt: skip

    def _build_choice(self, parent: Misc) -> None:
        box = ttk.Frame(parent)
        box.pack(fill="x")
        self.marks: dict[str, ttk.BooleanVar] = {}
        self.boxes: dict[str, ttk.Checkbutton] = {}
        for row, module in enumerate(self.cleanup.modules()):
            mark = self.marks[module.key] = ttk.BooleanVar(self, False)
            button = ttk.Checkbutton(box, text=module.label, variable=mark, command=self._changed, name=module.key)
            button.grid(row=row, column=0, sticky="w", pady=pixels(self, 2))
            note = ttk.Label(box, text=module.note, style="Muted.TLabel")
            note.grid(row=row, column=1, sticky="w", padx=pixels(self, 16))
            self.boxes[module.key] = button

    def _build_period(self, parent: Misc) -> None:
        gap = pixels(self, 8)
        self.period = PeriodFields(parent, self.desk, self._changed)
        self.period.pack(anchor="w", pady=(gap, 0))
        today = self.desk.office.clock.today()
        self.period.set(None, today.replace(year=today.year - YEARS_KEPT - 1, month=12, day=31))
        self.finished = ttk.BooleanVar(self, True)
        self.finished_box = ttk.Checkbutton(
            parent, text=f"{self._with_states()}只清理已归档的", variable=self.finished, command=self._changed,
            name="only_finished",
        )  # fmt: skip
        self.finished_box.pack(anchor="w", pady=(gap, 0))

    def _with_states(self) -> str:
        return "、".join(module.label for module in self.cleanup.modules() if module.has_open)

    def focus_set(self) -> None:
        next(iter(self.boxes.values())).focus_set()

    # -- choosing --------------------------------------------------------------------------------------------------

    @property
    def selection(self) -> Selection | None:
        """What is chosen; None while something is missing, which is said where it belongs."""
        chosen = tuple(key for key, mark in self.marks.items() if mark.get())
        if not self.period.check():
            return None
        until = self.period.until
        if until is None:
            self.period.fields["until"].set_error(NO_END)
            self.period.fields["until"].focus()
            return None
        if not chosen:
            self.desk.dialogs.show_error(NOTHING_CHOSEN, parent=self)
            return None
        return Selection(chosen, until, self.period.since, self.finished.get())

    def _changed(self) -> None:
        """What was counted is no longer what is chosen."""
        self.effect = self._counted = None
        self.table.set_empty_text(LOOK_FIRST)
        self.table.show(ListSource(()))
        self.footer.configure(text="")
        self.toolbar.refresh()

    def count(self) -> None:
        """Count, changing nothing."""
        selection = self.selection
        if selection is None:
            return

        def done(effect: CleanupEffect) -> None:
            self._counted, self.effect = selection, effect
            self._show(effect)

        self.desk.run(lambda job: self.cleanup.effect(selection), done, owner=self, title="正在清点…")

    def _show(self, effect: CleanupEffect) -> None:
        rows = [
            {"id": label, "label": label, "number": f"{number:,}", "note": self._note(label, effect)}
            for label, number in effect.counts.items()
        ]
        for why, number in effect.kept.items():
            rows.append({"id": why, "label": KEPT, "number": f"{number:,}", "note": why})
        self.table.set_empty_text("没有符合条件的记录，不需要清理。")
        self.table.show(ListSource(rows))
        self.footer.configure(text=f"共清理 {effect.total:,} 条")
        self.toolbar.refresh()

    def _note(self, label: str, effect: CleanupEffect) -> str:
        if label in effect.open:
            return f"其中还没有归档的 {effect.open[label]:,} 条"
        return size_text(effect.sizes[label]) if label in effect.sizes else ""

    # -- cleaning --------------------------------------------------------------------------------------------------

    def _can_clean(self) -> bool:
        return self.effect is not None and self.effect.total > 0

    def clean(self) -> None:
        """Ask with the counts, then for the password, then do it."""
        selection, effect = self._counted, self.effect
        if selection is None or effect is None:
            return
        unfinished = f"\n其中还没有归档：{listed(effect.open)}。" if effect.open else ""
        detail = f"{selection.period}：{listed(effect.counts)}。{unfinished}\n{ONLY_BACKUP}"
        dialogs = self.desk.dialogs
        question = f"要清理这 {effect.total:,} 条吗？"
        if dialogs.ask_yes_no(question, detail=detail, yes="继续", no="不清理", is_danger=True, parent=self):
            self._ask_password(selection, effect, "请输入您的密码：")

    def _ask_password(self, selection: Selection, effect: CleanupEffect, prompt: str) -> None:
        password = self.desk.dialogs.ask_password(prompt, parent=self)
        if password is None:
            return

        def work(job: Job) -> CleanupResult:
            return self.cleanup.run(selection, password, effect, job.report, job.is_cancelled)

        def refused(error: BaseException) -> None:
            if isinstance(error, SignInError) and not isinstance(error, AccountLocked):
                self._ask_password(selection, effect, f"{error}\n请再输入一次您的密码：")
            else:
                self.desk.dialogs.show_error(error, parent=self)
                self._changed()

        self.desk.run(
            work, self._cleaned, owner=self, title="正在清理…", is_saving=True, on_error=refused,
            on_cancelled=lambda: self.desk.say(CANCELLED),
        )  # fmt: skip

    def _cleaned(self, result: CleanupResult) -> None:
        freed = result.note or f"收回空间 {size_text(result.freed)}。"
        self._changed()
        self._tell(
            f"已清理：{listed(result.effect.counts)}。{freed}\n清理前的备份：{result.backup}\n"
            "要退回清理前，请到“数据备份与恢复”中选这份备份恢复。"
        )
        self.desk.say("清理完成。", ("打开数据备份与恢复", lambda: self.desk.open("backups")))

    def give_back(self) -> None:
        """Shrink the file to what it holds."""
        self.desk.run(
            lambda job: self.cleanup.give_back(job.is_cancelled), self._given_back, owner=self, title="正在收回空间…",
            is_saving=True, on_error=self._not_given_back, on_cancelled=lambda: self.desk.say("已取消，数据不受影响。"),
        )  # fmt: skip

    def _given_back(self, freed: int) -> None:
        self._tell(f"收回空间 {size_text(freed)}。" if freed > 0 else "没有可以收回的空间。")

    def _not_given_back(self, error: BaseException) -> None:
        sentence: Any = f"空间没有收回，数据不受影响：{error}" if isinstance(error, CrmError) else error
        self.desk.dialogs.show_error(sentence, parent=self)

    def _tell(self, text: str) -> None:
        self.result.configure(text=text)
        self.result.pack(side="bottom", fill="x", pady=(pixels(self, 8), 0), after=self.footer)
