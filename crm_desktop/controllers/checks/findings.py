"""What a check finds, and what it is handed to look with."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crm_desktop.db.connection import Connections, explained
from crm_desktop.db.statements import quote
from crm_desktop.errors import CrmError
from crm_desktop.models import Entity

SHOWN = 20
"""Examples of one finding."""
RESTORE = "不能自动修复，请用最近的备份恢复。"
IN_BIN = "（在回收站）"
CORRECT = "请打开这些记录改正。"


class CheckCancelled(CrmError):
    sentence = "检查已取消。"


@dataclass(frozen=True)
class Example:
    """One place where something is wrong; with an entity and a record it can be opened."""

    text: str
    entity: str = ""
    record: int | None = None


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, however often."""

    kind: str
    """The check that found it, under which it is repaired."""
    sentence: str
    count: int
    is_repairable: bool
    remedy: str
    """What the repair does, or the way out when there is none."""
    examples: tuple[Example, ...] = ()
    details: tuple[object, ...] = ()
    """What the repair needs to know."""


@dataclass(frozen=True)
class Reading:
    """What every check is handed."""

    db: Connections
    today: date
    pulse: Callable[[], None]
    """Called often while a check runs: raises CheckCancelled when nobody wants to know any more."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[object, ...]]:
        """Rows as they come, however many."""
        with explained():
            for number, row in enumerate(self.db.execute(sql, parameters)):
                if not number % 1000:
                    self.pulse()
                yield tuple(row)

    def records(self, entity: Entity, ids: Iterable[object], note: str = "") -> tuple[Example, ...]:
        """The first of the records by name, each with a note."""
        wanted = [record for record in ids if isinstance(record, int)][:SHOWN]
        title = quote(entity.title)
        sql = (
            f"SELECT id, {title}, deleted_at FROM {quote(entity.table)}"
            " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
        )
        found = self.db.query(sql, (json.dumps(wanted),))
        return tuple(
            Example(f"{entity.label} {row[1]}{IN_BIN if row[2] else ''}{note}", entity.key, row[0]) for row in found
        )


Check = Callable[[Reading], Iterator[Finding]]
