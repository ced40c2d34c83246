"""批量修改: one field of many records; the count is said before, and everything is changed or nothing."""

from collections.abc import Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers import batch
from crm_desktop.errors import CrmError, ValidationError
from crm_desktop.models import Entity
from crm_desktop.models.fields import Field
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.form_fields import Surroundings, labeled_field
from crm_desktop.views.keys import enter_moves_focus
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.picker import ChoiceInput

Tried = tuple[str, Any, str] | None


def edit_many(desk: Desk, parent: Misc, entity: Entity, records: Sequence[int], tried: Tried = None) -> None:
    """Ask which field becomes what, then change the records in the background.

    ``tried`` is (field, value, sentence) of an attempt that was refused: what was typed comes back with the reason.
    """
    chosen = BatchEdit(parent, desk, entity, len(records), tried).ask()
    if not chosen:
        return
    name, value = chosen

    def changed(count: int) -> None:
        desk.say(f"已修改 {count:,} 条{entity.label}的{entity[name].label}。")

    def refused(error: BaseException) -> None:
        if isinstance(error, ValidationError):
            edit_many(desk, parent, entity, records, (name, value, str(error)))
        else:
            desk.dialogs.show_error(error, parent=parent)

    desk.run(
        lambda job: desk.office.batch_entry.update_many(
            entity.key, records, {name: value}, job.report, job.is_cancelled
        ),
        changed,
        on_error=refused,
        owner=parent,
        title=f"正在修改 {len(records):,} 条{entity.label}…",
        is_saving=True,
    )


class BatchEdit(ModalWindow):
    """``ask`` returns (field, value), None when cancelled; an empty value empties the field."""

    def __init__(self, parent: Misc, desk: Desk, entity: Entity, count: int, tried: Tried = None) -> None:
        super().__init__(parent, f"批量修改{entity.label}")
        self._desk, self._entity, self._count = desk, entity, count
        self._near = Surroundings(desk, open_form)
        gap = pixels(self, 8)
        note = f"将修改 {count:,} 条{entity.label}，每条的修改前后都记入系统日志。"
        ttk.Label(self.body, text=note, style="Muted.TLabel", name="note").pack(anchor="w", pady=(0, gap))
        self.form = ttk.Frame(self.body)
        self.form.pack(fill="both", expand=True)
        self.form.columnconfigure(1, weight=1, minsize=pixels(self, 280))
        fields = [PickItem(field.name, field.label) for field in batch.fields(entity)]
        self.field = LabeledField(self.form, "栏目", lambda body: ChoiceInput(body, fields)).grid(0)
        self.field.set(tried[0] if tried else fields[0].key)
        self.value = self._make_value()
        self.field.input.bind(INPUT_CHANGED, lambda event: self._field_chosen(), add="+")
        self.button = self.add_saving_row("修改", self.submit)
        enter_moves_focus(self.form, self.button)
        if tried:
            self.value.set(tried[1])
            self.value.set_error(tried[2])

    def ask(self) -> Any:
        """Show it."""
        return self.show(self.field.input.control)

    @property
    def _chosen(self) -> Field | None:
        chosen = getattr(self.field.input, "chosen", None)
        return self._entity[chosen.key] if chosen else None

    def _make_value(self) -> LabeledField:
        field = self._chosen
        assert field is not None
        return labeled_field(self.form, field, self._near).grid(1)

    def _field_chosen(self) -> None:
        if self._chosen is None:
            return
        self.value.label.destroy()
        self.value.body.destroy()
        self.value = self._make_value()
        enter_moves_focus(self.form, self.button)

    def submit(self) -> None:
        """Check the value by itself and ask once more, because many records change."""
        field = self._chosen
        if field is None or self.value.input.error:
            return
        value = self.value.get()
        try:
            field.accept(value, self._desk.office.clock.today())
        except CrmError as error:
            self.value.set_error(str(error))
            return
        question = f"要把 {self._count:,} 条{self._entity.label}的{field.label}都改掉吗？"
        if self._desk.dialogs.ask_yes_no(question, yes="修改", no="不修改", parent=self):
            self.result = (field.name, value)
            self.close()
