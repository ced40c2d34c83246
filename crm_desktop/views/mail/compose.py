"""写邮件: one letter with merge fields, its recipients and attachments; what is typed outlives the program."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.drafts import Draft
from crm_desktop.controllers.mail import Letter
from crm_desktop.errors import CrmError, ValidationError
from crm_desktop.models.text import size_text
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.attachments import TAKEN
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_drafts import DraftKeeper, Noted, Origin, note, put_back
from crm_desktop.views.keys import bind_key
from crm_desktop.views.mail.addressees import AddresseeList
from crm_desktop.views.mail.choosing import FieldChoice, RecipientChoice, TemplateChoice
from crm_desktop.views.mail.look import PreviewWindow
from crm_desktop.views.mail.runner import runner_of
from crm_desktop.views.mail.server_form import set_up_mail
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.text_inputs import NoteInput, TextInput

SCREEN = "mail"
UNSAVED = "邮件还没有发送，写的内容会丢掉。"
NOT_SET_UP = "还没有填写邮件设置，请先请有权限的同事在“发送邮件 → 邮件设置”里填好。"
FORMATS = (PickItem("text", "纯文本"), PickItem("html", "简单排版"))
FORMAT_NOTE = "简单排版：正文里可以写网页标签，如 <b>加粗</b>"
NO_FILES = "没有附件"


class ComposeScreen(ttk.Frame):
    """``show(entity, ids)`` brings the recipients that were selected elsewhere, ``show(letter=…)`` a letter to go on
    with."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="compose")
        self.desk = desk
        self.files: list[Path] = []
        self._is_sending = False
        self._last_typed_in: Any = None
        self.actions = self._make_actions()
        split = ttk.Panedwindow(self, orient="horizontal")
        split.pack(fill="both", expand=True)
        self.addressees = AddresseeList(split, desk, self._recipients_changed)
        split.add(self.addressees, weight=2)
        form = ttk.Frame(split, padding=(pixels(self, 8), 0, 0, 0))
        split.add(form, weight=3)
        self.fields = self._build(form)
        self.drafts = DraftKeeper(self, desk, self._origin, self._unsaved)
        self.toolbar = Toolbar(self, self.actions)
        self.toolbar.pack(fill="x", pady=(0, pixels(self, 6)), before=split)
        self.toolbar.lower()  # Tab begins with it

    def _build(self, form: ttk.Frame) -> dict[str, LabeledField]:
        form.columnconfigure(1, weight=1)
        fields = {
            "subject": LabeledField(form, "主题", lambda body: TextInput(body, width=30), is_required=True).grid(0),
            "format": LabeledField(
                form, "格式", lambda body: ChoiceInput(body, FORMATS, width=10), note=FORMAT_NOTE
            ).grid(1, sticky="nw"),
            "body": LabeledField(
                form, "正文", lambda body: NoteInput(body, width=30, height=12), is_required=True
            ).grid(2, sticky="nsew"),
            "files": LabeledField(form, "附件", lambda body: TextInput(body, width=30)).grid(3),
        }
        form.rowconfigure(2, weight=1)
        fields["body"].body.rowconfigure(0, weight=1)
        fields["body"].input.grid(sticky="nsew")
        fields["format"].set("text")
        fields["files"].set(NO_FILES)
        fields["files"].set_readonly()
        for name in ("subject", "body", "format"):
            fields[name].input.bind(INPUT_CHANGED, lambda event: self._typed(), add="+")
        for name in ("subject", "body"):
            control = fields[name].input.control
            control.bind("<FocusIn>", lambda event: setattr(self, "_last_typed_in", event.widget), add="+")
        bind_key(fields["subject"].input.control, "enter", fields["body"].focus)
        return fields

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
            Action("no_files", "去掉附件", self.drop_files, None, "x-lg", lambda: bool(self.files), group="parts"),
            Action("keep", "存为模板…", self.keep_template, None, "save",
                   lambda: self.desk.office.may("mail", "update"), group="keep"),
        ]  # fmt: skip

    # -- what is written -------------------------------------------------------------------------------------------

    def show(self, entity: str = "customers", ids: Sequence[int] = (), letter: Letter | None = None) -> None:
        """A letter to these customers (their 主联系人) or contacts; what is typed stays."""
        self.addressees.show(entity, list(ids))
        if letter is not None:
            self._take(letter)
        self._typed()

    @property
    def letter(self) -> Letter:
        """What stands there now."""
        fields = self.fields
        return Letter(fields["subject"].get().strip(), fields["body"].get(), fields["format"].get() == "html")

    @property
    def is_changed(self) -> bool:
        return bool(self.letter.subject or self.letter.body.strip() or self.files)

    @property
    def is_ready(self) -> bool:
        return self.addressees.is_complete

    @property
    def _count(self) -> int:
        return len(self.addressees.ids)

    def focus_set(self) -> None:
        self.fields["subject"].focus()

    def can_close(self) -> bool:
        """Whether the tab may go: an unsent letter only when the operator lets it."""
        if self.is_changed and not self.desk.dialogs.ask_yes_no(
            UNSAVED, yes="不要了，关闭", no="返回", title="还没有发送", parent=self
        ):
            return False
        self.drafts.drop()
        return True

    def _take(self, letter: Letter) -> None:
        self.fields["subject"].set(letter.subject)
        self.fields["body"].set(letter.body)
        self.fields["format"].set("html" if letter.is_html else "text")

    def _typed(self) -> None:
        self.drafts.typed()
        self.toolbar.refresh()

    def _recipients_changed(self) -> None:
        self._typed()

    # -- drafts ----------------------------------------------------------------------------------------------------

    def resume(self, draft: Draft) -> None:
        """The letter as it was when the program ended; files that are gone meanwhile are left out when it is sent."""
        noted: Mapping[str, Noted] = draft.content["fields"]
        put_back(self.fields, {name: each for name, each in noted.items() if name in ("subject", "body", "format")})
        self.files = [Path(each) for each in noted.get("paths", ([], None))[0]]
        self._show_files()
        entity, ids = noted["recipients"][0]
        self.addressees.show(entity, ids)
        self.drafts.take_over(draft)

    def _origin(self) -> Origin:
        return Origin(SCREEN, SCREEN, f"邮件 {self.letter.subject or '（没有主题）'}")

    def _unsaved(self) -> dict[str, Noted]:
        if not self.is_changed:
            return {}
        typed = note({name: self.fields[name] for name in ("subject", "body", "format")})
        recipients = [self.addressees.entity, list(self.addressees.ids)]
        return {**typed, "recipients": (recipients, None), "paths": ([str(each) for each in self.files], None)}

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
        is_blank = not self.letter.subject and not self.letter.body.strip()
        if is_blank or self.desk.dialogs.ask_yes_no(question, yes="替换", no="不替换", parent=self):
            self._take(Letter(template.subject, template.body, template.is_html))
            self._typed()
            self.fields["body"].focus()

    def insert_field(self) -> None:
        """At the cursor of the subject or the text, whichever was typed into last."""
        field = FieldChoice(self).ask()
        target = self._last_typed_in or self.fields["body"].input.control
        if field is not None:
            target.insert("insert", field)
            target.focus_set()

    def add_files(self) -> None:
        found = self.desk.dialogs.choose_open_files("添加附件", types=TAKEN, parent=self)
        self.files += [each for each in found if each not in self.files]
        self._show_files()
        self._typed()

    def drop_files(self) -> None:
        self.files = []
        self._show_files()
        self._typed()

    def _show_files(self) -> None:
        sizes = (size_text(each.stat().st_size) if each.is_file() else "找不到了" for each in self.files)
        told = (f"{each.name}（{size}）" for each, size in zip(self.files, sizes, strict=True))
        self.fields["files"].set("，".join(told) or NO_FILES)

    def keep_template(self) -> None:
        """The letter under a name; one of that name is replaced."""
        name = self.desk.dialogs.ask_text("模板名称：", title="存为模板", max_length=40, parent=self)
        if name is None:
            return
        letter, templates = self.letter, self.desk.office.mail_templates
        self.desk.run(
            lambda job: templates.save(name, letter), lambda done: self.desk.say(f"已保存模板“{name}”。"),
            on_error=self._refused, owner=self, is_saving=True,
        )  # fmt: skip

    # -- looking and sending ---------------------------------------------------------------------------------------

    def preview(self) -> None:
        """As each recipient gets it, from the one with the cursor on."""
        self._clear_errors()
        try:
            self.letter.check()
        except ValidationError as error:
            self._refused(error)
            return
        place = self.addressees.place
        PreviewWindow(self, self.desk, self.letter, self.addressees.entity, self.addressees.ids, place).ask()

    def send(self) -> None:
        """Once everything is right and the operator has said so: written down whole, then sent in the background."""
        self._clear_errors()
        if not self._is_set_up():
            return
        letter, entity, ids, files = self.letter, self.addressees.entity, list(self.addressees.ids), list(self.files)
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
            made = create(letter, entity, ids, files)
            self.drafts.saved()
            return made

        self.desk.run(work, self._created, on_error=self._refused, owner=self, title="正在准备邮件…", is_saving=True)

    def _is_set_up(self) -> bool:
        if self.desk.office.mail_setup.server().is_ready:
            return True
        if self.desk.office.may("mail", "update"):
            return set_up_mail(self.desk, self)
        self.desk.dialogs.show_message(NOT_SET_UP, parent=self)
        return False

    def _created(self, job: int) -> None:
        self._wait(False)
        self._take(Letter())
        self.files = []
        self._show_files()
        self.addressees.show(self.addressees.entity, [])
        self.drafts.drop()
        self.desk.open("mail", job=job)
        runner_of(self.desk).start(job)

    def _wait(self, is_sending: bool) -> None:
        self._is_sending = is_sending
        self.toolbar.refresh()

    def _clear_errors(self) -> None:
        for field in self.fields.values():
            field.set_error(None)

    def _refused(self, error: BaseException) -> None:
        self._wait(False)
        if isinstance(error, ValidationError) and error.fields.keys() <= self.fields.keys():
            for name, sentence in error.fields.items():
                self.fields[name].set_error(sentence)
            self.fields[next(name for name in self.fields if name in error.fields)].focus()
        elif isinstance(error, CrmError):
            self.desk.dialogs.show_error(error, parent=self)
        else:
            raise error
