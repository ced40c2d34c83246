"""写邮件: one letter with merge fields, its recipients and attachments; what is typed outlives the program."""

from collections.abc import Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.drafts import Draft
from crm_desktop.controllers.mail import Letter
from crm_desktop.errors import CrmError, ValidationError
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.attachments import TAKEN
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_drafts import DraftKeeper, Noted, Origin
from crm_desktop.views.mail.addressees import AddresseeList
from crm_desktop.views.mail.choosing import FieldChoice, RecipientChoice, TemplateChoice
from crm_desktop.views.mail.letter_form import LetterForm
from crm_desktop.views.mail.look import PreviewWindow
from crm_desktop.views.mail.runner import runner_of
from crm_desktop.views.mail.server_form import set_up_mail
from crm_desktop.views.theme import pixels

SCREEN = "mail"
UNSAVED = "邮件还没有发送，写的内容会丢掉。"
NOT_SET_UP = "还没有填写邮件设置，请先请有权限的同事在“发送邮件 → 设置”里填好。"


class ComposeScreen(ttk.Frame):
    """``show(entity, ids)`` brings the recipients that were selected elsewhere, ``show(letter=…)`` a letter to go on
    with."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="compose")
        self.desk = desk
        self._is_sending = False
        self.actions = self._make_actions()
        split = ttk.Panedwindow(self, orient="horizontal")
        split.pack(fill="both", expand=True)
        self.addressees = AddresseeList(split, desk, self._recipients_changed)
        split.add(self.addressees, weight=2)
        self.form = LetterForm(split, lambda: self._typed())
        split.add(self.form, weight=3)
        self.drafts = DraftKeeper(self, desk, self._origin, self._unsaved)
        self.toolbar = Toolbar(self, self.actions)
        self.toolbar.pack(fill="x", pady=(0, pixels(self, 6)), before=split)
        self.toolbar.lower()  # Tab begins with it

    def _make_actions(self) -> list[Action]:
        def may_send() -> bool:
            return not self._is_sending and self.desk.office.may("mail", "create")

        return [
            Action("send", "发送", self.send, "save", "send", may_send, style="primary"),
            Action("preview", "预览", self.preview, "print", "eye", lambda: self._count > 0),
            Action("recipients", "收件人…", self.choose_recipients, "item_1", "people", may_send, group="parts"),
            Action("template", "模板…", self.choose_template, "item_2", "file-earmark-text", group="parts"),
            Action("field", "合并项…", self.insert_field, "item_3", "braces", group="parts"),
            Action("files", "添加附件…", self.add_files, "attachments", "paperclip", may_send, group="parts"),
            Action("no_files", "去掉附件", self.drop_files, "item_4", "x-lg", lambda: bool(self.form.files),
                   group="parts"),
            Action("keep", "存为模板…", self.keep_template, "item_5", "save",
                   lambda: self.desk.office.may("mail", "update"), group="keep"),
        ]  # fmt: skip

    # -- what is written -------------------------------------------------------------------------------------------

    def show(self, entity: str = "customers", ids: Sequence[int] = (), letter: Letter | None = None) -> None:
        """A letter to these customers (their 主联系人) or contacts; what is typed stays."""
        self.addressees.show(entity, list(ids))
        if letter is not None:
            self.form.take(letter)
        self._typed()

    @property
    def is_ready(self) -> bool:
        return self.addressees.is_complete

    @property
    def _count(self) -> int:
        return len(self.addressees.ids)

    def focus_set(self) -> None:
        self.form.fields["subject"].focus()

    def can_close(self) -> bool:
        """Whether the tab may go: an unsent letter only when the operator lets it."""
        if self.form.is_changed and not self.desk.dialogs.ask_yes_no(
            UNSAVED, yes="不要了，关闭", no="返回", title="还没有发送", parent=self
        ):
            return False
        self.drafts.drop()
        return True

    def _typed(self) -> None:
        self.drafts.typed()
        self.toolbar.refresh()

    def _recipients_changed(self) -> None:
        self._typed()

    # -- drafts ----------------------------------------------------------------------------------------------------

    def resume(self, draft: Draft) -> None:
        """The letter as it was when the program ended; files that are gone meanwhile are left out when it is sent."""
        noted = draft.content["fields"]
        self.form.put_back(noted)
        entity, ids = noted["recipients"][0]
        self.addressees.show(entity, ids)
        self.drafts.take_over(draft)

    def _origin(self) -> Origin:
        return Origin(SCREEN, SCREEN, f"邮件 {self.form.letter.subject or '（没有主题）'}")

    def _unsaved(self) -> dict[str, Noted]:
        if not self.form.is_changed:
            return {}
        return {**self.form.noted(), "recipients": ([self.addressees.entity, list(self.addressees.ids)], None)}

    # -- parts -----------------------------------------------------------------------------------------------------

    def choose_recipients(self) -> None:
        chosen = RecipientChoice(self, self.desk, self.addressees.entity, self.addressees.ids).ask()
        if chosen is not None:
            self.addressees.show(*chosen)

    def choose_template(self) -> None:
        """What is typed is replaced only when the operator says so."""
        template = TemplateChoice(self, self.desk).ask()
        if template is None:
            return
        question = f"要用模板“{template.name}”替换已经写的内容吗？"
        is_blank = not self.form.letter.subject and not self.form.letter.body.strip()
        if is_blank or self.desk.dialogs.ask_yes_no(question, yes="替换", no="不替换", parent=self):
            self.form.take(Letter(template.subject, template.body, template.is_html))
            self._typed()
            self.form.fields["body"].focus()

    def insert_field(self) -> None:
        field = FieldChoice(self).ask()
        if field is not None:
            self.form.insert(field)

    def add_files(self) -> None:
        found = self.desk.dialogs.choose_open_files("添加附件", types=TAKEN, parent=self)
        self.form.set_files([*self.form.files, *(each for each in found if each not in self.form.files)])
        self._typed()

    def drop_files(self) -> None:
        self.form.set_files([])
        self._typed()

    def keep_template(self) -> None:
        """The letter under a name; one of that name is replaced."""
        name = self.desk.dialogs.ask_text("模板名称：", title="存为模板", max_length=40, parent=self)
        if name is None:
            return
        letter, templates = self.form.letter, self.desk.office.mail_templates
        self.desk.run(
            lambda job: templates.save(name, letter), lambda done: self.desk.say(f"已保存模板“{name}”。"),
            on_error=self._refused, owner=self, is_saving=True,
        )  # fmt: skip

    # -- looking and sending ---------------------------------------------------------------------------------------

    def preview(self) -> None:
        """As each recipient gets it, from the one with the cursor on."""
        self.form.show_errors({})
        try:
            self.form.letter.check()
        except ValidationError as error:
            self._refused(error)
            return
        place = self.addressees.place
        PreviewWindow(self, self.desk, self.form.letter, self.addressees.entity, self.addressees.ids, place).ask()

    def send(self) -> None:
        """Once everything is right and the operator has said so: written down whole, then sent in the background."""
        self.form.show_errors({})
        if not self._is_set_up():
            return
        letter, entity, ids, files = (
            self.form.letter, self.addressees.entity, list(self.addressees.ids), list(self.form.files),
        )  # fmt: skip
        try:
            letter.check()
        except ValidationError as error:
            self._refused(error)
            return
        if not ids:
            self.desk.dialogs.show_message("还没有收件人，请按 Alt+1 选择。", parent=self)
            return
        question, detail = f"要发送“{letter.subject}”吗？", self.addressees.summary
        if not self.desk.dialogs.ask_yes_no(question, detail=detail, yes="发送", no="不发送", parent=self):
            return
        self._wait(True)
        create = self.desk.office.mail.create_job

        def work(job: Any) -> int:
            made = create(letter, entity, ids, files, job.report, job.is_cancelled)
            self.drafts.saved()
            return made

        self.desk.run(
            work, self._created, on_error=self._refused, owner=self, title="正在准备邮件…", is_saving=True,
            on_cancelled=lambda: self._wait(False),
        )  # fmt: skip

    def _is_set_up(self) -> bool:
        if self.desk.office.mail_setup.server().is_ready:
            return True
        if self.desk.office.may("mail", "update"):
            return set_up_mail(self.desk, self)
        self.desk.dialogs.show_message(NOT_SET_UP, parent=self)
        return False

    def _created(self, job: int) -> None:
        self._wait(False)
        self.form.take(Letter())
        self.form.set_files([])
        self.addressees.show(self.addressees.entity, [])
        self.drafts.drop()
        self.desk.open("mail", job=job)
        runner_of(self.desk).start(job)

    def _wait(self, is_sending: bool) -> None:
        self._is_sending = is_sending
        self.toolbar.refresh()

    def _refused(self, error: BaseException) -> None:
        self._wait(False)
        if isinstance(error, ValidationError) and error.fields.keys() <= self.form.fields.keys():
            self.form.show_errors(error.fields)
        elif isinstance(error, CrmError):
            self.desk.dialogs.show_error(error, parent=self)
        else:
            raise error
