"""What stands unsaved in a form is written down in the background, so that it outlives the program.

The one place for every kind of form: it says where it belongs, what is unsaved in it, and when something was typed.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from tkinter import Misc
from typing import Any

from crm_desktop.controllers.drafts import Draft
from crm_desktop.errors import CrmError
from crm_desktop.views.desk import Desk
from crm_desktop.views.pause import Pause
from crm_desktop.views.widgets.input import Input
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.picker import Picker
from crm_desktop.views.widgets.text_inputs import PasswordInput

PAUSE_MILLISECONDS = 3000
"""After the last key."""
PATIENCE = 4
"""Who types without a pause is written down after as many of those."""
LOCKED = "您上次填的是“{}”，现在不能修改。"
Noted = tuple[Any, str | None]
"""An input's value, and how it reads when that is not the value itself."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Origin:
    """Where a form belongs: with what it can be opened again."""

    screen: str
    entity: str
    title: str
    """What the operator is told it was."""
    record: int | None = None
    version: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


class DraftKeeper:
    """Call ``typed`` after each change, ``saved`` in the worker that has saved, ``drop`` when nothing is unsaved.

    ``unsaved()`` gives what to keep, nothing when there is nothing. A window that goes away by itself, with the
    session or the program, leaves its draft.
    """

    def __init__(
        self, owner: Misc, desk: Desk, origin: Callable[[], Origin], unsaved: Callable[[], Mapping[str, Noted]]
    ) -> None:
        self._desk = desk
        self._origin, self._unsaved = origin, unsaved
        self._id: int | None = None
        """Of the draft in the database; read and written by the worker that saves, which takes one thing at a time."""
        self._written: Mapping[str, Noted] = {}
        self._may_be_kept = False
        self._pause = Pause(owner, PAUSE_MILLISECONDS, self._write)
        self._delays = 0

    def typed(self) -> None:
        """Something was changed: it is written down at the next pause."""
        if self._pause.is_waiting and self._delays >= PATIENCE:
            return
        self._delays = self._delays + 1 if self._pause.is_waiting else 0
        self._pause.begin()

    def take_over(self, draft: Draft) -> None:
        """The form shows this draft: go on in the same one."""
        self._id, self._written, self._may_be_kept = draft.id, draft.content["fields"], True

    def saved(self) -> None:
        """The content has been saved; called in the worker, so that no crash can come between much later."""
        id, self._id = self._id, None
        if id is not None:
            self._quietly(lambda: self._desk.office.drafts.discard(id))

    def drop(self) -> None:
        """Nothing is unsaved any more, or the operator has given it up."""
        self._pause.stop()
        self._written = {}
        if self._may_be_kept:
            self._may_be_kept = False
            self._desk.run(lambda job: self.saved(), is_saving=True)

    def _write(self) -> None:
        """While something else is being saved, which may take long, the draft waits."""
        self._delays = 0
        if self._desk.background.is_saving:
            self._pause.begin()
            return
        fields = dict(self._unsaved())
        if not fields:
            self.drop()
        elif fields != self._written:
            self._written, self._may_be_kept = fields, True
            origin = self._origin()
            self._desk.run(lambda job: self._keep(origin, fields), is_saving=True)

    def _keep(self, origin: Origin, fields: Mapping[str, Noted]) -> None:
        content = {"title": origin.title, "details": dict(origin.details), "fields": fields}

        def keep() -> None:
            drafts = self._desk.office.drafts
            self._id = drafts.save(origin.screen, origin.entity, origin.record, origin.version, content, self._id)

        self._quietly(keep)

    def _quietly(self, work: Callable[[], Any]) -> None:
        """A draft that cannot be kept must not disturb whoever is typing."""
        try:
            work()
        except CrmError as error:
            self._written = {}
            logger.warning("a draft was not kept", exc_info=error)


def note(fields: Mapping[str, LabeledField]) -> dict[str, Noted]:
    """What stands in the fields; never a password."""
    return {name: _noted(each.input) for name, each in fields.items() if not isinstance(each.input, PasswordInput)}


def _noted(shown: Input) -> Noted:
    if isinstance(shown, Picker):
        chosen = shown.chosen
        return (chosen.key if chosen else None, str(shown.text.get()))
    return (shown.get(), None)


def put_back(fields: Mapping[str, LabeledField], noted: Mapping[str, Noted]) -> None:
    """Show again what was noted; where that may not be changed any more, it is at least said."""
    for name, (value, text) in noted.items():
        labeled = fields.get(name)
        if labeled is None:
            continue
        if labeled.input.is_readonly:
            labeled.set_hint(LOCKED.format(text or value) if text or value else None)
        else:
            labeled.set(value, text)
