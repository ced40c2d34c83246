"""Jobs and messages in the database: what may be sent next, and the one way in which a message changes its state."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.mail.letter import Enclosure, Letter
from crm_desktop.db.statements import Clause
from crm_desktop.errors import NotFound
from crm_desktop.models import CUSTOMERS
from crm_desktop.models.mail import FAILED, SENDING, SENT, SKIPPED, UNSURE, WAITING
from crm_desktop.models.moments import local_text

JOBS = """SELECT t.id, t.created_at, t.subject, t.is_html, t.problem, t.owner,
   COALESCE(o.full_name, '') AS operator_text,
   (SELECT count(*) FROM mail_attachments a WHERE a.job = t.id) AS attachments
 FROM (SELECT *, operator AS owner FROM mail_jobs) t LEFT JOIN operators o ON o.id = t.owner
 WHERE ({scope}) AND (? IS NULL OR t.id = ?) ORDER BY t.id DESC LIMIT ?"""
COUNTS = "SELECT job, state, count(*) AS number FROM mail_messages WHERE job IN ({jobs}) GROUP BY job, state"
LETTER = "SELECT subject, body, is_html FROM mail_jobs WHERE id = ?"
MINE = "EXISTS (SELECT 1 FROM customers t WHERE t.id = m.customer AND ({scope}))"
MESSAGES = """SELECT m.id, m.customer, m.contact, m.name, m.address, m.state, m.reason, m.at, m.window
 FROM mail_messages m WHERE m.job = ? AND {mine} ORDER BY m.id"""
NEXT = "SELECT m.* FROM mail_messages m WHERE m.job = ? AND m.state = ? AND {mine} ORDER BY m.id LIMIT 1"
CHOSEN = "SELECT m.* FROM mail_messages m WHERE m.id = ? AND {mine}"
CLAIM = """UPDATE mail_messages SET state = ?, window = ?, at = ?, message_id = ?, reason = ''
 WHERE id = ? AND state = ?"""
SETTLE = "UPDATE mail_messages SET state = ?, reason = ?, at = ? WHERE id = ? AND state = ?"
SKIP_REST = f"""UPDATE mail_messages AS m SET state = '{SKIPPED}', reason = ?, at = ?
 WHERE job = ? AND state = '{WAITING}' AND {{mine}}"""
DOUBT_OWN = f"UPDATE mail_messages SET state = '{UNSURE}' WHERE job = ? AND state = '{SENDING}' AND window = ?"
PROBLEM = "UPDATE mail_jobs SET problem = ? WHERE id = ?"
ADD_JOB = "INSERT INTO mail_jobs (created_at, operator, subject, body, is_html) VALUES (?, ?, ?, ?, ?)"
ADD_MESSAGE = """INSERT INTO mail_messages (job, customer, contact, name, address, address_key, state, reason, at)
 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
ADD_FILE = "INSERT INTO mail_attachments (job, name, size, sha256, content) VALUES (?, ?, ?, ?, ?)"
FILES = "SELECT name, content FROM mail_attachments WHERE job = ? ORDER BY id"
FILE_NAMES = "SELECT name FROM mail_attachments WHERE job = ? ORDER BY id"
SENT_SINCE = f"SELECT at FROM mail_messages WHERE state IN ('{SENT}', '{UNSURE}') AND at > ? ORDER BY at"
HOUR = timedelta(hours=1)
PATIENCE = timedelta(minutes=5)
"""So long a message may be on its way from another window; then nobody is sending it any more."""


class Shelf:
    """What one operator may see of the jobs; a message belongs to whoever may see its customer."""

    def __init__(self, context: Context, window: str) -> None:
        self._context, self._db, self.window = context, context.db, window

    # -- jobs ------------------------------------------------------------------------------------------------------

    def jobs(self, limit: int, job: int | None = None) -> list[Record]:
        """The newest first, each with how many messages are in which state."""
        scope = self._context.scope(CUSTOMERS)
        rows = self._db.query(JOBS.format(scope=scope.sql), (*scope.parameters, job, job, limit))
        found: dict[int, Record] = {row["id"]: {**dict(row), "counts": {}} for row in rows}
        marks = ", ".join("?" * len(found))
        for row in self._db.query(COUNTS.format(jobs=marks), tuple(found)):
            found[row["job"]]["counts"][row["state"]] = row["number"]
        for each in found.values():
            each["created_at_text"] = local_text(each["created_at"])
        return list(found.values())

    def job(self, job: int) -> Record:
        """NotFound when it is not there for this operator."""
        found = self.jobs(1, job)
        if not found:
            raise NotFound("没有找到这批邮件。")
        return found[0]

    def letter(self, job: int) -> Letter:
        row = self._db.one(LETTER, (job,))
        assert row is not None
        return Letter(row["subject"], row["body"], bool(row["is_html"]))

    def enclosures(self, job: int) -> list[Enclosure]:
        return [Enclosure(row["name"], bytes(row["content"])) for row in self._db.query(FILES, (job,))]

    def file_names(self, job: int) -> list[str]:
        return [row["name"] for row in self._db.query(FILE_NAMES, (job,))]

    def add_job(self, letter: Letter) -> int:
        values = (self._now, self._context.operator.id, letter.subject, letter.body, int(letter.is_html))
        return int(self._db.execute(ADD_JOB, values).lastrowid or 0)

    def set_problem(self, job: int, problem: str) -> None:
        with self._db.atomic():
            self._db.execute(PROBLEM, (problem, job))

    # -- messages --------------------------------------------------------------------------------------------------

    def messages(self, job: int) -> list[Record]:
        """As they were added; one that another window left on its way is told as possibly sent."""
        mine = self._mine()
        rows = [dict(row) for row in self._db.query(MESSAGES.format(mine=mine.sql), (job, *mine.parameters))]
        for row in rows:
            row["is_mine"] = row["window"] == self.window
            row["state_text"] = UNSURE if row["state"] == SENDING and not row["is_mine"] else row["state"]
            row["at_text"] = local_text(row["at"] or "")
        return rows

    def next(self, job: int) -> Record | None:
        """The next one that waits."""
        mine = self._mine()
        row = self._db.one(NEXT.format(mine=mine.sql), (job, WAITING, *mine.parameters))
        return dict(row) if row else None

    def message(self, message: int) -> Record:
        """NotFound when it is not there for this operator."""
        mine = self._mine()
        row = self._db.one(CHOSEN.format(mine=mine.sql), (message, *mine.parameters))
        if row is None:
            raise NotFound("没有找到这封邮件。")
        return dict(row)

    def claim(self, message: int, message_id: str) -> bool:
        """From now on this window sends it, committed before anything goes out; False when another was quicker."""
        with self._db.atomic():
            values = (SENDING, self.window, self._now, message_id, message, WAITING)
            return self._db.execute(CLAIM, values).rowcount == 1

    def settle(self, message: int, before: str, after: str, reason: str = "") -> bool:
        """From one state to another; False when it was no longer in the first."""
        with self._db.atomic():
            return self._db.execute(SETTLE, (after, reason, self._now, message, before)).rowcount == 1

    def doubt_own(self, job: int) -> None:
        """What an earlier run of this window could not write down any more may have gone out."""
        with self._db.atomic():
            self._db.execute(DOUBT_OWN, (job, self.window))

    def skip_rest(self, job: int, reason: str) -> int:
        """Nobody who still waits gets it; how many those are."""
        mine = self._mine()
        return self._db.execute(SKIP_REST.format(mine=mine.sql), (reason, self._now, job, *mine.parameters)).rowcount

    def is_stale(self, message: Record) -> bool:
        """Whether nobody can be sending it any more, although its state says so."""
        if message["window"] == self.window:
            return False
        began = datetime.fromisoformat(str(message["at"]).replace("Z", "+00:00"))
        return self._context.clock.now() - began > PATIENCE

    def sent_last_hour(self) -> list[str]:
        """When letters went out in the past hour, of all jobs, the oldest first."""
        return [row["at"] for row in self._db.query(SENT_SINCE, (self._context.clock.timestamp(-HOUR),))]

    def _mine(self) -> Clause:
        scope = self._context.scope(CUSTOMERS)
        return Clause(MINE.format(scope=scope.sql), scope.parameters)

    @property
    def _now(self) -> str:
        return self._context.clock.timestamp()


def told(counts: dict[str, int]) -> str:
    """已发 12，失败 1，待发 3."""
    order: Sequence[str] = (SENT, UNSURE, FAILED, SKIPPED, SENDING, WAITING)
    return "，".join(f"{state} {counts[state]:,}" for state in order if counts.get(state)) or "没有收件人"


def state_of(job: Record, is_running: bool) -> str:
    """How a job stands, in a word."""
    counts: dict[str, Any] = job["counts"]
    if is_running:
        return "正在发送"
    if counts.get(WAITING):
        return "已暂停" if counts.get(SENT) or job["problem"] else "等待发送"
    return "有失败" if counts.get(FAILED) or counts.get(UNSURE) or counts.get(SENDING) else "已完成"
