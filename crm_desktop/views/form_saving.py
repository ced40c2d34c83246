"""Saving a form: in the background, with every answer the office may give."""

from collections.abc import Callable
from typing import Any

from crm_desktop.errors import Conflict, CrmError, ValidationError
from crm_desktop.views.background import Job
from crm_desktop.views.form_body import RecordForm

SAVING = "正在保存…"
UNSAVED = "内容已经修改，还没有保存。"
RELOAD, OVERWRITE, BACK = "reload", "overwrite", "back"
SAVE, DISCARD, STAY = "save", "discard", "stay"


class Saver:
    """Saves one form; ``on_busy(True)`` while it does, so that its buttons can rest."""

    def __init__(self, form: RecordForm, on_busy: Callable[[bool], Any]) -> None:
        self._form = form
        self._desk = form.desk
        self._on_busy = on_busy
        self.is_saving = False

    def save(self, on_saved: Callable[[int], Any]) -> None:
        """Save what was changed, then ``on_saved(id)``; otherwise the form says what is wrong."""
        form = self._form
        if self.is_saving or not form.may_write:
            return
        form.settle()
        if form.record is not None and not form.is_changed:
            on_saved(form.record)
            return
        if not form.companion.confirms():
            return
        self._run(form.version, on_saved)

    def leave(self, go_on: Callable[[], Any]) -> None:
        """Go on at once when nothing was changed; otherwise the operator decides."""
        if self.is_saving:
            return
        if not self._form.is_changed or not self._form.may_write:
            go_on()
            return
        choices = ((SAVE, "保存"), (DISCARD, "不保存"), (STAY, "返回"))
        answer = self._desk.dialogs.ask_choice(
            UNSAVED, choices, default=STAY, title="还没有保存", parent=self._form
        )
        if answer == SAVE:
            self.save(lambda record: go_on())
        elif answer == DISCARD:
            go_on()

    def _run(self, version: int, on_saved: Callable[[int], Any]) -> None:
        self._set_busy(True)
        form = self._form
        self._desk.run(
            self._work(version),
            lambda record: self._done(record, on_saved),
            on_error=lambda error: self._refused(error, on_saved),
            owner=form,
            title=SAVING,
            is_saving=True,
            on_cancelled=lambda: self._set_busy(False),
        )

    def _work(self, version: int) -> Callable[[Job], int]:
        """What the worker does, with everything read from the form before."""
        form = self._form
        record, values, companion = form.record, form.changes(), form.companion
        lines = companion.lines()
        create = companion.creator(lines) if record is None else None

        def work(job: Job) -> int:
            if job.is_cancelled():
                raise CrmError("没有保存。")
            if create is None:
                assert record is not None
                form.controller.update(record, values, version)
                return record
            try:
                created = create(values)
            except ValidationError as error:
                raise ValidationError({**companion.line_errors(lines), **error.fields}) from None
            form.remember(values)
            return created

        return work

    def _done(self, record: int, on_saved: Callable[[int], Any]) -> None:
        self._set_busy(False)
        entity = self._form.entity
        title = self._form.values().get(entity.title, "")
        if not title:  # the office has made it meanwhile
            rows = self._form.controller.rows([record], [entity.title])
            title = rows[0][entity.title] if rows else ""
        self._desk.say(f"已保存{entity.label}“{title}”。")
        on_saved(record)

    def _refused(self, error: BaseException, on_saved: Callable[[int], Any]) -> None:
        self._set_busy(False)
        if isinstance(error, ValidationError):
            self._form.show_errors(error.fields)
        elif isinstance(error, Conflict):
            self._settle_conflict(error, on_saved)
        else:
            self._desk.dialogs.show_error(error, parent=self._form)

    def _settle_conflict(self, conflict: Conflict, on_saved: Callable[[int], Any]) -> None:
        form = self._form
        record = form.record
        assert record is not None
        try:
            theirs = form.controller.get(record)
        except CrmError as error:
            self._desk.dialogs.show_error(error, parent=form)
            return
        choices = ((RELOAD, "重新载入"), (OVERWRITE, "覆盖"), (BACK, "返回"))
        answer = self._desk.dialogs.ask_choice(
            str(conflict), choices, default=BACK, detail=self._told(conflict), title="别人已经修改", parent=form
        )
        if answer == RELOAD:
            form.fill(record)
        elif answer == OVERWRITE:
            self._run(theirs["version"], on_saved)

    def _told(self, conflict: Conflict) -> str:
        """One line for each field the other one changed."""
        lines = []
        for name, (theirs, ours) in conflict.changes.items():
            mine = "" if ours is None else f"，您填的是“{ours}”"
            lines.append(f"{self._form.entity[name].label}：对方改为“{theirs}”{mine}")
        return "\n".join(lines)

    def _set_busy(self, is_busy: bool) -> None:
        self.is_saving = is_busy
        self._on_busy(is_busy)
