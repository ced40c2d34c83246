"""测试连接 says in Chinese what is wrong; a server that fails while sending loses no letter and doubles none."""

import socket
import threading
from dataclasses import replace

import pytest

from crm_desktop.controllers.mail import Letter, line, transport
from crm_desktop.errors import MailError, MailPasswordRefused, ValidationError
from crm_desktop.models.mail import SENT, UNSURE, WAITING
from tests.mail_servers import CODE, USER, authority, failing


def wrong(office, password=CODE, **values):
    """The sentence of a test that does not succeed."""
    usual = {"host": "localhost", "port": "465", "security": "SSL", "user": USER, "sender_address": USER}
    with pytest.raises(MailError) as caught:
        office.mail_setup.test({**usual, **values}, password)
    return str(caught.value)


@pytest.mark.parametrize("security", ["SSL", "STARTTLS", "不加密"])
def test_a_connection_that_works_is_told(office, post, security):
    server = post(security)
    assert office.mail_setup.test(server.values(), CODE) == (
        f"连接成功：localhost:{server.port}（{security}），用户 office@example.com 登录成功。"
    )


def test_a_server_that_wants_no_user_is_no_mistake(office, post):
    assert office.mail_setup.test(post("不加密").values(user="")).endswith("这个服务器不用登录。")


def test_a_wrong_password_explains_the_code(office, post):
    values = post("SSL").values()
    with pytest.raises(MailPasswordRefused) as caught:
        office.mail_setup.test(values, "my login password")
    assert str(caught.value).startswith("用户名或密码不对。") and "服务器答复：535" in str(caught.value)


def test_the_code_is_explained_in_the_words_of_the_provider(office, post, monkeypatch):
    server = post("SSL")
    monkeypatch.setattr(transport.Conversation, "_connect", refuse_as("smtp.qq.com", server))
    said = wrong(office, "x", host="smtp.qq.com")
    assert "密码要填“授权码”，不是登录密码：登录网页版 QQ 邮箱 → 设置 → 账号" in said


def refuse_as(host, server):
    """The real conversation with our server, under a provider's name."""
    connect = transport.Conversation._connect

    def of_ours(self):
        named, self._server = self._server, replace(self._server, host="localhost", port=server.port)
        try:
            return connect(self)
        finally:
            self._server = named

    return of_ours


def test_a_password_in_chinese_is_told(office, post):
    assert wrong(office, "授权码", **post("SSL").values()).startswith("用户名和授权码只能是字母、数字和符号")


def test_a_host_that_does_not_exist(office):
    assert wrong(office, host="smtp.example.invalid") == (
        "找不到服务器“smtp.example.invalid”，请检查服务器地址是否写对、电脑能否上网。"
    )


def test_a_port_that_nobody_listens_on(office):
    with failing("drops") as port:
        pass
    assert wrong(office, port=str(port)).startswith(f"服务器 localhost:{port} 拒绝连接，多半是端口不对：SSL 一般用 465")


def test_ssl_where_the_server_speaks_in_plain(office, post):
    server = post("STARTTLS")
    said = wrong(office, **server.values(security="SSL"))
    assert said.startswith(f"localhost:{server.port} 上谈不成 SSL 加密：请改选 STARTTLS，或把端口改成 465。")


def test_starttls_where_the_server_speaks_ssl(office, post, impatient):
    server = post("SSL")
    said = wrong(office, **server.values(security="STARTTLS"))
    assert f"localhost:{server.port}" in said and "SSL 一般用 465 端口" in said


def test_starttls_that_the_server_does_not_know(office, post):
    said = wrong(office, **post("不加密").values(security="STARTTLS"))
    assert said.endswith("不支持 STARTTLS：请改选 SSL，端口一般是 465。")


def test_a_certificate_that_nobody_vouches_for_gets_no_password(office, post, mailbox, monkeypatch):
    values = post("SSL").values()
    monkeypatch.undo()
    said = wrong(office, **values)
    assert said.startswith("服务器“localhost”的证书不能确认") and "密码没有发出" in said
    assert mailbox.sessions == 0


def test_a_certificate_for_another_name(office, post, mailbox, monkeypatch):
    values = post("SSL").values(host="127.0.0.2")
    assert "证书不能确认" in wrong(office, **values) or mailbox.sessions == 0


@pytest.mark.parametrize(("how", "said"), [
    ("silent", "秒内没有回答：请检查端口和网络，防火墙可能拦住了这个端口。"), ("drops", "中断了连接："),
    ("chatters", "的回答不是邮件服务器的：请检查加密方式和端口。"), ("busy", "服务器暂时不接受连接，请稍后再试。（服务器答复：421"),
])  # fmt: skip
def test_a_server_that_does_not_talk(office, impatient, how, said):
    with failing(how) as port:
        assert said in wrong(office, port=str(port), security="不加密", user="")


def test_what_cannot_be_meant_is_said_at_its_field(office):
    with pytest.raises(ValidationError) as caught:
        office.mail_setup.set_server({"host": "http://x", "port": "70000", "security": "?", "sender_address": "a@@b"})
    assert caught.value.fields.keys() == {"host", "port", "security", "sender_address"}
    with pytest.raises(MailError, match="还没有填写邮件设置"):
        office.mail_setup.test()


def test_the_context_of_the_program_verifies(office):
    ours, tests = transport.trusted(), authority()
    assert (ours.verify_mode, ours.check_hostname) == (tests.verify_mode, tests.check_hostname)


# While sending


@pytest.fixture
def at(office, job):
    """``at(port)``: the job goes to that server, in plain text and without a password."""

    def move(port, **options):
        office.mail_setup.set_server(
            {"host": "127.0.0.1", "port": str(port), "security": "不加密", "user": "", "sender_address": USER}
        )
        return office.mail.run(job, **options)

    return move


@pytest.mark.parametrize("how", ["silent", "drops", "busy", "chatters", "drops at MAIL", "drops at RCPT"])
def test_what_was_not_handed_over_waits(office, job, at, impatient, states, how):
    with failing(how) as port:
        progress = at(port)
    assert progress.problem and progress.waiting == 3
    assert set(states(job).values()) == {WAITING}
    assert office.mail.jobs()[0]["problem"] == progress.problem


@pytest.mark.parametrize(("how", "said"), [("silent", WAITING), ("silent after DATA", UNSURE)])
def test_who_leaves_does_not_wait_for_a_server_that_says_nothing(office, job, at, states, monkeypatch, how, said):
    """It would be silent, and be waited for, longer than this test may take; what had been handed over is in doubt."""
    monkeypatch.setattr(line, "GRACE_SECONDS", 0.1)
    monkeypatch.setattr(transport, "SECONDS", 600)
    with failing(how) as port:
        at(port, is_given_up=lambda: True)
    assert list(states(job).values()) == [said, WAITING, WAITING]
    assert office.mail.jobs()[0]["problem"] == "退出时邮件服务器没有回答，没有发完，可以继续发送。"


def test_who_leaves_does_not_wait_for_a_call_that_is_not_taken(office, job, at, states, monkeypatch):
    monkeypatch.setattr(line, "GRACE_SECONDS", 0.1)
    is_free = threading.Event()

    def place(*given):
        is_free.wait(600)
        raise TimeoutError

    monkeypatch.setattr(line.socket, "create_connection", place)
    at(1, is_given_up=lambda: True)
    assert not is_free.is_set() and set(states(job).values()) == {WAITING}
    is_free.set()


def test_the_letter_on_its_way_is_still_waited_for(office, job, mailbox):
    """Whoever leaves while a server takes a letter: its state is known."""
    leaving = threading.Event()
    mailbox.on_message = lambda address: leaving.set()
    progress = office.mail.run(job, cancelled=leaving.is_set, is_given_up=leaving.is_set)
    assert (progress.sent, progress.unsure, progress.waiting) == (1, 0, 2)


@pytest.mark.parametrize("how", ["drops in DATA", "drops after DATA", "silent after DATA"])
def test_what_was_handed_over_without_an_answer_is_not_sent_again(office, job, at, impatient, states, mailbox, connected, how):
    with failing(how) as port:
        progress = at(port)
    assert (progress.unsure, progress.waiting) == (1, 2)
    assert list(states(job).values()) == [UNSURE, WAITING, WAITING]
    office.mail_setup.set_server(connected.values())
    assert office.mail.run(job).sent == 2
    assert mailbox.addresses == ["yi@example.com", "bing@example.com"]
    assert list(states(job).values()) == [UNSURE, SENT, SENT]


def test_a_large_letter_that_breaks_on_its_way_was_not_handed_over(office, connected, people, at, impatient, states, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"x" * 8_000_000)
    large = office.mail.create_job(Letter("好", "好"), "customers", people, [tmp_path / "a.pdf"])
    with failing("drops in DATA") as port:
        at(port)
        office.mail.run(large)
    assert set(states(large).values()) == {WAITING}


def test_a_server_that_went_away_between_two_letters_is_called_again(office, job, mailbox, connected, monkeypatch):
    send = transport.Conversation.send

    def send_and_lose(self, address, letter):
        send(self, address, letter)
        self._smtp.sock.shutdown(socket.SHUT_RDWR)

    monkeypatch.setattr(transport.Conversation, "send", send_and_lose)
    assert office.mail.run(job).sent == 3
    assert mailbox.sessions == 3 and len(mailbox.envelopes) == 3


@pytest.mark.parametrize(("reply", "sentence"), [
    ("552 5.2.2 Mailbox full", "对方的邮箱已满。"), ("550 Mailbox not found", "没有这个收件地址，请核对。"),
    ("450 try later", "服务器暂时不收这封信，过一会儿可以重试。"), ("550 frequency limited", "发送太频繁"),
])  # fmt: skip
def test_a_refusal_is_explained(office, job, mailbox, reply, sentence):
    mailbox.refusals["yi@example.com"] = reply
    assert office.mail.run(job).failed == 1
    (failed,) = [each for each in office.mail.messages(job) if each["reason"]]
    assert failed["reason"].startswith(sentence) and reply in failed["reason"]


def test_a_letter_taken_for_spam_is_explained(office, job, mailbox):
    mailbox.content_reply = "554 DT:SPM rejected"
    assert office.mail.run(job).failed == 3
    assert office.mail.messages(job)[0]["reason"].startswith("被当作垃圾邮件拒收")


def test_another_sender_than_the_user_is_explained(office, job, connected):
    office.mail_setup.set_server(connected.values(sender_address="other@example.com"))
    progress = office.mail.run(job)
    assert progress.problem.startswith("服务器不让用这个发件地址") and progress.waiting == 3
