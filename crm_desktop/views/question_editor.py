"""The question of 综合查询 as rows: parts of conditions, how they are joined, and its sentence."""

from collections.abc import Callable
from tkinter import Event, Misc

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError
from crm_desktop.models import Entity
from crm_desktop.models.question import JOINS, Part, Question, Row
from crm_desktop.models.verbs import verbs_of
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.form_fields import Surroundings
from crm_desktop.views.keys import descendants, enter_moves_focus
from crm_desktop.views.listening import free_tag
from crm_desktop.views.pause import Pause
from crm_desktop.views.question_part import QuestionPart
from crm_desktop.views.question_row import askable
from crm_desktop.views.theme import pixels

MOST_OF_WINDOW = 0.33
"""Of the height of the window, before the conditions scroll."""
LEAST_HEIGHT = 90
PAUSE_MILLISECONDS = 200
"""After a change, before the sentence is made anew."""


class QuestionEditor(ttk.Frame):
    """``text()`` is what stands in the quick search; ``field`` is what a new condition begins with."""

    def __init__(self, parent: Misc, desk: Desk, entity: Entity, text: Callable[[], str], field: str = "") -> None:
        super().__init__(parent)
        self.desk, self.entity = desk, entity
        self._text, self._field = text, field
        self._pause = Pause(self, PAUSE_MILLISECONDS, self.say)
        self._near = Surroundings(desk, open_form)
        self.parts: list[QuestionPart] = []
        self.is_folded = False
        self._build()
        self.set(Question(entity.key))

    def _build(self) -> None:
        gap = pixels(self, 4)
        self.joining = ttk.Frame(self)
        ttk.Label(self.joining, text="各组之间：").pack(side="left")
        self.joined_by = ttk.StringVar(self, "all")
        for key, word in JOINS.items():
            ttk.Radiobutton(
                self.joining, text=word, value=key, variable=self.joined_by, command=self._changed, name=key,
                bootstyle="primary-outline-toolbutton",
            ).pack(side="left", padx=(0, gap))  # fmt: skip
        self.scrolled = ttk.ScrolledFrame(self, auto_hide=True, height=1, padding=0)
        free_tag(self.scrolled, self.scrolled._wheel_tag)
        self.scrolled.pack(fill="x")
        self.scrolled.container.grid_propagate(False)  # the height is ours to say
        self.scrolled.bind("<Configure>", lambda event: self._fit(), add="+")
        self.said = ttk.Label(self, style="Muted.TLabel", width=1, name="sentence")
        self.said.pack(fill="x", pady=(gap, 0))
        self.said.bind("<Configure>", lambda event: self.said.configure(wraplength=max(1, event.width - 4)), add="+")

    # -- the question ----------------------------------------------------------------------------------------------

    def get(self) -> Question:
        """The question as it stands; values may still be missing, and one empty row asks for everything."""
        parts = tuple(part.get() for part in self.parts)
        if len(parts) == 1 and parts[0].is_blank:
            parts = ()
        return Question(self.entity.key, self._text(), parts, self.joined_by.get())

    def set(self, question: Question) -> None:
        """Show a question; one without conditions begins with an empty row."""
        for part in list(self.parts):
            self._drop(part)
        self.joined_by.set(question.joined_by)
        for each in question.parts or (Part((self._first_row(),)),):
            self._append(each)
        self._changed()

    def add_part(self) -> None:
        """One more group of conditions; the cursor goes to what it speaks of."""
        self._append(Part((self._first_row(),))).about.focus_set()
        self._changed()

    def problems(self) -> bool:
        """Say at each row what is missing, wrong or gone; the cursor goes to the first. True when something is."""
        found = self.desk.office.queries.problems(self.get())
        rows = [((number, place), row) for number, part in enumerate(self.parts) for place, row in enumerate(part.rows)]
        for key, row in rows:
            row.set_error(found.get(key, ""))
        first = next((row for key, row in rows if key in found), None)
        if first is not None:
            first.focus_value()
        return bool(found)

    def fold(self, is_folded: bool) -> None:
        """Show nothing but the sentence, or the conditions again."""
        self.is_folded = is_folded
        self._arrange()

    def focus_set(self) -> None:
        self.fold(False)
        (self.parts[0].rows[0] if self.parts and self.parts[0].rows else self.parts[0].about).focus_set()

    def _first_row(self) -> Row:
        field = self.entity[self._field] if self._field else askable(self.entity)[0]
        return Row(field.name, next(iter(verbs_of(field))))

    def _append(self, part: Part) -> QuestionPart:
        made = QuestionPart(self.scrolled, self._near, self.entity, self._changed, self._remove)
        made.set(part)
        made.pack(fill="x", pady=(0, pixels(self, 4)))
        self.parts.append(made)
        return made

    def _remove(self, part: QuestionPart) -> None:
        self._drop(part)
        if not self.parts:
            self._append(Part((self._first_row(),)))
        self.parts[-1].about.focus_set()
        self._changed()

    def _drop(self, part: QuestionPart) -> None:
        self.parts.remove(part)
        part.destroy()

    # -- showing ---------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._arrange()
        enter_moves_focus(self)
        for widget in descendants(self.scrolled):
            if not widget.bind("<FocusIn>"):
                widget.bind("<FocusIn>", self._see)
        self._pause.begin()

    def _arrange(self) -> None:
        """What is shown stays where it is: packing it anew would take the cursor away."""
        is_mapped = bool(self.scrolled.container.winfo_manager())
        if self.is_folded:
            self.scrolled.pack_forget()
        elif not is_mapped:
            self.scrolled.pack(fill="x", before=self.said)
        if self.is_folded or len(self.parts) == 1:
            self.joining.pack_forget()
        else:
            self.joining.pack(fill="x", pady=(0, pixels(self, 4)), before=self.scrolled.container)

    def _see(self, event: Event) -> None:
        """What has the cursor is in sight."""
        top = event.widget.winfo_rooty() - self.scrolled.winfo_rooty()
        whole = max(1, self.scrolled.winfo_reqheight())
        first, last = (place * whole for place in self.scrolled.yview())  # type: ignore[union-attr]
        if top < first or top + event.widget.winfo_height() > last:
            self.scrolled.yview_moveto(max(0.0, (top - pixels(self, 40)) / whole))

    def _fit(self) -> None:
        """As high as the conditions are, up to a part of the window; beyond that they scroll."""
        most = max(int(self.winfo_toplevel().winfo_height() * MOST_OF_WINDOW), pixels(self, LEAST_HEIGHT))
        self.scrolled.container.configure(height=min(self.scrolled.winfo_reqheight(), most))

    def say(self) -> None:
        """The question in words; rows that are not filled in yet are passed over."""
        self._pause.stop()
        try:
            self.said.configure(text=f"查询：{self.desk.office.queries.sentence(self.get())}")
        except CrmError as error:
            self.said.configure(text=str(error))
