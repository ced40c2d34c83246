"""What 系统数据清理 can remove: dealings with customers by their date, attachments, mail, the recycle bin, the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crm_desktop.clock import Clock
from crm_desktop.db.connection import Connections
from crm_desktop.db.doomed import ATTACHMENTS, CHOSEN, ITEMS, LETTERS, MAIL, Doomed
from crm_desktop.db.statements import Clause, join, quote
from crm_desktop.models import CUSTOMERS, ENTITIES, RECORDS, Entity
from crm_desktop.models.mail import WAITING
from crm_desktop.models.moments import start_of_day

BIN, LOG = "recycle_bin", "audit"
SIGN_INS_KEPT = timedelta(days=90)
DATED = "date"
PURGEABLE = "purged_in IS NULL"
SIGN_INS = "kind LIKE 'sign\\_in%' ESCAPE '\\'"
NEWEST = "SELECT COALESCE(max(id), 0) FROM operations"
CLEAR = "UPDATE operations SET purged_in = ?, sentence = '' WHERE "
UNFINISHED = f"SELECT 1 FROM {LETTERS} m WHERE m.job = j.id AND (m.state = '{WAITING}' OR m.at >= ?)"
JUST_SENT = timedelta(hours=1)
"""So far back the limit of letters an hour looks."""
MAIL_GOES_ON = "群发邮件：还没有发完，或刚刚发出"
REMOVE_CHANGES = "DELETE FROM audit WHERE operation IN (SELECT id FROM operations WHERE purged_in = ?)"


@dataclass(frozen=True)
class Module:
    """One thing that can be ticked."""

    key: str
    label: str
    note: str
    has_open: bool = False
    """Some of it may be unfinished."""


@dataclass(frozen=True)
class Selection:
    """What is to be cleaned: modules and a period; both days are local and belong to it, no ``since`` is any time."""

    modules: tuple[str, ...]
    until: date
    since: date | None = None
    only_finished: bool = True
    """Leave what is not at the end of its workflow, or not done yet."""

    @property
    def period(self) -> str:
        """In words."""
        return f"{self.since} 至 {self.until}" if self.since else f"{self.until} 及以前"


def dealings() -> list[Entity]:
    """Entities that belong to a customer and have a date."""
    owned = (each for each in RECORDS if each.owner_reference and each.owner_reference.entity == CUSTOMERS.key)
    return [each for each in owned if DATED in each.writable]


def modules() -> list[Module]:
    """All there are, in the order of the screen."""
    found = [Module(each.key, each.label, f"按{each[DATED].label}", _finished(each) is not None) for each in dealings()]
    return [
        *found,
        Module(ATTACHMENTS, "附件", "只清理文件，记录保留；按添加的日期"),
        Module(MAIL, "发送邮件", "已发完的，业务往来保留；按新建的日期"),
        Module(BIN, "回收站", "彻底删除；按删除的日期"),
        Module(LOG, "系统日志", f"最近 {SIGN_INS_KEPT.days} 天的登录记录保留；按操作的日期"),
    ]


def choose(database: Connections, doomed: Doomed, selection: Selection, clock: Clock) -> dict[str, int]:
    """Choose all records and files of a selection; {why: how many} of those that must stay."""
    kept: dict[str, int] = {}
    for entity in dealings():
        if entity.key in selection.modules:
            doomed.choose(entity.key, _dated(entity, selection))
    if ATTACHMENTS in selection.modules:
        period = _between("created_at", selection)
        doomed.choose(ATTACHMENTS, Clause(f"SELECT id FROM attachments WHERE {period.sql}", period.parameters))
    if MAIL in selection.modules:
        kept |= _choose_mail(database, doomed, selection, clock)
    if BIN in selection.modules:
        period = _between("deleted_at", selection)
        for key in (*(each.key for each in RECORDS), ATTACHMENTS, ITEMS):
            doomed.choose(key, Clause(f"SELECT id FROM {quote(key)} WHERE {period.sql}", period.parameters))
    doomed.choose_owned()
    for use in doomed.spare_used():
        label = ENTITIES[use.entity].label if use.entity in ENTITIES else "字典项目"
        reason = f"{label}：还被{use.where}引用"
        kept[reason] = kept.get(reason, 0) + len(use.records)
    return kept


def _choose_mail(database: Connections, doomed: Doomed, selection: Selection, clock: Clock) -> dict[str, int]:
    """Jobs in which somebody still waits stay: what is not known to have been sent would be sent again."""
    period = _between("j.created_at", selection)
    recently = clock.timestamp(-JUST_SENT)
    jobs = f"FROM {MAIL} j WHERE {period.sql} AND "
    doomed.choose(MAIL, Clause(f"SELECT j.id {jobs} NOT EXISTS ({UNFINISHED})", (*period.parameters, recently)))
    going_on = database.value(f"SELECT count(*) {jobs} EXISTS ({UNFINISHED})", (*period.parameters, recently))
    return {MAIL_GOES_ON: int(going_on)} if going_on else {}


def _dated(entity: Entity, selection: Selection) -> Clause:
    parts = [Clause(f"{DATED} <= ?", (selection.until.isoformat(),))]
    if selection.since:
        parts.append(Clause(f"{DATED} >= ?", (selection.since.isoformat(),)))
    finished = _finished(entity)
    if selection.only_finished and finished:
        parts.append(finished)
    where = join("AND", parts)
    return Clause(f"SELECT id FROM {quote(entity.table)} WHERE {where.sql}", where.parameters)


def _finished(entity: Entity) -> Clause | None:
    """That nobody has to see to a record any more; None for those that are never open."""
    if entity.workflow:
        return Clause("status = ?", (entity.workflow.last,))
    return Clause(f"{quote(entity.finished_if)} = 1") if entity.finished_if else None


def _between(column: str, selection: Selection) -> Clause:
    """A machine time within the local days of a selection."""
    parts = [Clause(f"{column} < ?", (start_of_day(selection.until, days_later=1),))]
    if selection.since:
        parts.append(Clause(f"{column} >= ?", (start_of_day(selection.since),)))
    return join("AND", parts)


def open_counts(database: Connections, keys: Sequence[str]) -> dict[str, int]:
    """{label: how many} of the chosen records that somebody still has to see to."""
    found = {}
    for entity in (ENTITIES[key] for key in keys if key in ENTITIES):
        if finished := _finished(entity):
            chosen = f"SELECT count(*) FROM {quote(entity.table)} WHERE id IN {CHOSEN.format(entity.key)}"
            if number := database.value(f"{chosen} AND NOT ({finished.sql})", finished.parameters):
                found[entity.label] = int(number)
    return found


# The log


def newest(database: Connections) -> int:
    """The last operation there is now: what comes after it was not counted and stays."""
    return int(database.value(NEWEST))


def _of_log(selection: Selection, clock: Clock, last: int) -> Clause:
    """Operations of the period, up to the ``last``, that may be cleared."""
    recent = clock.timestamp(-SIGN_INS_KEPT)
    sign_ins = Clause(f"NOT ({SIGN_INS} AND at >= ?)", (recent,))
    return join("AND", [Clause(PURGEABLE), Clause("id <= ?", (last,)), _between("at", selection), sign_ins])


def count_log(database: Connections, selection: Selection, clock: Clock, last: int) -> int:
    """How many operations would be cleared."""
    if LOG not in selection.modules:
        return 0
    where = _of_log(selection, clock, last)
    return int(database.value(f"SELECT count(*) FROM operations WHERE {where.sql}", where.parameters))


def clear_log(database: Connections, selection: Selection, clock: Clock, last: int, operation: int) -> None:
    """Clear what those operations said and every change they made; they themselves and the chain stay."""
    where = _of_log(selection, clock, last)
    database.execute(CLEAR + where.sql, (operation, *where.parameters))
    database.execute(REMOVE_CHANGES, (operation,))
