"""One run through a job: message after message, slowly enough, each state committed before and after it is sent."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.mail.gathering import GONE, Gathering
from crm_desktop.controllers.mail.letter import Enclosure, Letter, Preview, domain, to_wire
from crm_desktop.controllers.mail.shelf import HOUR, Shelf
from crm_desktop.controllers.settings import read_option
from crm_desktop.errors import MailError, MailPasswordRefused, MailRefused, MailUnsure
from crm_desktop.models.mail import FAILED, SENDING, SKIPPED, UNSURE, WAITING, MailServer

OnProgress = Callable[[int, int, str], object]
Wait = Callable[[float], object]
STEP_SECONDS = 0.2
"""Between two looks at whether somebody has pressed 暂停."""
LONG_SECONDS = 20
"""A server that hears nothing for so long goes away: better to say goodbye."""
MOST_REFUSED = 5
REFUSED_ALL = "连续 {} 封被拒绝，已自动暂停，请先看看原因：{}"


class Talks(Protocol):
    """What sends: ``Conversation``."""

    def open(self) -> None: ...
    def send(self, address: str, letter: bytes) -> None: ...
    def close(self) -> None: ...


@dataclass
class Progress:
    """What a run has done. ``problem`` is why it stopped by itself; ``needs_password`` that a password would help."""

    sent: int = 0
    failed: int = 0
    unsure: int = 0
    skipped: int = 0
    waiting: int = 0
    problem: str = ""
    needs_password: bool = False


class Run:
    """``keep(message, letter)`` writes down that a letter went out, with its state, in one transaction."""

    def __init__(
        self, context: Context, shelf: Shelf, gathering: Gathering, server: MailServer, job: int,
        keep: Callable[[Record, Preview], None],
    ) -> None:  # fmt: skip
        self._context, self._shelf, self._gathering, self._server = context, shelf, gathering, server
        self._job, self._keep = job, keep
        self._letter: Letter = shelf.letter(job)
        self._enclosures: list[Enclosure] = shelf.enclosures(job)
        self._pause = float(read_option(context.db, "mail_pause_seconds"))
        self._per_hour = int(read_option(context.db, "mail_per_hour"))
        self._refused_in_a_row = 0
        self.progress = Progress()

    def go(
        self, conversation: AbstractContextManager[Talks], wait: Wait, on_progress: OnProgress,
        is_cancelled: Callable[[], bool],
    ) -> Progress:  # fmt: skip
        """Until nothing waits, somebody pauses, or the server cannot be used."""
        self._shelf.set_problem(self._job, "")
        is_first = True
        with conversation as talks:
            while not is_cancelled() and (message := self._shelf.next(self._job)) is not None:
                if not is_first and not self._hold(talks, wait, on_progress, is_cancelled):
                    break
                is_first = False
                self._tell(on_progress, message["name"])
                try:
                    self._one(message, talks)
                except MailError as error:
                    self._stop(error)
                    break
        return self.progress

    # -- one message -----------------------------------------------------------------------------------------------

    def _one(self, message: Record, talks: Talks) -> None:
        """MailError when nothing more can be sent."""
        addressee = self._gathering.again(message["customer"], message["contact"])
        if addressee is None or addressee.is_unsubscribed:
            self._shelf.settle(message["id"], WAITING, SKIPPED, GONE if addressee is None else addressee.reason)
            self.progress.skipped += 1
            return
        letter = self._letter.merged(addressee.values)
        message_id = message["message_id"] or f"<{uuid.uuid4().hex}@{domain(self._server)}>"
        now = self._context.clock.now()
        wire = to_wire(self._server, message["address"], letter, self._enclosures, message_id, now)
        talks.open()
        if self._shelf.claim(message["id"], message_id):
            self._send(message, letter, wire, talks)

    def _send(self, message: Record, letter: Preview, wire: bytes, talks: Talks) -> None:
        id = message["id"]
        try:
            talks.send(message["address"], wire)
        except MailRefused as error:
            self._shelf.settle(id, SENDING, FAILED, str(error))
            self.progress.failed += 1
            self._refused(error)
        except MailUnsure as error:
            self._shelf.settle(id, SENDING, UNSURE, str(error))
            self.progress.unsure += 1
            raise
        except MailError:
            self._shelf.settle(id, SENDING, WAITING)
            raise
        else:
            self._keep(message, letter)
            self.progress.sent += 1
            self._refused_in_a_row = 0

    def _refused(self, error: MailRefused) -> None:
        """A provider that has had enough refuses everything; going on would only make it worse."""
        self._refused_in_a_row += 1
        if self._refused_in_a_row >= MOST_REFUSED:
            raise MailError(REFUSED_ALL.format(MOST_REFUSED, error))

    def _stop(self, error: MailError) -> None:
        self.progress.problem = str(error)
        self.progress.needs_password = isinstance(error, MailPasswordRefused)
        self._shelf.set_problem(self._job, str(error))

    # -- slowly ----------------------------------------------------------------------------------------------------

    def _hold(
        self, talks: Talks, wait: Wait, on_progress: OnProgress, is_cancelled: Callable[[], bool]
    ) -> bool:
        """Wait between two letters, and longer when the hour is full; False when somebody paused meanwhile."""
        left, told = self._pause, 0
        self._tell(on_progress, f"每封间隔 {self._pause:g} 秒" if self._pause else "")
        while not is_cancelled():
            if left <= 0:
                left, told = self._seconds_until_free(), 0
                if left <= 0:
                    return True
            if left > LONG_SECONDS:
                talks.close()
            minutes = -int(-left // 60)
            if left > self._pause and minutes != told:
                told = minutes
                self._tell(on_progress, f"每小时最多 {self._per_hour} 封，约 {minutes} 分钟后继续")
            step = min(STEP_SECONDS, left)
            wait(step)
            left -= step
        return False

    def _seconds_until_free(self) -> float:
        sent = self._shelf.sent_last_hour() if self._per_hour else []
        if not self._per_hour or len(sent) < self._per_hour:
            return 0
        first = datetime.fromisoformat(sent[-self._per_hour].replace("Z", "+00:00"))
        return max(1.0, (first + HOUR - self._context.clock.now()).total_seconds() + 1)

    def _tell(self, on_progress: OnProgress, text: str) -> None:
        counts = self._shelf.job(self._job)["counts"]
        total = sum(number for state, number in counts.items() if state != SKIPPED)
        on_progress(total - counts.get(WAITING, 0), total, text)
