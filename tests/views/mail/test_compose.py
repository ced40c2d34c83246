"""A letter is written by keyboard, looked at as each gets it, sent in the background, and nothing typed is lost."""

import time

import pytest

from crm_desktop.controllers.mail import Letter, Mail
from crm_desktop.errors import MailError
from crm_desktop.views.drafts import resume
from crm_desktop.views.form_drafts import PAUSE_MILLISECONDS
from crm_desktop.views.mail import compose as composing
from crm_desktop.views.mail.choosing import FieldChoice, RecipientChoice, TemplateChoice
from crm_desktop.views.mail.look import PreviewWindow
from crm_desktop.views.mail.server_form import ServerForm


@pytest.fixture
def screen(window, connected, wait_until):
    """A letter to all three customers, not written yet."""
    made = window.open("compose", entity="customers", ids=[1, 2, 3])
    wait_until(lambda: made.is_ready and made.addressees.ids)
    return made


def write(screen, subject="{客户名称}好", body="{联系人}您好"):
    screen.form.fields["subject"].set(subject)
    screen.form.fields["body"].set(body)


def test_who_gets_it_and_who_does_not_stands_beside_the_letter(screen):
    rows = [screen.addressees.table._source.rows([id])[0] for id in screen.addressees.ids]
    assert [(row["address"], row["reason"]) for row in rows] == [
        ("hongda@example.com", ""), ("lilei@example.com", ""), ("", "没有电子邮箱。"),
    ]  # fmt: skip
    assert screen.addressees.footer.cget("text") == "共 2 位收件人，1 位不发（见说明）。"


def test_sent_with_one_key_and_told_job_by_job(screen, window, dialogs, mailbox, press, wait_until):
    write(screen)
    dialogs.answers = [True]
    press(screen.form.fields["subject"].input.control, "<F8>")
    wait_until(lambda: len(mailbox.envelopes) == 2, 20)
    jobs = window.open("mail")
    wait_until(lambda: not jobs.runner.is_running and jobs.is_ready)
    wait_until(lambda: jobs.jobs.current_row["state"] == "已完成")
    assert jobs.jobs.current_row["told"] == "已发 2，已跳过 1"
    assert jobs.messages.total == 3
    assert not screen.form.is_changed and screen.addressees.ids == []
    assert window.desk.office.timeline.counts(1)["interactions"] == 1


def test_what_is_wrong_is_said_at_its_field_and_stays(screen, dialogs):
    write(screen, "{客户名}", "")
    screen.send()
    assert screen.form.fields["subject"].input.error == "没有叫“客户名”的合并项，是不是要写 {客户名称}？"
    assert screen.form.fields["body"].input.error == "请填写正文。"
    assert screen.form.fields["subject"].get() == "{客户名}"
    assert screen.desk.office.mail.jobs() == []


def test_a_40_mb_attachment_is_refused_and_the_letter_stays(screen, dialogs, tmp_path, wait_until, press):
    path = tmp_path / "录像.pdf"
    with path.open("wb") as file:
        file.truncate(40 * 1024 * 1024)
    dialogs.answers = [[path]]
    screen.add_files()
    assert screen.form.fields["files"].get() == "录像.pdf（40.0 MB）"
    write(screen)
    dialogs.answers = [True]
    screen.send()
    wait_until(lambda: screen.form.fields["files"].input.error)
    assert screen.form.fields["files"].input.error == "“录像.pdf”有 40.0 MB，附件最大 20 MB。"
    assert screen.form.fields["subject"].get() == "{客户名称}好"
    press(screen.form.fields["subject"].input.control, "<Alt-Key-4>")
    assert screen.form.fields["files"].get() == "没有附件"


def test_the_preview_goes_from_one_to_the_next(screen, in_window, press):
    write(screen)
    seen = []

    def look(shown):
        seen.append((shown.head.cget("text"), shown.subject.cget("text"), shown.text.get(), shown.note.cget("text")))
        press(shown.text.control, "<Control-Next>")
        seen.append((shown.head.cget("text"), shown.text.get()))
        press(shown.text.control, "<Control-Next>", "<Control-Next>")
        seen.append((shown.note.cget("text"),))
        press(shown.text.control, "<Escape>")

    in_window(PreviewWindow, look)
    screen.preview()
    assert seen == [
        ("第 1 封，共 3 封　单小明（长春宏达机械制造有限公司）　hongda@example.com", "主题：长春宏达机械制造有限公司好", "单小明您好", ""),
        ("第 2 封，共 3 封　李雷（上海𠮷野商贸有限公司）　lilei@example.com", "李雷您好"),
        ("这位不发：没有电子邮箱。　这位没有：联系人，这些地方会空着。",),
    ]


def test_a_template_and_a_field_are_put_in_by_keyboard(screen, in_window, press):
    in_window(TemplateChoice, lambda shown: press(shown.table.tree, "<Down>", "<Return>"))
    screen.choose_template()
    assert screen.form.fields["subject"].get() == "{本单位简称}祝您中秋快乐"
    in_window(FieldChoice, lambda shown: press(shown.table.tree, "<Return>"))
    screen.form.fields["body"].input.control.mark_set("insert", "1.0")
    screen.form.last_typed_in = screen.form.fields["body"].input.control
    screen.insert_field()
    assert screen.form.fields["body"].get().startswith("{客户名称}尊敬的")


def test_a_template_does_not_replace_what_is_typed_unasked(screen, dialogs, in_window, press):
    write(screen, body="写好的")
    in_window(TemplateChoice, lambda shown: press(shown.table.tree, "<Return>"))
    dialogs.answers = [False]
    screen.choose_template()
    assert screen.form.fields["body"].get() == "写好的"


def test_a_letter_is_kept_as_a_template_of_the_office(screen, dialogs, wait_until, press):
    write(screen, "主题", "正文")
    dialogs.answers = ["春节"]
    press(screen.form.fields["body"].input.control, "<Alt-Key-5>")
    templates = screen.desk.office.mail_templates
    wait_until(lambda: templates.all()[0].id is not None)
    assert (templates.all()[0].name, templates.all()[0].body) == ("春节", "正文")


def test_recipients_are_chosen_from_a_search(screen, in_window, press, wait_until):
    def choose(shown):
        shown.recipients.show("customers", [2])
        press(shown.recipients.search.control, "<F8>")

    in_window(RecipientChoice, choose)
    screen.choose_recipients()
    wait_until(lambda: screen.addressees.ids == [2])


def test_what_is_typed_outlives_the_program(window, screen, dialogs, wait_until, root, monkeypatch, tmp_path):
    write(screen)
    screen.form.files = [tmp_path / "a.pdf"]
    screen._typed()
    drafts = window.desk.office.drafts
    wait_until(lambda: drafts.mine(), PAUSE_MILLISECONDS / 1000 + 3)
    (draft,) = drafts.mine()
    assert (draft.screen, draft.content["title"]) == (composing.SCREEN, "邮件 {客户名称}好")
    dialogs.answers = [True]
    write(screen, "", "")
    screen.form.set_files([])
    screen.addressees.show("customers", [])
    resume(window.desk, draft)
    assert (screen.form.fields["subject"].get(), screen.form.fields["body"].get()) == ("{客户名称}好", "{联系人}您好")
    assert screen.form.files == [tmp_path / "a.pdf"]
    wait_until(lambda: screen.addressees.ids == [1, 2, 3])


def test_an_unsent_letter_is_not_closed_unasked(screen, dialogs):
    write(screen)
    dialogs.answers = [False]
    assert not screen.can_close()
    dialogs.answers = [True]
    assert screen.can_close()


def test_without_a_server_the_settings_come_first(window, desk, in_window, wait_until):
    made = window.open("compose", entity="customers", ids=[1])
    wait_until(lambda: made.is_ready)
    write(made)
    shown = []
    in_window(ServerForm, lambda form: (shown.append(form.fields["host"].get()), form.cancel()))
    made.send()
    assert shown == ["smtp.qq.com"]
    assert desk.office.mail.jobs() == []


def test_html_is_written_as_html(screen, in_window, press):
    screen.show("customers", [1], Letter("报价", "<b>{客户名称}</b><script>x</script>", True))
    assert screen.form.letter.is_html
    seen = []
    in_window(PreviewWindow, lambda shown: (seen.append((shown.text.get(), shown.note.cget("text"))), shown.cancel()))
    screen.preview()
    assert seen[0][0] == "长春宏达机械制造有限公司" and "script" in seen[0][1]


def test_given_up_while_it_is_prepared_the_letter_is_still_there(screen, desk, dialogs, monkeypatch, wait_until):
    write(screen)
    dialogs.answers = [True]
    started = []

    def create(*arguments):
        started.append(True)
        until = time.monotonic() + 10
        while not arguments[-1]():
            assert time.monotonic() < until, "nobody has cancelled"
            time.sleep(0.01)
        raise MailError("已取消")

    monkeypatch.setattr(Mail, "create_job", lambda self, *arguments: create(*arguments))
    screen.send()
    wait_until(lambda: started)
    (job,) = screen.desk.background._saving
    job.cancel()
    wait_until(lambda: not screen.desk.background.is_saving)
    wait_until(lambda: screen.actions[0].available())
    assert screen.form.letter.subject == "{客户名称}好" and len(screen.addressees.ids) == 3 and dialogs.errors == []
