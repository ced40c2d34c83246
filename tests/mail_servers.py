"""Mail servers on this machine: a real one with TLS and passwords, and one that fails in every way that there is.

data/ca.pem and data/server.pem were made with openssl for "localhost" and are trusted by these tests alone.
"""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from crm_desktop.controllers.mail import transport

DATA = Path(__file__).parent / "controllers" / "mail" / "data"
USER, CODE = "office@example.com", "abcdefghijklmnop"
"""The mailbox of the office and its 授权码."""


def server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(DATA / "server.pem")
    return context


def authority() -> ssl.SSLContext:
    """As the program's own context, but it trusts the authority of these tests."""
    context = ssl.create_default_context(cafile=str(DATA / "ca.pem"))
    assert context.verify_mode == ssl.CERT_REQUIRED and context.check_hostname
    return context


class Mailbox:
    """What came in, and who is refused: ``refusals`` maps an address to the reply it gets."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []
        self.refusals: dict[str, str] = {}
        self.content_reply = ""
        self.on_message: Callable[[str], None] = lambda address: None
        self.sessions = 0

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if not session.authenticated:
            return "530 Authentication required"
        if address != USER:
            return "553 Mail from must equal authorized user"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.content_reply:
            return self.content_reply
        self.envelopes.append(envelope)
        self.on_message(envelope.rcpt_tos[0])
        return "250 OK"

    @property
    def addresses(self) -> list[str]:
        """To whom letters came, in their order."""
        return [address for envelope in self.envelopes for address in envelope.rcpt_tos]

    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(each.original_content, policy=default) for each in self.envelopes]  # type: ignore[misc]


class SslController(Controller):
    """The SSL of its own start-up knock is not what is tested."""

    def _trigger_server(self) -> None:
        with socket.create_connection((self.hostname, self.port)), suppress(OSError):
            pass


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Post:
    """A running server: where it listens, and its mailbox."""

    def __init__(self, security: str, mailbox: Mailbox, largest: int = 33_554_432) -> None:
        self.mailbox, self.security, self.port = mailbox, security, free_port()

        def knows(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
            return AuthResult(success=(data.login, data.password) == (USER.encode(), CODE.encode()), handled=False)

        options: dict[str, Any] = {
            "authenticator": knows, "data_size_limit": largest, "hostname": "localhost",
            "port": self.port, "auth_require_tls": security == "STARTTLS",
        }  # fmt: skip
        if security == "SSL":
            self._controller: Controller = SslController(mailbox, ssl_context=server_context(), **options)
        elif security == "STARTTLS":
            self._controller = Controller(mailbox, tls_context=server_context(), require_starttls=True, **options)
        else:
            self._controller = Controller(mailbox, **options)
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    def values(self, **changed: Any) -> dict[str, Any]:
        """What the clerk types in 邮件设置."""
        return {
            "host": "localhost", "port": str(self.port), "security": self.security, "user": USER,
            "sender_name": "长春宏达", "sender_address": USER, **changed,
        }  # fmt: skip


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "trusted", authority)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits half a minute for a server that says nothing."""
    monkeypatch.setattr(transport, "SECONDS", 0.7)


@pytest.fixture
def post(mailbox: Mailbox, trusting: None) -> Iterator[Callable[..., Post]]:
    """``post("SSL")``: a server that runs until the end of the test."""
    running: list[Post] = []

    def start(security: str = "SSL", **options: Any) -> Post:
        running.append(Post(security, mailbox, **options))
        return running[-1]

    yield start
    for each in running:
        each.stop()


# One that fails


GREETING, READY = b"220 localhost ESMTP\r\n", b"354 go ahead\r\n"
HELLO = b"250-localhost\r\n250 SIZE 40000000\r\n"


@contextmanager
def failing(how: str) -> Iterator[int]:
    """A server in plain text that does one thing wrong; gives its port.

    silent: takes the call and says nothing; drops: hangs up at once; chatters: is no mail server; busy: greets with 421;
    drops at MAIL, RCPT, in DATA or after it; silent after DATA.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        over = threading.Event()
        calls: list[threading.Thread] = []

        def listen() -> None:
            while not over.is_set():
                try:
                    call, _ = listener.accept()
                except OSError:
                    return
                calls.append(threading.Thread(target=_answer, args=(call, how, over), daemon=True))
                calls[-1].start()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            over.set()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            for each in (thread, *calls):
                each.join(5)


def _answer(call: socket.socket, how: str, over: threading.Event) -> None:
    with call, suppress(OSError):
        if how == "silent":
            over.wait(600)
        elif how == "chatters":
            call.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        elif how == "busy":
            call.sendall(b"421 Too many connections, try again later\r\n")
        elif how != "drops":
            call.sendall(GREETING)
            _talk(call, how, over)


def _talk(call: socket.socket, how: str, over: threading.Event) -> None:
    with call.makefile("rb") as lines:
        for line in lines:
            verb = re.split(rb"[ :\r]", line)[0].upper()
            if how == f"drops at {verb.decode()}":
                return
            if verb == b"DATA":
                call.sendall(READY)
                if how == "drops in DATA":
                    lines.readline()
                    return
                while lines.readline() != b".\r\n":
                    pass
                if how == "silent after DATA":
                    over.wait(600)
                return
            call.sendall(HELLO if verb == b"EHLO" else b"250 OK\r\n")
