"""What every controller of a signed-in office shares: database, operator, rights, the log of operations, events."""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from crm_desktop import system
from crm_desktop.clock import Clock
from crm_desktop.controllers import chain
from crm_desktop.controllers.rights import ANYONE, AREAS, VERBS
from crm_desktop.db import Database
from crm_desktop.db.statements import ALWAYS, Clause, column, join, quote
from crm_desktop.errors import PermissionDenied
from crm_desktop.events import EventBus, RecordsChanged
from crm_desktop.models import Entity
from crm_desktop.models.log import without_numbers

MAY = """SELECT 1 FROM operators o WHERE o.id = :me AND o.is_active = 1 AND o.deleted_at IS NULL AND (
   EXISTS (SELECT 1 FROM permissions p WHERE p.role = o.role AND p.area = :area AND p.verb = :verb)
   OR EXISTS (SELECT 1 FROM operator_permissions p WHERE p.operator = o.id AND p.area = :area AND p.verb = :verb))"""
ACTIVE = "SELECT 1 FROM operators WHERE id = ? AND is_active = 1 AND deleted_at IS NULL"
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


class _OfThread(threading.local):
    """What one thread is doing."""

    def __init__(self) -> None:
        self.operation: int | None = None
        self.changes: dict[str, frozenset[int] | None] = {}
        """Records written by a committed operation that the screens have not been told of yet."""


@dataclass
class Context:
    """Handed to every controller by ``Office``."""

    db: Database
    operator: Operator
    bus: EventBus
    clock: Clock
    _open: _OfThread = field(default_factory=_OfThread, repr=False)

    def may(self, area: str, verb: str) -> bool:
        """Asked of the database each time, so that a changed role counts at once."""
        return self.db.one(MAY, {"me": self.operator.id, "area": area, "verb": verb}) is not None

    def demand(self, area: str, verb: str) -> None:
        """PermissionDenied unless the operator has the right; what anyone may do needs an active account."""
        if verb != ANYONE and self.may(area, verb):
            return
        if self.operator.id is not None and self.db.one(ACTIVE, (self.operator.id,)) is None:
            raise PermissionDenied("您的账号已停用，请联系管理员。")
        if verb != ANYONE:
            raise PermissionDenied(f"您没有“{AREAS.get(area, area)}”的{VERBS[verb]}权限，请联系管理员。")

    @property
    def sees_numbers(self) -> bool:
        """Whether telephone numbers are shown whole; the program itself sees everything."""
        return self.operator.id is None or self.may("phones", "view")

    def scope(self, entity: Entity) -> Clause:
        """Which rows of an entity the operator may see: the one place that decides it."""
        if entity.scope_field is None:
            return ALWAYS
        me = self.operator.id
        match self.data_scope():
            case "全部":
                return ALWAYS
            case "本部门":
                mine = Clause(f"IN ({COLLEAGUES})", (me, me))
            case _:
                mine = Clause("= ?", (me,))
        whose = [column(name) for name in (entity.scope_field, *entity.scope_also)]
        return join("OR", [Clause(f"{each} {mine.sql}", mine.parameters) for each in whose])

    def data_scope(self) -> str:
        """全部, 本部门 or 本人; the program itself sees everything."""
        return "全部" if self.operator.id is None else str(self.db.value(SCOPE, (self.operator.id,)))

    def scope_note(self) -> str:
        """What figures must say when they leave out the customers of others; nothing for who sees all."""
        scope = self.data_scope()
        return "" if scope == "全部" else f"只含{scope}的客户"

    def is_in_scope(self, entity: Entity, owner: int | None) -> bool:
        """Whether a record that belongs to ``owner`` would be one of those the operator may see."""
        assert entity.scope_field is not None
        scope = self.scope(entity)
        sql = f"SELECT 1 FROM (SELECT ? AS {quote(entity.scope_field)}) t WHERE {scope.sql}"
        return self.db.one(sql, (owner, *scope.parameters)) is not None

    @contextmanager
    def operation(self, kind: str, sentence: str) -> Iterator[int]:
        """One transaction and its line in the log; inside another operation it is part of that one."""
        if self._open.operation is not None:
            with self.db.atomic():
                yield self._open.operation
            return
        with self.db.atomic():
            cursor = self.db.execute(
                "INSERT INTO operations (at, operator, computer, kind, sentence) VALUES (?, ?, ?, ?, ?)",
                (self.clock.timestamp(), self.operator.id, system.computer_name(), kind, without_numbers(sentence)),
            )
            operation = self._open.operation = int(cursor.lastrowid or 0)
            try:
                yield operation
                chain.seal(self.db, operation)
            finally:
                self._open.operation = None
            self.db.after_commit(lambda: self._tell(operation))

    def name_operation(self, operation: int, sentence: str) -> None:
        """Say better what an operation is, once its record has a number."""
        self.db.execute("UPDATE operations SET sentence = ? WHERE id = ?", (without_numbers(sentence), operation))

    def audit_many(
        self, operation: int, entity: str, kind: str, records: Iterable[int], new: Mapping[str, Any] | None = None
    ) -> None:
        """Log the same of many records; ``new`` is what there is to know of each."""
        told = as_json(new) if new else None
        self.db.executemany(
            "INSERT INTO audit (operation, entity, record, kind, new) VALUES (?, ?, ?, ?, ?)",
            ((operation, entity, record, kind, told) for record in records),
        )

    def audit_change(
        self, operation: int, entity: str, record: int, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> None:
        """Log an update: the changed fields only, before and after."""
        self.db.execute(
            "INSERT INTO audit (operation, entity, record, kind, old, new) VALUES (?, ?, ?, 'update', ?, ?)",
            (operation, entity, record, as_json(old), as_json(new)),
        )

    def changed(self, entity: str, ids: Iterable[int] | None) -> None:
        """Tell the screens once the transaction is durable: one event an entity and operation."""
        named = None if ids is None else frozenset(ids)
        if named is not None and not named:
            return
        self.db.after_commit(lambda: self._collect(entity, named))

    def _collect(self, entity: str, ids: frozenset[int] | None) -> None:
        """Runs after the commit, so what was rolled back is never among them."""
        known = self._open.changes.get(entity, frozenset())
        both = None if known is None or ids is None else known | ids
        self._open.changes[entity] = None if both is None or len(both) > MANY else both

    def _tell(self, operation: int) -> None:
        changes, self._open.changes = self._open.changes, {}
        for entity, ids in changes.items():
            self.bus.publish(RecordsChanged(entity, ids, operation))


def unattended(db: Database, clock: Clock) -> Context:
    """The program itself at work, without an operator: first start, scheduled backups, recovery."""
    return Context(db, Operator(None, "", "", ""), EventBus(), clock)


def as_json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)
