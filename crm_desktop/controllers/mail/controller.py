"""发送邮件: one letter to many customers or contacts, each at most once, whatever happens in between."""

import hashlib
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from crm_desktop.controllers.attachments import read_file
from crm_desktop.controllers.base import Controller, Record
from crm_desktop.controllers.company import Company
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.mail.gathering import Addressee, Gathering
from crm_desktop.controllers.mail.letter import Enclosure, Letter, Preview
from crm_desktop.controllers.mail.sending import OnProgress, Progress, Run, Wait
from crm_desktop.controllers.mail.setup import NO_SERVER, password_of, stored_server
from crm_desktop.controllers.mail.shelf import ADD_FILE, ADD_MESSAGE, Shelf
from crm_desktop.controllers.mail.transport import Conversation
from crm_desktop.controllers.rights import requires
from crm_desktop.controllers.settings import read_option
from crm_desktop.errors import FieldError, MailError, MailPasswordRefused, ValidationError
from crm_desktop.events import RecordsChanged
from crm_desktop.models.attachment import free_name
from crm_desktop.models.mail import CHANGED, FAILED, SENDING, SENT, SKIPPED, UNSURE, WAITING, address_key
from crm_desktop.models.text import size_text

METHOD = "SELECT id FROM dictionary_items WHERE kind = 'interaction_method' AND key = 'mail' AND deleted_at IS NULL"
SAME = "和“{}”是同一个地址，只发一封。"
CANCELLED = "已取消发送。"
NOT_MADE = "已取消，没有新建邮件。"
NOBODY = "没有一个收件人有可用的电子邮箱，没有新建。"
ONE_AT_A_TIME = "另一批邮件正在发送，请等它发完，或先暂停它。"
LEFT = "退出时邮件服务器没有回答，没有发完，可以继续发送。"
STILL_GOING = "这封邮件可能正由另一个窗口发送，请过五分钟再试。"
STEP = 500
"""Addressees between two reports of progress."""
Counted = Callable[[int, int], object]


class Mail(Controller):
    """A job is created whole, then ``run`` as often as it takes."""

    area = "mail"

    def __init__(self, context: Context, records: Mapping[str, EntityController], company: Company) -> None:
        super().__init__(context)
        self._records, self._company = records, company
        self._shelf = Shelf(context, uuid.uuid4().hex)
        self._turn = threading.Lock()

    # -- composing -------------------------------------------------------------------------------------------------

    @requires("create")
    def addressees(
        self,
        entity: str,
        ids: Sequence[int],
        on_progress: Counted = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[Addressee]:
        """Who would get a letter to these customers (through their 主联系人) or contacts, and why others get none.

        MailError once cancelled.
        """
        found: list[Addressee] = []
        seen: dict[str, str] = {}
        for each in self._gathering(merges=False).addressees(entity, ids):
            if len(found) % STEP == 0:
                if cancelled():
                    raise MailError(NOT_MADE)
                on_progress(len(found), len(ids))
            key = address_key(each.address)
            if not each.reason and key in seen:
                each = replace(each, reason=SAME.format(seen[key]))
            elif not each.reason:
                seen[key] = each.name
            found.append(each)
        return found

    @requires("create")
    def preview(self, letter: Letter, entity: str, record: int) -> Preview:
        """The letter as one of them gets it; ValidationError for ``subject`` or ``body``."""
        letter.check()
        found = next(self._gathering().addressees(entity, [record]), None)
        if found is None:
            raise MailError("这位收件人已经删除。")
        return replace(letter.merged(found.values), name=found.name, address=found.address, reason=found.reason)

    @requires("create")
    def create_job(
        self,
        letter: Letter,
        entity: str,
        ids: Sequence[int],
        files: Sequence[Path] = (),
        on_progress: Counted = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> int:
        """Write everything down; nothing is sent yet. ValidationError for ``subject``, ``body`` or ``files``.

        Until it is written it may be cancelled, with MailError.
        """
        letter.check()
        enclosures = self._read(files)
        found = self.addressees(entity, ids, on_progress, cancelled)
        if all(each.reason for each in found):
            raise ValidationError({"recipients": NOBODY})
        number = sum(not each.reason for each in found)
        with self._context.operation("mail", f"新建邮件：{letter.subject}，{number} 位收件人"):
            job = self._shelf.add_job(letter)
            now = self._context.clock.timestamp()
            self._db.executemany(ADD_MESSAGE, (_row(job, each, now) for each in found))
            for each in enclosures:
                digest = hashlib.sha256(each.content).hexdigest()
                self._db.execute(ADD_FILE, (job, each.name, len(each.content), digest, each.content))
            self._context.changed(CHANGED, [job])
        return job

    def _read(self, files: Sequence[Path]) -> list[Enclosure]:
        found: list[Enclosure] = []
        try:
            for path in files:
                name = free_name(path.name, {each.name for each in found})
                found.append(Enclosure(name, read_file(path)))
        except FieldError as error:
            raise ValidationError({"files": str(error)}) from error
        size, most = sum(len(each.content) for each in found), int(read_option(self._db, "mail_megabytes"))
        if size > most * 1024 * 1024:
            raise ValidationError(
                {"files": f"附件一共 {size_text(size)}，最多 {most} MB：请减少附件，或把文件放到网盘里发链接。"}
            )
        return found

    # -- sending ---------------------------------------------------------------------------------------------------

    @requires("create")
    def run(
        self,
        job: int,
        on_progress: OnProgress = lambda done, total, text: None,
        cancelled: Callable[[], bool] = lambda: False,
        wait: Wait = time.sleep,
        is_given_up: Callable[[], bool] = lambda: False,
    ) -> Progress:
        """Send what waits, until it is done, somebody pauses or the server refuses; may be called again any time.

        Once ``is_given_up``, because the session ends, a server that says nothing is not waited for any more.
        """
        self._shelf.job(job)
        server = stored_server(self._db)
        if not server.is_ready:
            raise MailError(NO_SERVER)
        if not self._turn.acquire(blocking=False):
            raise MailError(ONE_AT_A_TIME)
        try:
            self._shelf.doubt_own(job)
            run = Run(self._context, self._shelf, self._gathering(), server, job, self._keep_sent)
            conversation = Conversation(server, password_of(server), is_given_up=is_given_up)
            progress = run.go(conversation, wait, on_progress, cancelled)
            if conversation.is_cut:
                self._shelf.set_problem(job, LEFT)
        except MailPasswordRefused as error:
            progress = Progress(problem=str(error), needs_password=True)
        finally:
            self._turn.release()
        progress.waiting = self._shelf.job(job)["counts"].get(WAITING, 0)
        self._changed(job)
        return progress

    def _keep_sent(self, message: Record, letter: Preview, before: str = SENDING) -> None:
        """It is out: its state, its 往来 and its line in the log become true together."""
        with self._context.operation("mail", f"发送邮件：{letter.subject} → {message['name']}"):
            if self._shelf.settle(message["id"], before, SENT):
                self._register(message, letter)
            self._context.changed(CHANGED, [message["job"]])

    def _register(self, message: Record, letter: Preview) -> None:
        files = self._shelf.file_names(message["job"])
        content = "\n".join(filter(None, (letter.text, f"附件：{'、'.join(files)}" if files else "")))
        interactions = self._records["interactions"]
        subject, body = interactions.entity["subject"], interactions.entity["content"]
        day, minute = self._context.clock.today(), self._context.clock.local_minute()
        values = {
            "customer": message["customer"], "contact": message["contact"], "date": day, "time": minute[-5:],
            "method": self._db.value(METHOD), "handler": self._context.operator.id,
            "subject": letter.subject[: getattr(subject, "length", 100)] or "邮件",
            "content": content[: getattr(body, "length", 2000)],
        }  # fmt: skip
        try:
            interactions._create_many([values])
        except ValidationError:  # the contact has gone to another customer meanwhile
            interactions._create_many([{**values, "contact": None}])

    # -- looking ---------------------------------------------------------------------------------------------------

    @requires("view")
    def jobs(self, limit: int = 200) -> list[Record]:
        """The newest jobs of those whose customers the operator may see; ``counts`` has the messages by state."""
        return self._shelf.jobs(limit)

    @requires("view")
    def unfinished(self) -> list[Record]:
        """The operator's own jobs in which somebody still waits."""
        me = self._context.operator.id
        return [each for each in self._shelf.jobs(50) if each["counts"].get(WAITING) and each["owner"] == me]

    @requires("view")
    def messages(self, job: int) -> list[Record]:
        """A job's messages: name, address, ``state_text``, ``reason``, when."""
        self._shelf.job(job)
        return self._shelf.messages(job)

    @requires("view")
    def letter(self, job: int) -> Letter:
        """What was written, with its merge fields."""
        self._shelf.job(job)
        return self._shelf.letter(job)

    # -- putting right ---------------------------------------------------------------------------------------------

    @requires("create")
    def retry(self, job: int) -> int:
        """Those that were refused wait again, nobody else; how many."""
        self._shelf.job(job)
        failed = [each for each in self._shelf.messages(job) if each["state"] == FAILED]
        number = sum(self._shelf.settle(each["id"], FAILED, WAITING) for each in failed)
        self._changed(job)
        return number

    @requires("create")
    def resend(self, message: int) -> None:
        """The clerk's word that one which may have gone out is to be sent again."""
        found = self._in_doubt(message)
        self._shelf.settle(message, found["state"], WAITING)
        self._changed(found["job"])

    @requires("create")
    def confirm(self, message: int) -> None:
        """The clerk's word that one which may have gone out did: it gets its 往来."""
        found = self._in_doubt(message)
        addressee = self._gathering().again(found["customer"], found["contact"])
        if addressee is None:
            self._shelf.settle(message, found["state"], SENT)
        else:
            letter = self._shelf.letter(found["job"]).merged(addressee.values)
            self._keep_sent(found, letter, found["state"])
        self._changed(found["job"])

    @requires("create")
    def skip_rest(self, job: int) -> int:
        """Those who still wait get nothing; how many."""
        subject = self._shelf.job(job)["subject"]
        with self._context.operation("mail", f"取消发送：{subject}"):
            number = self._shelf.skip_rest(job, CANCELLED)
            self._shelf.set_problem(job, "")
            self._context.changed(CHANGED, [job])
        return number

    def _in_doubt(self, message: int) -> Record:
        found = self._shelf.message(message)
        if found["state"] == SENDING and not self._shelf.is_stale(found):
            raise MailError(STILL_GOING)
        if found["state"] not in (UNSURE, SENDING):
            raise MailError("这封邮件不是“可能已发”，不用处理。")
        return found

    def _changed(self, job: int) -> None:
        self._context.bus.publish(RecordsChanged(CHANGED, frozenset((job,))))

    def _gathering(self, merges: bool = True) -> Gathering:
        return Gathering(self._context, self._records, self._company.profile(), merges)


def _row(job: int, each: Addressee, now: str) -> tuple[object, ...]:
    state = SKIPPED if each.reason else WAITING
    key = None if each.reason else address_key(each.address)
    return job, each.customer, each.contact, each.name, each.address, key, state, each.reason, now
