"""移交: whose customers and open work go to whom; all of them, or those of a region, a level, or with a tick."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.handover import Share
from crm_desktop.errors import CrmError, ValidationError
from crm_desktop.models import CUSTOMERS, Condition, Query
from crm_desktop.models.fields import Choice
from crm_desktop.models.query import AnyCondition
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_choices import DictionaryInput, RegionInput
from crm_desktop.views.keys import enter_moves_focus
from crm_desktop.views.sources import EntitySource
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.mark_table import MarkTable
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.table_rows import TableColumn

COLUMNS = {"code": 9, "name": 26, "level": 8, "region": 22, "status": 8}
TABLE_HEIGHT = 230
EVERYTHING = "不选区域、级别，也不勾选客户，就移交全部客户和全部未办完的工作。"
SHARE = "移交这些客户，和其中未办完的工作。"


class HandOverWindow(ModalWindow):
    """``go_on()`` is called when something was handed over."""

    def __init__(self, parent: Misc, desk: Desk, leaver: int, name: str, go_on: Callable[[], Any]) -> None:
        super().__init__(parent, f"移交“{name}”的客户和工作")
        self._desk = desk
        self._leaver, self._leaver_name = leaver, name
        self._go_on = go_on
        self._counts: dict[str, int] = {}
        self._counted: Share | None = None
        """What ``_counts`` speaks of; None while something else is being counted."""
        self._is_saving = False
        self._add_fields()
        self._add_table()
        self._add_footer()
        enter_moves_focus(self.form, self.button)
        self._asked_again()

    # -- building --------------------------------------------------------------------------------------------------

    def _add_fields(self) -> None:
        self.form = ttk.Frame(self.body)
        self.form.pack(fill="x")
        for column in (1, 3):
            self.form.columnconfigure(column, weight=1, uniform="inputs")
        level = CUSTOMERS["level"]
        assert isinstance(level, Choice)
        others = [
            PickItem(row["id"], row["full_name"], row["name"], row["name"])
            for row in self._desk.office.operators.active()
            if row["id"] != self._leaver
        ]
        self.to = LabeledField(self.form, "移交给", lambda parent: ChoiceInput(parent, others), is_required=True)
        self.to.grid(0)
        self.region = LabeledField(self.form, "只移交区域", lambda parent: RegionInput(parent, self._desk)).grid(1)
        self.level = LabeledField(
            self.form, "只移交级别", lambda parent: DictionaryInput(parent, level, self._desk)
        ).grid(1, 1)
        for field in (self.region, self.level):
            field.input.bind(INPUT_CHANGED, lambda event: self._asked_again(), add="+")

    def _add_table(self) -> None:
        columns = [TableColumn(name, CUSTOMERS[name].label, width) for name, width in COLUMNS.items()]
        holder = ttk.Frame(self.body, height=pixels(self, TABLE_HEIGHT), width=pixels(self, 670))
        holder.pack(fill="both", expand=True, pady=pixels(self, 8))
        holder.pack_propagate(False)
        self.table = MarkTable(
            holder, columns, on_marked=self._count, background=self._desk.background, empty_text="没有这样的客户。"
        )
        self.table.pack(fill="both", expand=True)

    def _add_footer(self) -> None:
        self.what = ttk.Label(self.body, style="Muted.TLabel", name="what")
        self.what.pack(anchor="w")
        self.counted = ttk.Label(self.body, name="counted", wraplength=pixels(self, 670))
        self.counted.pack(anchor="w", pady=(pixels(self, 4), 0))
        self.button = self.add_saving_row("移交", self.submit)

    def ask(self) -> None:
        self.show(self.to.input.control)

    # -- what goes -------------------------------------------------------------------------------------------------

    @property
    def share(self) -> Share:
        """What is chosen on the window."""
        return Share(self._conditions(), self.table.marked_ids())

    def _conditions(self) -> tuple[AnyCondition, ...]:
        region, level = self.region.input.chosen, self.level.input.chosen
        within = (Condition("region", "within", region.key),) if region else ()
        return (*within, *((Condition("level", "=", level.key),) if level else ()))

    def _asked_again(self) -> None:
        """Other customers are shown; ticks of those that are not among them any more would be forgotten ones."""
        self.table.mark(())
        query = Query(conditions=(Condition("owner", "=", self._leaver), *self._conditions()), order="code")
        self.table.show(EntitySource(self._desk.office.customers, query, tuple(COLUMNS)))

    def _count(self) -> None:
        share = self.share
        self.what.configure(text=EVERYTHING if share.is_everything else SHARE)
        self._desk.run(
            lambda job: self._desk.office.handover.counts(self._leaver, share),
            lambda counts: self._tell(share, counts),
            on_error=lambda error: self._desk.dialogs.show_error(error, parent=self),
            owner=self,
        )

    def _tell(self, share: Share, counts: dict[str, int]) -> None:
        if share == self.share:  # else another answer is on its way
            self._counts, self._counted = counts, share
            self.counted.configure(text=f"将移交：{self._desk.office.handover.sentence(counts)}。")
            self.button.configure(state="normal" if any(counts.values()) else "disabled")

    # -- handing over ----------------------------------------------------------------------------------------------

    def submit(self) -> None:
        """Hand over what has been counted, after a last question."""
        if self._is_saving or not self._is_clear():
            return
        share, chosen = self.share, self.to.input.chosen
        if share != self._counted or not any(self._counts.values()):
            return  # what the fields have just become is still being counted: nothing goes uncounted
        told = self._desk.office.handover.sentence(self._counts)
        question = f"要把“{self._leaver_name}”的{told}移交给“{chosen.text}”吗？"
        if self._desk.dialogs.ask_yes_no(question, yes="移交", no="返回", parent=self):
            self._run(int(chosen.key), chosen.text, share)

    def _is_clear(self) -> bool:
        """Whether every field names what there is; else the first that does not says so."""
        fields = (self.to, self.region, self.level)
        bad = next((field for field in fields if not field.input.check()), None)
        if bad is None and self.to.input.chosen is None:
            bad = self.to
            bad.set_error("请从列表中选择一位操作员。")
        if bad is not None:
            bad.focus()
        return bad is None

    def _run(self, to: int, name: str, share: Share) -> None:
        self._is_saving = True
        handover = self._desk.office.handover
        self._desk.run(
            lambda job: handover.run(self._leaver, to, share),
            lambda counts: self._done(f"已移交给“{name}”：{handover.sentence(counts)}。"),
            on_error=self._refused, owner=self, title="正在移交…", is_saving=True,
        )  # fmt: skip

    def _done(self, said: str) -> None:
        self._desk.say(said)
        self.close()
        self._go_on()

    def _refused(self, error: BaseException) -> None:
        self._is_saving = False
        if isinstance(error, ValidationError):
            self.to.set_error(str(error))
        elif isinstance(error, CrmError):
            self._desk.dialogs.show_error(error, parent=self)
        else:
            raise error

    def cancel(self) -> None:
        """What is being written is waited for."""
        if not self._is_saving:
            super().cancel()
