"""The line to a mail server: it can be cut from outside, so that nobody waits for a server that says nothing."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress

from crm_desktop.models.mail import SSL, MailServer

OUR_NAME = "[127.0.0.1]"
"""What we say we are called: the computer's own name may be Chinese, which no server takes."""
GRACE_SECONDS = 2.0
"""So long the letter on its way may still take when the session ends: then its state is known."""
STEP_SECONDS = 0.1
CUT = "the session has ended"


class Line:
    """``is_given_up`` says that nobody waits any more; after ``GRACE_SECONDS`` what waits for the server fails.

    A server that is silent is then told as one that dropped the connection: what had been handed over whole may have
    gone out, anything else waits for the next time.
    """

    def __init__(self, is_given_up: Callable[[], bool]) -> None:
        self._is_given_up = is_given_up
        self.is_cut = False
        self._other_end: socket.socket | None = None
        self._is_over = threading.Event()

    def __enter__(self) -> "Line":
        threading.Thread(target=self._watch, name="mail line", daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._is_over.set()
        self.hang_up()

    def hang_up(self) -> None:
        """The connection is closed by whoever talks; nothing of it is left here."""
        end, self._other_end = self._other_end, None
        if end is not None:
            end.close()

    def dial(self, host: str, port: int, seconds: float) -> socket.socket:
        """A connection; OSError when there is none, or the line is cut meanwhile.

        Names are looked up and calls are placed by the system, which nothing interrupts: another thread waits for it.
        """
        found: list[socket.socket | Exception] = []

        def place() -> None:
            try:
                found.append(socket.create_connection((host, port), seconds))
            except (OSError, ValueError) as error:  # a name that cannot be written in ASCII
                found.append(error)

        caller = threading.Thread(target=place, name="mail call", daemon=True)
        caller.start()
        while not found:
            caller.join(STEP_SECONDS)
            if self.is_cut:
                raise ConnectionAbortedError(CUT)
        (answer,) = found
        if isinstance(answer, Exception):
            raise answer
        self._other_end = answer.dup()
        return answer

    # -- inside ----------------------------------------------------------------------------------------------------

    def _watch(self) -> None:
        left = GRACE_SECONDS
        while not self._is_over.wait(STEP_SECONDS):
            if self._is_given_up():
                left -= STEP_SECONDS
            if left <= 0:
                self.is_cut = True
                self._shut()

    def _shut(self) -> None:
        """Whoever waits for the other side wakes up with an error; encrypted or not, it is one connection."""
        end = self._other_end
        if end is not None:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class Plain(smtplib.SMTP):
    """smtplib's, over a line."""

    def __init__(self, line: Line, server: MailServer, seconds: float) -> None:
        self._line = line
        super().__init__(server.host, server.port, OUR_NAME, timeout=seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self._line.dial(host, port, timeout)


class Encrypted(smtplib.SMTP_SSL):
    """The same, encrypted from the first word on."""

    def __init__(self, line: Line, server: MailServer, seconds: float, context: ssl.SSLContext) -> None:
        self._line = line
        super().__init__(server.host, server.port, OUR_NAME, timeout=seconds, context=context)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self.context.wrap_socket(self._line.dial(host, port, timeout), server_hostname=host)


def call(line: Line, server: MailServer, seconds: float, context: ssl.SSLContext) -> smtplib.SMTP:
    """The server's greeting has been heard when this returns."""
    if server.security == SSL:
        return Encrypted(line, server, seconds, context)
    return Plain(line, server, seconds)
