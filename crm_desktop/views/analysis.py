"""满意程度分析, 对比, 客户统计: the question above, charts beside the numbers they show, and the way to the records."""

from collections.abc import Mapping, Sequence
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.analyses import AnalysisTable
from crm_desktop.controllers.charts import Chart, as_shares
from crm_desktop.errors import NotFound, ValidationError
from crm_desktop.events import RecordsChanged
from crm_desktop.models.analysis import ANALYSES
from crm_desktop.views.actions import Action, Toolbar, context_menu
from crm_desktop.views.analysis_question import AnalysisQuestion
from crm_desktop.views.analysis_table import FiguresTable
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.exporting import write_file
from crm_desktop.views.paper import Paper
from crm_desktop.views.printing import PDF_FILES, show_when_made
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.chart_panel import ChartPanel

WORKBOOKS = (("Excel 工作簿", "*.xlsx"),)
PICTURES = (("图片", "*.png"),)
WIDE_ENOUGH = 900
"""For charts and numbers side by side, at 100 %."""
CHARTS_TO_FIGURES = (3, 2)
WORKING = "正在统计…"
NOTHING_BEHIND = "这里没有可以列出的记录。"


class AnalysisScreen(ttk.Frame):
    """``key`` is one of ``ANALYSES``."""

    def __init__(self, parent: Misc, desk: Desk, key: str) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name=key)
        self.desk = desk
        self.analysis = ANALYSES[key]
        self.table: AnalysisTable | None = None
        self._charts: Sequence[Chart] = ()
        self._shows_shares = self._shows_figures = False
        self._job: Job | None = None
        self.actions = self._make_actions()
        self._build()
        unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._records_changed)
        self.bind("<Destroy>", lambda event: unsubscribe() if event.widget is self else None, add="+")
        self.run()

    def run(self) -> None:
        """Ask again with what is chosen now; what was shown stays until the answer has come."""
        if self._job:
            self._job.forget()
        asked, analyses = self.question.values(), self.desk.office.analyses

        def work(job: Job) -> tuple[AnalysisTable, Sequence[Chart]]:
            table = analyses.run(self.analysis.key, **asked)
            return table, table.charts()

        self.sentence.configure(text=WORKING)
        self._job = self.desk.run(work, lambda answer: self._show(*answer), on_error=self._refused, owner=self)

    @property
    def is_ready(self) -> bool:
        """Whether the question is answered and the answer can be seen."""
        return self._job is None and (self.panel.is_drawn or not self.panel.winfo_viewable())

    def focus_set(self) -> None:
        self.question.focus_set()

    # -- building --------------------------------------------------------------------------------------------------

    def _make_actions(self) -> list[Action]:
        may = self.desk.office.may
        return [
            Action("print", "打印", self.print, "print", "printer", lambda: self._has("print"), style="primary"),
            Action("pdf", "存为 PDF", self.save_pdf, "save", "file-earmark-pdf", lambda: self._has("print")),
            Action("picture", "存为图片", self.save_picture, None, "image", lambda: self._has("export")),
            Action("export", "导出 Excel", self.export, "export", "box-arrow-up", lambda: self._has("export")),
            Action("shares", "百分比", self.switch, "edit", "percent", lambda: self.table is not None, group="look"),
            Action("turn", "图表／数字", self.turn, None, "arrow-left-right", group="look"),
            Action("refresh", "刷新", self.run, "refresh", "arrow-clockwise", group="look"),
            Action("records", "看记录", lambda: self.figures.open(), None, "list-ul",
                   lambda: self.table is not None and may(self.analysis.entity, "view"), group="look"),
        ]  # fmt: skip

    def _has(self, verb: str) -> bool:
        return self.table is not None and self.desk.office.may("satisfaction", verb)

    def _build(self) -> None:
        gap = pixels(self, 6)
        self.toolbar = Toolbar(self, self.actions)
        self.toolbar.pack(fill="x", pady=(0, gap))
        self.question = AnalysisQuestion(self, self.desk, self.analysis, self.run)
        self.question.pack(fill="x")
        self.sentence = ttk.Label(self, name="sentence", text=WORKING, width=1)
        self.sentence.pack(fill="x", pady=gap)
        self.sentence.bind("<Configure>", _wrap, add="+")
        self._content = ttk.Frame(self)
        self._content.pack(fill="both", expand=True)
        self._content.rowconfigure(0, weight=1)
        self.panel = ChartPanel(self._content, self.desk.background, self.pick)
        self.figures = FiguresTable(self._content, self.open_records, context_menu(self, self.actions))
        self._content.bind("<Configure>", lambda event: self._share_room(), add="+")

    def _share_room(self) -> None:
        """Charts and numbers side by side; in a narrow window one of them, 图表／数字 changes to the other."""
        is_wide = self._content.winfo_width() >= pixels(self, WIDE_ENOUGH)
        shown = {self.panel: is_wide or not self._shows_figures, self.figures: is_wide or self._shows_figures}
        for column, (part, is_shown) in enumerate(shown.items()):
            self._content.columnconfigure(column, weight=CHARTS_TO_FIGURES[column] if is_shown else 0,
                                          uniform="parts" if is_wide else "")  # fmt: skip
            if is_shown:
                part.grid(row=0, column=column, sticky="nsew", padx=(pixels(self, 6) if is_wide and column else 0, 0))
            else:
                part.grid_remove()

    # -- answers ---------------------------------------------------------------------------------------------------

    def _show(self, table: AnalysisTable, charts: Sequence[Chart]) -> None:
        self._job = None
        self.table, self._charts = table, charts
        self.question.show_errors({})
        self.sentence.configure(text=table.sentence)
        self.figures.show(table)
        self._show_charts()
        self.toolbar.refresh()

    def _show_charts(self) -> None:
        self.panel.show([as_shares(chart) if self._shows_shares else chart for chart in self._charts])

    def _refused(self, error: BaseException) -> None:
        self._job = None
        self.sentence.configure(text=self.table.sentence if self.table else "")
        if isinstance(error, ValidationError):
            self.question.show_errors(error.fields)
        else:
            self.desk.dialogs.show_error(error, parent=self)

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.entity in (*self.analysis.entities, "customers", "dictionary_items", "regions"):
            self.run()

    # -- acting ----------------------------------------------------------------------------------------------------

    def switch(self) -> None:
        """From numbers to shares in the columns, and back."""
        self._shows_shares = not self._shows_shares
        self._show_charts()

    def turn(self) -> None:
        """To the numbers, and back to the charts: in sight where there is room for one, and with the keyboard."""
        self._shows_figures = not self._shows_figures
        self._share_room()
        (self.figures if self._shows_figures else self.panel.canvas).focus_set()

    def pick(self, chart: Chart, group: str, series: str) -> None:
        """The records behind a bar, a slice or a point."""
        column = next((key for key, each in self._columns.items() if each.label == series), series)
        self._open((group or None, column), *([(group, None)] if group else []))

    def open_records(self, key: Any, column: str) -> None:
        """The records behind a row of the table, or one of its cells."""
        self._open((key, column or None), (key, None))

    @property
    def _columns(self) -> Mapping[str, Any]:
        return self.table.columns if self.table else {}

    def _open(self, *places: tuple[Any, Any]) -> None:
        """List the first of these (group, column) that counts records: 平均分 stands for all of its row."""
        for group, column in places if self.table else ():
            try:
                entity, query = self.table.records(group, column)  # type: ignore[union-attr]
            except NotFound:
                continue
            self.desk.open(entity, conditions=tuple(query.conditions))
            return
        self.desk.say(NOTHING_BEHIND)

    def print(self) -> None:
        """The charts and the numbers on A4."""
        table = self.table
        show_when_made(
            self.desk, self, lambda job: self.desk.office.analyses.pdf(table),
            lambda document: Paper(self.analysis.title, document),
        )  # fmt: skip

    def save_pdf(self) -> None:
        table = self.table
        self._write(PDF_FILES, lambda job, path: self.desk.office.analyses.pdf(table).save(path))

    def export(self) -> None:
        """The numbers and their chart as a workbook."""
        table = self.table
        self._write(WORKBOOKS, lambda job, path: self.desk.office.analyses.save(table, path))

    def save_picture(self) -> None:
        """The chosen chart as a picture file."""
        chart = self.panel.chosen
        if chart is not None:
            save = self.desk.office.analyses.save_chart
            self._write(PICTURES, lambda job, path: save(chart, path), f"-{chart.title}")

    def _write(self, types: Any, write: Any, what: str = "") -> None:
        if self.table is not None:
            write_file(self.desk, self, f"{self.analysis.title}{what}", types, write)


def _wrap(event: Event) -> None:
    event.widget.configure(wraplength=max(event.width - 4, 1))
