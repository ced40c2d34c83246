"""The screen 发送邮件: jobs and what became of each recipient; pause, go on, retry, put right, set up."""

import pytest

from crm_desktop.controllers.mail import Letter, transport
from crm_desktop.models.mail import UNSURE
from crm_desktop.views.mail.runner import offer_unfinished, runner_of
from crm_desktop.views.mail.server_form import KNOWN, ServerForm
from tests.mail_servers import CODE, failing, free_port


@pytest.fixture
def job(desk, connected):
    """A letter to two who have an address and one who has none."""
    return desk.office.mail.create_job(Letter("{简称}好", "好"), "customers", [1, 2, 3])


@pytest.fixture
def screen(window, job, wait_until):
    made = window.open("mail", job=job)
    wait_until(lambda: made.is_ready and made.messages.total == 3)
    return made


def rows(screen):
    return {row["address"]: row["state"] for row in screen.messages._source.rows([1, 2, 3])}


def settled(screen, wait_until):
    wait_until(lambda: not screen.runner.is_running and screen.is_ready, 20)


def test_a_job_waits_until_somebody_sends_it(screen, press, mailbox, wait_until):
    row = screen.jobs.current_row
    assert (row["subject"], row["state"], row["told"]) == ("〔简称〕好", "等待发送", "已跳过 1，待发 2")
    press(screen.jobs.tree, "<Alt-Key-1>")
    settled(screen, wait_until)
    assert rows(screen) == {"hongda@example.com": "已发", "lilei@example.com": "已发", "": "已跳过"}
    assert screen.jobs.current_row["state"] == "已完成"
    assert screen.toolbar.button("go_on").instate(["disabled"])


def test_pausing_keeps_the_rest_and_the_window_alive(screen, desk, mailbox, wait_until, press):
    desk.office.settings.set_option("mail_pause_seconds", 600)
    press(screen.jobs.tree, "<Alt-Key-1>")
    wait_until(lambda: len(mailbox.envelopes) == 1, 20)
    wait_until(lambda: screen.run_row.winfo_ismapped() and "1 / 2" in screen.run_text.cget("text"))
    press(screen.jobs.tree, "<Alt-Key-2>")
    settled(screen, wait_until)
    assert screen.jobs.current_row["state"] == "已暂停"
    assert not screen.run_row.winfo_ismapped()
    desk.office.settings.set_option("mail_pause_seconds", 0)
    press(screen.jobs.tree, "<Alt-Key-1>")
    settled(screen, wait_until)
    assert mailbox.addresses == ["hongda@example.com", "lilei@example.com"]


def test_only_the_refused_one_is_retried(screen, mailbox, wait_until, press):
    mailbox.refusals["lilei@example.com"] = "550 User unknown"
    screen.go_on()
    settled(screen, wait_until)
    wait_until(lambda: screen.jobs.current_row["state"] == "有失败")
    mailbox.refusals.clear()
    press(screen.jobs.tree, "<Alt-Key-3>")
    wait_until(lambda: len(mailbox.envelopes) == 2, 20)
    settled(screen, wait_until)
    assert mailbox.addresses == ["hongda@example.com", "lilei@example.com"]


def test_what_may_have_gone_out_is_put_right_by_hand(screen, desk, dialogs, mailbox, wait_until):
    desk.office.db.execute("UPDATE mail_messages SET state = ? WHERE id IN (1, 2)", (UNSURE,))
    screen.refresh()
    wait_until(lambda: screen.is_ready and rows(screen)["hongda@example.com"] == UNSURE)
    screen.messages.go_to(1)
    screen.confirm()
    wait_until(lambda: screen.is_ready and rows(screen)["hongda@example.com"] == "已发")
    screen.messages.go_to(2)
    dialogs.answers = [False]
    screen.resend()
    assert mailbox.envelopes == []
    dialogs.answers = [True]
    screen.resend()
    wait_until(lambda: mailbox.addresses == ["lilei@example.com"], 20)
    settled(screen, wait_until)


def test_the_rest_is_cancelled_only_when_asked(screen, dialogs, wait_until):
    dialogs.answers = [False]
    screen.skip_rest()
    dialogs.answers = [True]
    screen.skip_rest()
    wait_until(lambda: screen.is_ready and set(rows(screen).values()) == {"已跳过"})
    assert [text for kind, text in dialogs.asked] == ["还有 2 封没有发，要取消吗？已经发出的不受影响。"] * 2


def test_a_wrong_password_is_asked_for_and_the_letters_go(screen, desk, dialogs, mailbox, wait_until):
    desk.office.mail_setup.set_password("wrong")
    dialogs.answers = [CODE]
    screen.go_on()
    wait_until(lambda: len(mailbox.envelopes) == 2, 20)
    settled(screen, wait_until)
    assert [kind for kind, _ in dialogs.asked] == ["password"] and "用户名或密码不对" in dialogs.asked[0][1]


def test_a_server_that_cannot_be_reached_stops_the_job_and_says_why(screen, desk, dialogs, connected, wait_until):
    desk.office.mail_setup.set_server(connected.values(port=str(free_port())))
    desk.office.mail_setup.set_password(CODE)
    screen.go_on()
    settled(screen, wait_until)
    assert "拒绝连接" in str(dialogs.errors[0])
    wait_until(lambda: "拒绝连接" in screen.jobs.current_row["problem"])


def test_what_was_not_sent_to_the_end_is_told_after_a_restart(window, desk, job, wait_until):
    told = []
    desk.notify = lambda text, action=None: told.append((text, action))
    offer_unfinished(desk)
    wait_until(lambda: told)
    assert told[0][0] == "有 1 批邮件没有发完，收到过的人不会再收到。"
    told[0][1][1]()
    assert window.tabs.current_key == "mail"


def test_the_end_of_the_session_stops_the_sending(window, desk, screen, mailbox, wait_until):
    desk.office.settings.set_option("mail_pause_seconds", 600)
    screen.go_on()
    wait_until(lambda: len(mailbox.envelopes) == 1, 20)
    window.close()
    assert not runner_of(desk).is_running


def test_the_end_of_the_session_does_not_wait_for_a_silent_server(window, desk, screen, connected, wait_until, monkeypatch):
    """It would be silent for longer than a test may take."""
    monkeypatch.setattr(transport, "SECONDS", 600)
    with failing("silent") as port:
        desk.office.mail_setup.set_server(connected.values(host="127.0.0.1", port=str(port), security="不加密", user=""))
        screen.go_on()
        wait_until(lambda: runner_of(desk).text.startswith("正在连接") and screen.runner.is_running)
        window.close()
        desk.background.break_off_reading()
    assert desk.office.db.value("SELECT count(*) FROM mail_messages WHERE state = '待发'") == 2


def test_a_letter_is_written_again_for_others(screen, window):
    screen.write_again()
    assert window.tabs.current.form.letter == Letter("{简称}好", "好")


# 邮件设置


def test_an_address_tells_its_mailbox_and_the_code_is_explained(screen, in_window, desk):
    seen = {}

    def fill(form):
        for name in ("host", "user"):
            form.fields[name].set("")
        form.fields["sender_address"].set("shop@163.com")
        form.fields["sender_address"].input.control.event_generate("<FocusOut>")
        form.update()
        seen.update({name: form.fields[name].get() for name in ("preset", "host", "port", "security", "user")})
        seen["note"] = form.fields["password"].hint_text.cget("text")
        form.fields["password"].set("xyz")
        form.submit()

    in_window(ServerForm, fill)
    screen.set_up()
    assert (seen["preset"], seen["host"], seen["port"], seen["user"]) == ("163 邮箱", "smtp.163.com", "465", "shop@163.com")
    assert "授权码" in seen["note"] and "163" in seen["note"]
    assert desk.office.mail_setup.server().host == "smtp.163.com" and desk.office.mail_setup.has_password()


def test_a_refused_code_is_explained_once_and_not_beside_other_mistakes(screen, in_window, desk, connected, wait_until, press):
    """A low screen has no room for more: the buttons would lie below it."""
    seen = []

    def attempt(form):
        form.fields["host"].set("smtp.qq.com")
        form.fields["preset"].set("QQ 邮箱")
        form._answer(f"用户名或密码不对。{form.preset.note}", "Error.TLabel")
        seen.append(bool(form.fields["password"].hint_line.winfo_manager()))
        form.fields["port"].set("99999")
        press(form.fields["port"].input.control, "<F8>")
        wait_until(lambda: form.fields["port"].input.error)
        seen.extend([form.answer.cget("text"), bool(form.fields["password"].hint_line.winfo_manager())])
        form.cancel()

    in_window(ServerForm, attempt)
    screen.set_up()
    assert seen == [False, "", False]


def test_the_connection_is_tried_without_saving(screen, in_window, desk, connected, wait_until, press):
    seen = []

    def attempt(form):
        form.fields["password"].set("wrong")
        press(form.fields["password"].input.control, "<F5>")
        wait_until(lambda: "连接…" not in form.answer.cget("text"))
        seen.append(form.answer.cget("text"))
        form.fields["password"].set("")
        press(form.fields["password"].input.control, "<F5>")
        wait_until(lambda: form.answer.cget("text").startswith("连接成功"))
        form.fields["port"].set("x")
        form.test()
        wait_until(lambda: form.fields["port"].input.error)
        seen.append(form.fields["port"].input.error)
        form.cancel()

    in_window(ServerForm, attempt)
    screen.set_up()
    assert seen[0].startswith("用户名或密码不对") and seen[1].startswith("端口应为 1–65535")
    assert desk.office.mail_setup.server().port == connected.port


def test_who_may_only_send_keeps_the_code_alone(screen, in_window, desk, press):
    role = desk.office.db.value("SELECT role FROM operators WHERE id = ?", (desk.office.operator.id,))
    desk.office.db.execute("DELETE FROM permissions WHERE role = ? AND area = 'mail' AND verb = 'update'", (role,))
    seen = []

    def look(form):
        seen.append(form.fields["host"].input.is_readonly)
        seen.append(form.fields["password"].input.suggestion)
        form.fields["password"].set("new")
        form.submit()

    in_window(ServerForm, look)
    press(screen.jobs.tree, "<F4>")
    assert seen == [True, KNOWN]
