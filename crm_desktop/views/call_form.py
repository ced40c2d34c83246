"""The small form that keeps a telephone call: a running clock, the result, what was said, when to call again."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.drafts import Draft
from crm_desktop.errors import CrmError, ValidationError
from crm_desktop.models import INTERACTIONS
from crm_desktop.models.interaction import MISSED
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.form_drafts import DraftKeeper, Noted, Origin, note, put_back
from crm_desktop.views.form_fields import Surroundings, labeled_field
from crm_desktop.views.keys import bind_key, enter_moves_focus
from crm_desktop.views.theme import BOLD_FONT, pixels

PLACES = {
    "call_result": (0, 0, 1), "duration": (0, 1, 1), "follow_up": (0, 2, 1), "subject": (1, 0, 1), "content": (1, 1, 2),
}  # fmt: skip
"""Field → row, pair of columns, how many pairs: low, because what is known of the caller stays in view above."""
WIDTHS = {"call_result": 14, "duration": 8, "follow_up": 12, "subject": 14}
SCREEN = "call"
SECOND = 1000
READY = "选定来电人后，按 Alt+1 来电、Alt+2 去电、Alt+3 未接，记录这次通话。"
Match = dict[str, Any]


class CallForm(ttk.Frame):
    """``begin`` opens it for one call, ``save`` keeps the call, ``clear`` forgets it.

    ``on_saved(id)`` hears of a call kept, ``on_change()`` of one that began or ended. ``actions`` are its buttons,
    the first of which Enter in the last field goes to.
    """

    def __init__(
        self,
        parent: Misc,
        desk: Desk,
        actions: Sequence[Action],
        on_saved: Callable[[int], Any],
        on_change: Callable[[], Any],
    ) -> None:
        super().__init__(parent, name="call")
        self.desk = desk
        self._on_saved, self._on_change = on_saved, on_change
        self.direction = ""
        self.match: Match | None = None
        self.number = ""
        self.is_saving = False
        self._began: datetime | None = None
        self._timer: str | None = None
        self._own: dict[str, Any] = {}
        head = ttk.Frame(self)
        head.pack(fill="x")
        self.title = ttk.Label(head, text=READY, style="Muted.TLabel", name="title")
        self.title.pack(side="left")
        self.toolbar = Toolbar(head, actions)
        self.body = ttk.Frame(self)
        self._build(actions)

    def _build(self, actions: Sequence[Action]) -> None:
        near = Surroundings(self.desk, open_form)
        self.drafts = DraftKeeper(self, self.desk, self._origin, self._unsaved)
        self.fields = {}
        for name, (row, column, span) in PLACES.items():
            declared = replace(INTERACTIONS[name], required=False)  # a call without a subject is called what it is
            field = labeled_field(self.body, declared, near, width=WIDTHS.get(name, 20))
            self.fields[name] = field.grid(row, column, columnspan=span)
            field.input.bind(INPUT_CHANGED, lambda event: self.drafts.typed(), add="+")
        for column in (1, 3, 5):
            self.body.columnconfigure(column, weight=1)
        self.fields["content"].input.control.configure(height=2)
        self.fields["duration"].input.bind(INPUT_CHANGED, lambda event: self._stop_clock(), add="+")
        for action in actions:
            bind_key(self.toolbar.button(action.id), "enter", action.run)
        enter_moves_focus(self.body, self.toolbar.button(actions[0].id))
        self.bind("<Destroy>", lambda event: self._stop_clock() if event.widget is self else None, add="+")

    # -- one call --------------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self.match is not None

    @property
    def is_touched(self) -> bool:
        """Whether something was typed that closing would lose."""
        return self.is_open and any(self._typed(name) != (self._own.get(name) or "") for name in self.fields)

    def begin(self, direction: str, match: Match, number: str) -> None:
        """Open for a call with the match; the clock runs, except for a call that was missed."""
        is_same = self.is_open and match["id"] == (self.match or {})["id"]
        if not is_same:
            self._empty()
            self._began = self.desk.office.clock.now()
        self.direction, self.match, self.number = direction, match, number
        if direction == MISSED:
            self._stop_clock()
        elif self._timer is None and not self._typed("duration"):
            self._tick()
        who = "　".join(filter(None, (direction, match["name"], match["contact_name"], number)))
        self.title.configure(text=who, style="TLabel", font=BOLD_FONT)
        self.toolbar.pack(side="right")
        self.body.pack(fill="x", pady=(pixels(self, 4), 0))
        self.update_idletasks()
        self.fields["call_result"].focus()
        self._on_change()

    def resume(self, draft: Draft) -> None:
        """The call as it was when the program ended; the clock does not run on."""
        details = draft.content["details"]
        match = {**details["match"], "id": tuple(details["match"]["id"])}
        self.begin(details["direction"], match, details["number"])
        self._stop_clock()
        put_back(self.fields, draft.content["fields"])
        self.drafts.take_over(draft)

    def _origin(self) -> Origin:
        match = self.match or {}
        details = {"direction": self.direction, "match": match, "number": self.number}
        title = f"{self.direction} {match.get('name', '')}"
        return Origin(SCREEN, INTERACTIONS.key, title, details=details)

    def _unsaved(self) -> dict[str, Noted]:
        return note(self.fields) if self.is_touched else {}

    def clear(self) -> None:
        """Close; what was typed is gone."""
        self.drafts.drop()
        self._stop_clock()
        self._empty()
        self.match = None
        self.body.pack_forget()
        self.toolbar.pack_forget()
        self.title.configure(text=READY, style="Muted.TLabel", font="TkDefaultFont")
        self._on_change()

    def _empty(self) -> None:
        self._own = {}
        for field in self.fields.values():
            field.set(None)

    def _typed(self, name: str) -> Any:
        return self.fields[name].get() or ""

    # -- the clock -------------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        """Show how long it has lasted until the field is typed over."""
        assert self._began is not None
        passed = int((self.desk.office.clock.now() - self._began).total_seconds())
        self._own["duration"] = INTERACTIONS["duration"].format(max(passed, 0))
        self.fields["duration"].set(self._own["duration"])
        self._timer = self.after(SECOND, self._tick)

    def _stop_clock(self) -> None:
        if self._timer is not None:
            self.after_cancel(self._timer)
            self._timer = None

    # -- saving ----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the call; a refusal is shown at its field, and what was typed stays."""
        match = self.match
        if match is None or self.is_saving:
            return
        was_running = self._timer is not None
        self._stop_clock()
        values = {name: self.fields[name].get() for name in self.fields}
        values["result"] = values.pop("call_result")
        for field in self.fields.values():
            field.set_error(None)
        direction, number, calls = self.direction, self.number, self.desk.office.calls
        self.is_saving = True
        self._on_change()
        self.desk.run(
            lambda job: self._log(calls.log, direction, match, number, values),
            self._saved,
            on_error=lambda error: self._refused(error, was_running),
            owner=self,
            title="正在保存…",
            is_saving=True,
        )

    def _log(self, log: Callable[..., int], direction: str, match: Match, number: str, values: dict[str, Any]) -> int:
        record = log(direction, match["customer"], match["contact"], number, **values)
        self.drafts.saved()
        return record

    def _saved(self, record: int) -> None:
        self.is_saving = False
        assert self.match is not None
        self.desk.say(f"已记录{self.direction}：{self.match['name']}。")
        self.clear()
        self._on_saved(record)

    def _refused(self, error: BaseException, was_running: bool) -> None:
        self.is_saving = False
        if was_running:
            self._tick()
        self._on_change()
        if not isinstance(error, CrmError):
            raise error
        errors = error.fields if isinstance(error, ValidationError) else {}
        for name, sentence in errors.items():
            if name in self.fields:
                self.fields[name].set_error(sentence)
        wrong = [name for name in self.fields if name in errors]
        if wrong:
            self.fields[wrong[0]].focus()
        if len(wrong) < max(len(errors), 1):
            self.desk.dialogs.show_error(error, parent=self)
