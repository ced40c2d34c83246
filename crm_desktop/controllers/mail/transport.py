"""One conversation with a mail server: open, send letters one by one, close.

Certificates are always verified; a password never goes over a connection whose server is not known.
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from crm_desktop.controllers.mail import explained
from crm_desktop.controllers.mail.line import Line, call
from crm_desktop.errors import MailUnsure
from crm_desktop.models.mail import STARTTLS, MailServer

SECONDS = 30.0
"""For each answer."""
LINE_START_DOT = re.compile(rb"(?m)^\.")
BROKEN = (OSError, smtplib.SMTPException)


def trusted() -> ssl.SSLContext:
    """Whose certificates count: those that the system trusts."""
    return ssl.create_default_context()


class Conversation:
    """Use it as a context; whatever goes wrong is a MailError whose sentence says what to do.

    Once ``is_given_up`` a server that says nothing is waited for no longer: ``Line``.
    """

    def __init__(
        self,
        server: MailServer,
        password: str,
        seconds: float | None = None,
        is_given_up: Callable[[], bool] = lambda: False,
    ) -> None:
        self._server = server
        self._password = password
        self._seconds = SECONDS if seconds is None else seconds
        self._line = Line(is_given_up)
        self._smtp: smtplib.SMTP | None = None
        self._is_fresh = True
        """Nothing has been sent yet, so a broken connection is no mere end of an old one."""

    def __enter__(self) -> "Conversation":
        self._line.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        self._line.__exit__(kind, error, trace)

    @property
    def is_cut(self) -> bool:
        """Whether what went wrong is that nobody waited any more."""
        return self._line.is_cut

    def open(self) -> None:
        """Connect and sign in, unless that has been done; MailError says why it cannot be."""
        if self._smtp is not None:
            return
        try:
            smtp = self._connect()
        except (*BROKEN, ValueError) as error:  # a host or a password that cannot be written in ASCII
            self._line.hang_up()
            raise explained.connecting(error, self._server, self._seconds) from error
        self._smtp, self._is_fresh = smtp, True

    def _connect(self) -> smtplib.SMTP:
        server, context = self._server, trusted()
        smtp = call(self._line, server, self._seconds, context)
        try:
            if server.security == STARTTLS:
                smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, self._password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def send(self, address: str, letter: bytes) -> None:
        """Hand over one letter.

        MailRefused: this one was not taken. MailUnsure: nobody knows. Any other MailError: it was not sent, and
        nothing else can be sent now.
        """
        self.open()
        try:
            self._announce(address, letter)
        except BROKEN as error:
            self.close()
            raise explained.sending(error, self._seconds) from error
        self._hand_over(letter)

    def _announce(self, address: str, letter: bytes) -> None:
        """From whom and to whom; a server that went away while nothing was sent is called again, once."""
        try:
            self._begin(letter)
        except smtplib.SMTPServerDisconnected:
            if self._is_fresh:
                raise
            self.close()
            self.open()
            self._begin(letter)
        smtp = self._connected()
        code, answer = smtp.rcpt(address)
        if code not in (250, 251):
            self._start_over()
            raise explained.recipient(code, answer)
        code, answer = smtp.docmd("DATA")
        if code != 354:
            self._start_over()
            raise explained.content(code, answer)

    def _begin(self, letter: bytes) -> None:
        smtp = self._connected()
        size = [f"size={len(letter)}"] if smtp.has_extn("size") else []
        code, answer = smtp.mail(self._server.sender_address, size)
        if code != 250:
            self.close()
            raise explained.sender(code, answer)

    def _hand_over(self, letter: bytes) -> None:
        """Once the last dot is out, silence means that nobody knows."""
        smtp = self._connected()
        body = LINE_START_DOT.sub(b"..", letter)
        end = b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            smtp.send(body + end)
        except BROKEN as error:
            self.close()
            raise explained.sending(error, self._seconds) from error
        try:
            code, answer = smtp.getreply()
        except BROKEN as error:
            self.close()
            raise MailUnsure() from error
        self._is_fresh = False
        if code != 250:
            self._start_over()
            raise explained.content(code, answer)

    def _start_over(self) -> None:
        try:
            self._connected().rset()
        except BROKEN:
            self.close()

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            raise smtplib.SMTPServerDisconnected("closed")
        return self._smtp

    def close(self) -> None:
        """Say goodbye, if anybody still listens."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.timeout = 1
            if smtp.sock is not None:
                with suppress(OSError):
                    smtp.sock.settimeout(1)
            with suppress(*BROKEN):
                smtp.quit()
            smtp.close()
            self._line.hang_up()
