"""The form of any entity as a window, made from its declaration; kept and filled again for the next record."""

from collections.abc import Callable
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError
from crm_desktop.models import Entity
from crm_desktop.models.query import Values
from crm_desktop.views.actions import Action, Toolbar, bind_actions
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_body import RecordForm
from crm_desktop.views.form_saving import Saver
from crm_desktop.views.history import Named, history_actions
from crm_desktop.views.keys import bind_key, enter_moves_focus
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.virtual_table import VirtualTable

AROUND = 50
"""Room beside the two toolbars, at 100 %."""
SavedHandler = Callable[[int], Any]


def open_form(
    desk: Desk,
    entity: Entity,
    record: int | None,
    *,
    values: Values | None = None,
    neighbours: VirtualTable | None = None,
    on_saved: SavedHandler | None = None,
    parent: Misc | None = None,
) -> "FormWindow | None":
    """Show a record, or a new one that begins with ``values``; None when it cannot be shown, which is then said.

    ``neighbours`` is the list that 上一条 and 下一条 go through; ``on_saved(id)`` hears of every record saved.
    """
    kept = desk.forms.setdefault(entity.key, [])
    window = next((form for form in kept if not form.is_shown), None)
    if window is None:
        window = FormWindow(desk, entity)
        kept.append(window)
    try:
        window.show_record(record, values, neighbours, on_saved, parent or desk.root)
    except CrmError as error:
        desk.dialogs.show_error(error, parent=parent)
        return None
    return window


class FormWindow(ModalWindow):
    """``form`` has the fields; the buttons and keys below it act on them."""

    def __init__(self, desk: Desk, entity: Entity) -> None:
        super().__init__(desk.root, entity.label, padding=8)
        self.desk = desk
        self.entity = entity
        self.is_shown = False
        self._neighbours: VirtualTable | None = None
        self._on_saved: SavedHandler = lambda record: None
        self.form = RecordForm(self.body, desk, entity, open_form)
        self.form.pack(fill="both", expand=True)
        self.saver = Saver(self.form, lambda is_busy: self._refresh())
        bar = ttk.Frame(self.body)
        bar.pack(side="bottom", fill="x", pady=(pixels(self, 6), 0))
        apart = (0, pixels(self, 12))
        self.moving = self._toolbar(bar, self._moving_actions(), side="left", fill="x", expand=True, padx=apart)
        self.toolbar = self._toolbar(bar, self._saving_actions(), side="right")
        if self.moving.full_width + self.toolbar.full_width + pixels(self, AROUND) > self.winfo_screenwidth():
            self.moving.configure(width=self.moving.least_width)
        bind_key(self, "next_tab", lambda: self.form.pages.step(1))
        bind_key(self, "previous_tab", lambda: self.form.pages.step(-1))
        enter_moves_focus(self.form, self.toolbar.button("save"))
        self.bind("<Configure>", self._stay_on_screen, add="+")

    def show_record(
        self,
        record: int | None,
        values: Values | None,
        neighbours: VirtualTable | None,
        on_saved: SavedHandler | None,
        parent: Misc,
    ) -> None:
        """Fill the form and come to the front, over ``parent``."""
        self._neighbours = neighbours
        self._on_saved = on_saved or (lambda saved: None)
        self._parent = parent.winfo_toplevel()
        self._fill(record, values)
        self.form.pages.fit()
        self.is_shown = True
        self.show(self._first_control(), wait=False)
        self._first_control().icursor("end")

    def cancel(self) -> None:
        """Close, after asking when something was changed."""
        self.saver.leave(self.hide)

    def hide(self) -> None:
        self.is_shown = False
        self.form.later.drop_all()
        self.form.drafts.drop()
        super().hide()

    # -- actions ---------------------------------------------------------------------------------------------------

    def _toolbar(self, bar: Misc, actions: list[Action], **place: Any) -> Toolbar:
        toolbar = Toolbar(bar, actions)
        toolbar.pack(**place)
        bind_actions(self, actions)
        for action in actions:
            bind_key(toolbar.button(action.id), "enter", action.run)
        return toolbar

    def _moving_actions(self) -> list[Action]:
        return [
            Action("previous", "上一条", lambda: self._move(-1), "previous_record", "chevron-left",
                   lambda: self._neighbour(-1) is not None),
            Action("next", "下一条", lambda: self._move(1), "next_record", "chevron-right",
                   lambda: self._neighbour(1) is not None),
            *self.form.companion.actions(self),
            *history_actions(self.desk, self, self._named, is_button=True),
        ]  # fmt: skip

    def _saving_actions(self) -> list[Action]:
        return [
            Action("save", "保存", self.save, "save", "check-lg", self._may_save, style="primary"),
            Action("save_and_new", "保存并新增", self.save_and_new, "new", "plus-lg", self._may_save_and_create),
            Action("copy", "复制新增", self.copy, "copy_record", "copy", self._may_create),
            Action("cancel", "关闭", self.cancel, None, None, lambda: not self.saver.is_saving),
        ]

    def _named(self) -> Named | None:
        """What 修改记录 is shown of; a new record has none."""
        record = self.form.record
        return None if record is None else (self.entity.key, record, self.entity.label, self.form.name_of_record)

    def save(self) -> None:
        """Save and close."""
        self.saver.save(self._saved_and_close)

    def save_and_new(self) -> None:
        """Save and begin the next record."""
        self.saver.save(lambda record: self._go_on(record, None, None))

    def copy(self) -> None:
        """Begin a new record like this one; a new one is saved first."""
        if self.form.is_new:
            self.saver.save(lambda record: self._go_on(record, None, self.form.copied()))
        else:
            self.saver.leave(lambda: self._refill(None, self.form.copied()))

    def _saved_and_close(self, record: int) -> None:
        self.hide()
        self._on_saved(record)

    def _go_on(self, record: int, next_record: int | None, values: Values | None) -> None:
        self._on_saved(record)
        self._refill(next_record, values)

    def reload(self) -> None:
        """Show the record again as it is stored now."""
        self._refill(self.form.record, None)

    def _move(self, step: int) -> None:
        target = self._neighbour(step)
        if target is not None:
            self.saver.leave(lambda: self._move_to(target))

    def _move_to(self, record: int) -> None:
        assert self._neighbours is not None
        self._neighbours.go_to(record)
        self._refill(record, None)

    def _neighbour(self, step: int) -> Any:
        if self._neighbours is None or self.form.record is None or self.saver.is_saving:
            return None
        return self._neighbours.neighbour(self.form.record, step)

    def _may_save(self) -> bool:
        return self.form.may_write and not self.saver.is_saving

    def _may_create(self) -> bool:
        return self.desk.office.may(self.entity.key, "create") and not self.saver.is_saving

    def _may_save_and_create(self) -> bool:
        return self._may_save() and self._may_create()

    # -- showing ---------------------------------------------------------------------------------------------------

    def _fill(self, record: int | None, values: Values | None) -> None:
        self.form.fill(record, values)
        self.form.pages.show(self.form.first_group)
        verb = "新增" if record is None else "修改" if self.form.may_write else "查看"
        name = "" if record is None else f"：{self.form.name_of_record}"
        self.title(f"{verb}{self.entity.label}{name}")
        self._refresh()

    def _refill(self, record: int | None, values: Values | None) -> None:
        try:
            self._fill(record, values)
        except CrmError as error:
            self.desk.dialogs.show_error(error, parent=self)
            return
        self._first_control().focus_set()

    def _first_control(self) -> Any:
        return self.form[self.form.first_name].input.control

    def _refresh(self) -> None:
        self.moving.refresh()
        self.toolbar.refresh()

    def _stay_on_screen(self, event: Event) -> None:
        """A form that grows by a line of error moves up rather than out of the screen."""
        if event.widget is not self or not self.is_shown:
            return
        x = max(0, min(event.x, self.winfo_screenwidth() - event.width))
        y = max(0, min(event.y, self.winfo_screenheight() - event.height))
        if (x, y) != (event.x, event.y):
            self.after_idle(self.geometry, f"+{x}+{y}")  # asked for while it grows, it would be lost
