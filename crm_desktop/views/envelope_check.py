"""打印前检查: who lacks a postcode, an address or a character, found before anything is printed."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.reports import EnvelopeOptions, Problem
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.pause import Pause
from crm_desktop.views.theme import BOLD_FONT, pixels
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

PAUSE_MILLISECONDS = 200
SENDER = 0
"""The record number of a problem with the office's own address."""
TITLE = "打印前检查"
FEW = 3
"""So many rows get no more room than they need."""
COLUMNS = (TableColumn("label", "收件人", 36), TableColumn("problem", "缺什么", 48))


class EnvelopeCheck(ttk.Frame):
    """``check`` looks at the chosen envelopes; ``on_open(record)`` is called for the row opened (``SENDER`` too).

    ``on_checked()`` follows each look. What was found is kept for each record, so ticking one more asks
    about that one only.
    """

    def __init__(
        self, parent: Misc, desk: Desk, on_open: Callable[[int], Any], on_checked: Callable[[], Any]
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._on_open, self._on_checked = on_open, on_checked
        self._found: dict[int, list[Problem]] = {}
        self._ids: Sequence[int] = ()
        self._about: tuple[str, EnvelopeOptions] = ("", EnvelopeOptions())
        self._pause = Pause(self, PAUSE_MILLISECONDS, self._start)
        self._job: Job | None = None
        self.problems: list[Problem] = []
        self.title = ttk.Label(self, font=BOLD_FONT, name="title")
        self.title.pack(anchor="w", pady=pixels(self, 3))
        self.table = VirtualTable(self, COLUMNS, on_open=self._open)
        self.title.configure(text=TITLE)

    @property
    def is_done(self) -> bool:
        return not self._pause.is_waiting and self._job is None

    def check(self, entity: str, ids: Sequence[int], options: EnvelopeOptions) -> None:
        """Look after a short pause, because ticks come in quick succession."""
        if (entity, options) != self._about:
            self._about = entity, options
            self._found.clear()
        self._ids = ids
        self._stop()
        self._pause.begin()

    def forget(self) -> None:
        """Records have changed: look at all of them again."""
        self._found.clear()
        entity, options = self._about
        self.check(entity, self._ids, options)

    def _start(self) -> None:
        entity, options = self._about
        new = [id for id in self._ids if id not in self._found]
        if not new:
            self._show()
            return
        self.title.configure(text="正在检查…")
        self._job = self._desk.run(
            lambda job: self._desk.office.reports.envelope_problems(
                None, options, entity, new, job.report, job.is_cancelled
            ),
            lambda problems: self._take(new, problems),
            owner=self,
        )

    def _take(self, ids: Sequence[int], problems: Sequence[Problem]) -> None:
        self._job = None
        self._found |= {id: [] for id in (SENDER, *ids)}
        for problem in problems:
            self._found[problem.record].append(problem)
        self._show()

    def _show(self) -> None:
        chosen = (SENDER, *self._ids) if self._ids else ()
        self.problems = [problem for id in chosen for problem in self._found.get(id, ())]
        rows = [
            {"id": place, "label": each.record_label, "problem": each.problem, "record": each.record}
            for place, each in enumerate(self.problems)
        ]
        self.table.tree.configure(height=min(len(rows), FEW))
        self.table.show(ListSource(rows))
        if rows:
            self.table.pack(fill="both", expand=True)
            advice = f"{len(rows):,} 处要补（双击打开，补好后自动重新检查）。"
        else:
            self.table.pack_forget()
            advice = "选中的信封都齐全。" if self._ids else "还没有选收件人，按空格键或点“选”一列来选。"
        self.title.configure(text=f"{TITLE}：{advice}")
        self._on_checked()

    def _open(self, place: int) -> None:
        self._on_open(self.problems[place].record)

    def _stop(self) -> None:
        self._pause.stop()
        if self._job is not None:
            self._job.forget()
            self._job = None
