"""移交: a leaver's customers and open work go to a colleague, all of them or a share, in one operation."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from crm_desktop.controllers.base import Controller, Record
from crm_desktop.controllers.context import MANY
from crm_desktop.controllers.rights import requires
from crm_desktop.db import search
from crm_desktop.db.statements import Clause, quote
from crm_desktop.errors import NotFound, PermissionDenied, ValidationError
from crm_desktop.models import COMPLAINTS, CUSTOMERS, FEEDBACK, INTERACTIONS, MEMOS, Condition, Entity, Query
from crm_desktop.models.query import AnyCondition

OPEN_WORK: dict[str, tuple[Entity, str]] = {
    "complaints": (COMPLAINTS, "未结客户投诉"),
    "feedback": (FEEDBACK, "未结客户反馈"),
    "interactions": (INTERACTIONS, "待跟进业务往来"),
    "memos": (MEMOS, "未完成工作备忘"),
}
"""What still waits for its 经办人, 受理人 or 负责人, and how it is counted in a sentence."""
WAITING_FOR = {"memos": "owner"}
"""The field that names whom it waits for, where that is not the handler."""
UNITS = {"customers": "个", "complaints": "件", "feedback": "件", "interactions": "条", "memos": "条"}
TO_FOLLOW_UP = "follow_up IS NOT NULL AND is_followed_up = 0"
HANDLER = "handler"

PERSON = "SELECT id, full_name, is_active FROM operators WHERE id = ? AND deleted_at IS NULL"
IN_OPERATION = "SELECT record FROM audit WHERE operation = ? AND entity = ? AND id > ?"
LAST_CHANGE = "SELECT COALESCE(max(id), 0) FROM audit"


@dataclass(frozen=True)
class Share:
    """What goes: everything, or only the customers that meet the conditions and, if any are named, are ``chosen``.

    Open work of the leaver goes along: all of it with everything, else that of the customers that go.
    """

    conditions: Sequence[AnyCondition] = ()
    chosen: Sequence[int] = field(default=())

    @property
    def is_everything(self) -> bool:
        return not self.conditions and not self.chosen


class HandOver(Controller):
    """For who may change operators and customers, and sees all of these."""

    area = "operators"

    @requires("update")
    def counts(self, leaver: int, share: Share | None = None) -> dict[str, int]:
        """How many of each would go: customers, complaints, feedback, interactions, memos."""
        self._demand_all()
        share = share or Share()
        customers = self._customers(leaver, share)
        counted = {"customers": customers, **{key: self._work(key, leaver, share, customers) for key in OPEN_WORK}}
        return {
            key: int(self._db.value(f"SELECT count(*) FROM ({each.sql})", each.parameters))
            for key, each in counted.items()
        }

    @requires("update")
    def sentence(self, counts: dict[str, int]) -> str:
        """客户 12 个，未结客户投诉 1 件."""
        labels = {"customers": CUSTOMERS.label, **{key: label for key, (_, label) in OPEN_WORK.items()}}
        return "，".join(f"{labels[key]} {number} {UNITS[key]}" for key, number in counts.items() if number) or "无"

    @requires("update")
    def run(self, leaver: int, to: int, share: Share | None = None) -> dict[str, int]:
        """Give the share to a colleague, in one transaction; what went, by kind.

        Every record leaves its audit row, old owner and new, so that the operation can be taken back.
        """
        self._demand_all()
        share = share or Share()
        with self._db.atomic():
            old, new = self._person(leaver), self._person(to)
            if leaver == to or not new["is_active"]:
                raise ValidationError({"to": "请选择另一位在用的操作员。"})
            counts = self.counts(leaver, share)
            if not any(counts.values()):
                raise ValidationError({"to": f"{old['full_name']}没有可以移交的客户和工作。"})
            told = f"移交：{old['full_name']} → {new['full_name']}，{self.sentence(counts)}"
            with self._context.operation("hand_over", told) as operation:
                self._move(operation, leaver, to, share)
        return counts

    def _move(self, operation: int, leaver: int, to: int, share: Share) -> None:
        before = self._db.value(LAST_CHANGE)
        self._give(operation, CUSTOMERS, "owner", to, self._customers(leaver, share), before)
        gone = Clause(IN_OPERATION, (operation, CUSTOMERS.key, before))
        for key, (entity, _) in OPEN_WORK.items():
            work = self._work(key, leaver, share, gone)
            self._give(operation, entity, WAITING_FOR.get(key, HANDLER), to, work, before)
        self._context.changed("operators", [leaver, to])

    def _give(self, operation: int, entity: Entity, name: str, to: int, records: Clause, before: int) -> None:
        """Set-based, so that a hundred thousand records take no memory: first the audit rows, then what they name."""
        table, column = quote(entity.table), quote(name)
        self._db.execute(
            "INSERT INTO audit (operation, entity, record, kind, old, new)"
            f" SELECT ?, ?, id, 'update', json_object(?, {column}), json_object(?, ?) FROM {table}"
            f" WHERE id IN ({records.sql})",
            (operation, entity.key, name, name, to, *records.parameters),
        )
        self._db.execute(
            f"UPDATE {table} SET {column} = ?, version = version + 1, updated_at = ?, updated_by = ?"
            f" WHERE id IN ({IN_OPERATION})",
            (to, self._context.clock.timestamp(), self._context.operator.id, operation, entity.key, before),
        )
        named = self._db.query(f"{IN_OPERATION} LIMIT ?", (operation, entity.key, before, MANY + 1))
        self._context.changed(entity.key, None if len(named) > MANY else [row["record"] for row in named])

    def _customers(self, leaver: int, share: Share) -> Clause:
        """The ids of the customers that go."""
        query = Query(conditions=(Condition("owner", "=", leaver), *share.conditions), order="id")
        today = self._context.clock.today()
        found = search.selection(self._db, CUSTOMERS, query, self._context.scope, today).ids()
        if not share.chosen:
            return found
        sql = f"SELECT id FROM ({found.sql}) WHERE id IN (SELECT value FROM json_each(?))"
        return Clause(sql, (*found.parameters, json.dumps(list(share.chosen))))

    def _work(self, key: str, leaver: int, share: Share, customers: Clause) -> Clause:
        """The ids of one kind of open work that goes along."""
        entity, _ = OPEN_WORK[key]
        is_open, whose = _is_open(entity), quote(WAITING_FOR.get(key, HANDLER))
        sql = f"SELECT id FROM {quote(entity.table)} WHERE {whose} = ? AND deleted_at IS NULL AND {is_open.sql}"
        work = Clause(sql, (leaver, *is_open.parameters))
        if share.is_everything:
            return work
        return Clause(f"{work.sql} AND customer IN ({customers.sql})", (*work.parameters, *customers.parameters))

    def _person(self, operator: int) -> Record:
        row = self._db.one(PERSON, (operator,))
        if row is None:
            raise NotFound("没有找到这位操作员，可能已被删除。")
        return dict(row)

    def _demand_all(self) -> None:
        """Customers change hands, and none may be overlooked."""
        self._context.demand("customers", "update")
        if self._context.scope_note():
            raise PermissionDenied("只有数据范围是“全部”的操作员才能移交客户。")


def _is_open(entity: Entity) -> Clause:
    if entity.workflow:
        return Clause("status <> ?", (entity.workflow.last,))
    return Clause(f"{quote(entity.finished_if)} = 0" if entity.finished_if else TO_FOLLOW_UP)
