"""What every controller of a signed-in office shares: database, operator, rights, the log of operations, events."""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from crm_desktop import system
from crm_desktop.clock import Clock
from crm_desktop.controllers.rights import AREAS, VERBS
from crm_desktop.db import Database
from crm_desktop.db.statements import ALWAYS, Clause, column
from crm_desktop.errors import PermissionDenied
from crm_desktop.events import EventBus, RecordsChanged
from crm_desktop.models import Entity

MAY = """SELECT 1 FROM operators o JOIN permissions p ON p.role = o.role
 WHERE o.id = ? AND o.is_active = 1 AND o.deleted_at IS NULL AND p.area = ? AND p.verb = ?"""
SCOPE = "SELECT r.data_scope FROM operators o JOIN roles r ON r.id = o.role WHERE o.id = ?"
COLLEAGUES = """SELECT c.id FROM operators c JOIN operators me ON me.department = c.department
 WHERE me.id = ? UNION SELECT ?"""

MANY = 1000
"""An event names at most this many ids; beyond that it says "many"."""


@dataclass(frozen=True)
class Operator:
    """Who is signed in; ``id`` is None for the program itself (first start, command line without operator)."""

    id: int | None
    name: str
    full_name: str
    role: str


@dataclass
class Context:
    """Handed to every controller by ``Office``."""

    db: Database
    operator: Operator
    bus: EventBus
    clock: Clock
    _open: threading.local = field(default_factory=threading.local, repr=False)

    def may(self, area: str, verb: str) -> bool:
        """Asked of the database each time, so that a changed role counts at once."""
        return self.db.one(MAY, (self.operator.id, area, verb)) is not None

    def demand(self, area: str, verb: str) -> None:
        if not self.may(area, verb):
            raise PermissionDenied(f"您没有“{AREAS.get(area, area)}”的{VERBS[verb]}权限，请联系管理员。")

    def scope(self, entity: Entity) -> Clause:
        """Which rows of an entity the operator may see: the one place that decides it."""
        if entity.scope_field is None:
            return ALWAYS
        source = column(entity.scope_field)
        match self.db.value(SCOPE, (self.operator.id,)):
            case "本人":
                return Clause(f"{source} = ?", (self.operator.id,))
            case "本部门":
                return Clause(f"{source} IN ({COLLEAGUES})", (self.operator.id, self.operator.id))
        return ALWAYS

    def sees_all(self) -> bool:
        """Whether the operator's data scope is not limited to their own records."""
        return bool(self.db.value(SCOPE, (self.operator.id,)) != "本人")

    @contextmanager
    def operation(self, kind: str, sentence: str) -> Iterator[int]:
        """One transaction and its line in the log; inside another operation it is part of that one."""
        current: int | None = getattr(self._open, "operation", None)
        if current is not None:
            with self.db.atomic():
                yield current
            return
        with self.db.atomic():
            cursor = self.db.execute(
                "INSERT INTO operations (at, operator, computer, kind, sentence) VALUES (?, ?, ?, ?, ?)",
                (self.clock.timestamp(), self.operator.id, system.computer_name(), kind, sentence),
            )
            self._open.operation = cursor.lastrowid
            try:
                yield int(cursor.lastrowid or 0)
            finally:
                self._open.operation = None

    def audit_many(self, operation: int, entity: str, kind: str, records: Iterable[int]) -> None:
        self.db.executemany(
            "INSERT INTO audit (operation, entity, record, kind) VALUES (?, ?, ?, ?)",
            ((operation, entity, record, kind) for record in records),
        )

    def audit_change(
        self, operation: int, entity: str, record: int, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> None:
        """Log an update: the changed fields only, before and after."""
        self.db.execute(
            "INSERT INTO audit (operation, entity, record, kind, old, new) VALUES (?, ?, ?, 'update', ?, ?)",
            (operation, entity, record, as_json(old), as_json(new)),
        )

    def changed(self, entity: str, ids: Iterable[int] | None, operation: int | None = None) -> None:
        """Tell the screens once the transaction is durable."""
        named = None if ids is None else frozenset(ids)
        if named is not None and len(named) > MANY:
            named = None
        self.db.after_commit(lambda: self.bus.publish(RecordsChanged(entity, named, operation)))


def as_json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)
