"""综合查询: conditions over a list, their sentence always shown; what is found is worked with as in any list."""

from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.controllers.reports import LETTERS_GO_TO
from crm_desktop.errors import CrmError
from crm_desktop.models.question import Question
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.batch_edit import edit_many
from crm_desktop.views.desk import Desk
from crm_desktop.views.list_filter import Conditions
from crm_desktop.views.list_screen import ListScreen
from crm_desktop.views.question_editor import QuestionEditor
from crm_desktop.views.saved_questions import SavedQuestions, save_question
from crm_desktop.views.theme import pixels

LEAST_LIST = 200
"""Pixels at 100 % without which a list shows too little beside its conditions."""


class QueryScreen(ListScreen):
    """Nothing here knows a particular entity; ``asked`` is the question the list answers now.

    ``field`` is what the first condition begins with: the grade, for 满意程度.
    """

    def __init__(self, parent: Misc, desk: Desk, key: str, field: str = "") -> None:
        self.asked = Question(key)
        self.prefix = f"query_{field}_"
        self._first_field = field
        self.questions = self._make_question_actions()
        super().__init__(parent, desk, key)
        self.actions = [*self.questions, *self.actions]

    def make_actions(self) -> list[Action]:
        """What changes one record is the list's own business; here many are worked with at once."""
        kept = ("edit", "delete", "export", "print")
        actions = {action.id: action for action in super().make_actions()}
        many = Action("batch", "批量修改…", self.edit_many, None, "pencil-square", self._may_edit_many)
        written = (
            Action("envelopes", "信封", lambda: self.send("envelopes"), None, "envelope", self._may_print, group="out"),
            Action("labels", "标签", lambda: self.send("labels"), None, "grid-3x3", self._may_print, group="out"),
            Action("mail", "邮件", lambda: self.send("compose"), "mail", "send", self._may_mail, group="out"),
        )
        letters = written if self.entity.key in LETTERS_GO_TO else ()
        return [*(actions[id] for id in kept[:2]), many, *(actions[id] for id in kept[2:]), *letters]

    def _make_question_actions(self) -> list[Action]:
        return [
            Action("find", "查询", self.ask, "find", "search", style="primary"),
            Action("part", "加一组条件", lambda: self.editor.add_part(), "item_1", "plus-lg"),
            Action("clear", "清空", self.clear, "item_2", "x-lg"),
            Action("open", "打开查询…", self.open_saved, "item_3", "folder2-open", group="keep"),
            Action("keep", "保存查询…", self.save, "save", "save", group="keep"),
        ]

    def _build(self) -> None:
        super()._build()
        self.question = ttk.Frame(self, name="question")
        self.question.pack(fill="x", pady=(0, pixels(self, 6)), before=self.table.master)
        buttons = Toolbar(self.question, self.questions)
        self.editor = QuestionEditor(self.question, self.desk, self.entity, lambda: self._text, self._first_field)
        self.editor.pack(fill="x")
        buttons.pack(fill="x", pady=(pixels(self, 4), 0))

    @property
    def conditions(self) -> Conditions:
        return tuple(self.asked.query().conditions)

    # -- asking ----------------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Answer the question as it stands; what is missing is said at its row and the list stays.

        On a low screen the conditions then make room for the list; the same key brings them back.
        """
        if self.editor.is_folded:
            self.editor.focus_set()
            return
        if self.editor.problems():
            return
        self.asked = self.editor.get()
        self.editor.say()
        self.reload()
        self.desk.run(lambda job: self.desk.office.queries.remember(self.asked), owner=self)
        self.editor.fold(self.table.winfo_height() < pixels(self, LEAST_LIST))
        self.focus_table()

    def clear(self) -> None:
        """Back to everything."""
        self.search.text.set("")
        self._text = ""
        self.take(Question(self.entity.key))

    def take(self, question: Question) -> None:
        """Show a question and its answer; one that cannot be asked is mended first, and the list stays."""
        self._text = question.text
        self.search.text.set(question.text)
        self.editor.set(question)
        self.editor.fold(False)
        if self.editor.problems():
            self.editor.say()
            return
        self.asked = question
        self.reload()
        self.editor.focus_set()

    def find(self, text: str) -> None:
        super().find(text)
        self.editor.say()

    def focus_set(self) -> None:
        self.editor.focus_set()

    # -- keeping ---------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the question under a name, for oneself or for all."""
        if not self.editor.problems():
            save_question(self.desk, self, self.editor.get())

    def open_saved(self) -> None:
        """Choose among the kept and the recent ones."""
        SavedQuestions(self, self.desk, self.entity, self.take).ask()

    # -- working with what was found -------------------------------------------------------------------------------

    def _may_edit_many(self) -> bool:
        return bool(self.table.total) and self.desk.office.may(self.entity.key, "update")

    def edit_many(self) -> None:
        """One field of the selected rows, or of all that were found."""
        query, chosen = self._query_or_selection()
        try:
            records = list(chosen if chosen is not None else self.controller.ids(query))
        except CrmError as error:
            self.desk.dialogs.show_error(error, parent=self)
            return
        edit_many(self.desk, self, self.entity, records)

    def _may_print(self) -> bool:
        return bool(self.table.total) and self.desk.office.may(self.entity.key, "print")

    def _may_mail(self) -> bool:
        return bool(self.table.total) and self.desk.office.may("mail", "create")

    def send(self, screen: str) -> None:
        """Envelopes, labels or mail for the selected rows, or for all that were found."""
        query, chosen = self._query_or_selection()
        records = list(chosen if chosen is not None else self.controller.ids(query))
        self.desk.open(screen, entity=self.entity.key, ids=records)

    def _empty_text(self) -> str:
        return f"没有符合条件的{self.entity.label}。"

    def _loaded(self) -> None:
        super()._loaded()
        self.toolbar.refresh()
