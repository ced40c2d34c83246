"""撤销: taking back a whole operation (an import, later a batch edit or a merge) from what the log says it changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm_desktop.controllers import deletion, merging
from crm_desktop.controllers.base import Controller, Record
from crm_desktop.controllers.context import MANY
from crm_desktop.controllers.deletion import LISTED
from crm_desktop.controllers.reversal import Left, Reversal, counted
from crm_desktop.controllers.reversal_values import Change
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.db import search_index
from crm_desktop.db.doomed import ITEMS, LETTERS
from crm_desktop.db.statements import quote
from crm_desktop.errors import InUse, NotFound, PermissionDenied
from crm_desktop.models import ENTITIES, RECORDS
from crm_desktop.models.mail import CHANGED as MAIL_CHANGED
from crm_desktop.models.moments import local_text

IMPORTS = """SELECT o.id FROM operations o
 WHERE o.kind = 'import' AND o.purged_in IS NULL AND (:all OR o.operator = :me)
 AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.entity = 'operations' AND a.record = o.id)
 ORDER BY o.id DESC LIMIT :limit"""
OPERATION = """SELECT o.id, o.at, o.operator AS operator_id, o.kind, o.sentence, o.purged_in,
  COALESCE(p.full_name, '') AS operator FROM operations o LEFT JOIN operators p ON p.id = o.operator WHERE o.id = ?"""
DONE = "SELECT 1 FROM audit WHERE entity = 'operations' AND record = ?"
MARK = "INSERT INTO audit (operation, entity, record, kind) VALUES (?, 'operations', ?, 'restore')"
COUNTS = "SELECT entity, kind, count(DISTINCT record) AS number FROM audit WHERE operation = ? GROUP BY 1, 2"
DELETE_ITEMS = f"UPDATE dictionary_items SET deleted_at = ?, deleted_in = ? WHERE id {LISTED}"
RETURN_ITEMS = f"UPDATE dictionary_items SET deleted_at = NULL, deleted_in = NULL WHERE id {LISTED}"
STAMP = "updated_at = ?, updated_by = ?, version = version + 1"
BATCH = 2000
VERB = {"import": "import", "delete": "delete", "merge": "delete"}
"""Which right on its records an operation took, by its kind; any other took 修改."""
UNDONE = "这次操作已经撤销过了。"
NOTHING = "没有可以撤销的内容：{}。"
FOREIGN = "只能撤销自己的操作；撤销别人的要有“数据清理与检查”的删除权限。"


@dataclass(frozen=True)
class UndoEffect:
    """What undoing does: {label: how many} each, and what it leaves alone."""

    removed: dict[str, int]
    """They go to the recycle bin."""
    reverted: dict[str, int]
    """They get their old values."""
    returned: dict[str, int]
    """They come back from the recycle bin."""
    left: list[Left]
    """The first thousand of them."""
    left_count: int


class Undo(Controller):
    area = "maintenance"

    @requires(ANYONE)
    def imports(self, limit: int = 50) -> list[Record]:
        """The imports that the operator may undo, newest first: id, at_text, operator, sentence, added, updated.

        ``added`` and ``updated`` are {label: how many records}.
        """
        bound = {"me": self._context.operator.id, "all": self._may_undo_others(), "limit": limit}
        found = [self._told(row["id"]) for row in self._db.query(IMPORTS, bound)]
        return [row for row in found if self._may_touch(row)]

    @requires(ANYONE)
    def effect(self, operation: int) -> UndoEffect:
        """What ``undo`` would do now; PermissionDenied, or InUse when it was undone already."""
        self._demand_undoable(operation)
        return _effect(Reversal(self._context, operation))

    @requires(ANYONE)
    def undo(self, operation: int) -> UndoEffect:
        """Take an operation back, all that can be or nothing; returns what was done.

        InUse when that was done before, or when nothing of it can be undone any more.
        """
        with self._db.atomic():
            told = self._demand_undoable(operation)
            plan = Reversal(self._context, operation)
            effect = _effect(plan)
            if plan.is_empty:
                reasons = dict.fromkeys(left.reason for left in plan.left)
                raise InUse(NOTHING.format("、".join(reasons) or "这次操作没有改动记录"), [])
            with self._context.operation("undo", f"撤销：{told['sentence']}") as new:
                self._db.execute(MARK, (new, operation))
                self._write(plan, new)
        return effect

    # -- whether -----------------------------------------------------------------------------------------------

    def _demand_undoable(self, operation: int) -> Record:
        if self._db.one(OPERATION, (operation,)) is None:
            raise NotFound("日志里没有这次操作。")
        told = self._told(operation)
        if told["operator_id"] != self._context.operator.id and not self._may_undo_others():
            raise PermissionDenied(FOREIGN)
        if not self._may_touch(told):
            raise PermissionDenied("您没有撤销这次操作的权限，请联系管理员。")
        if told["purged_in"] is not None:
            raise InUse("这次操作的日志已清理，不能撤销。", [])
        if self._db.one(DONE, (operation,)) is not None:
            raise InUse(UNDONE, [])
        return told

    def _may_undo_others(self) -> bool:
        return self._context.may("maintenance", "delete")

    def _may_touch(self, told: Record) -> bool:
        """The right that the operation itself took; what came along with its owners needs none of its own."""
        touched = told["added"] | told["updated"] | told["gone"]
        if told["kind"] == "merge" and told["gone"]:
            touched = told["gone"]  # what came to the record that stayed took no right of its own
        keys = {entity.key for entity in RECORDS if entity.label in touched}
        owners = {key: ENTITIES[key].owner_reference for key in keys}
        first = [key for key, owner in owners.items() if owner is None or owner.entity not in keys]
        verb = VERB.get(told["kind"], "update")
        return self._may_undo_others() or all(self._context.may(key, verb) for key in first)

    def _told(self, operation: int) -> Record:
        row = self._db.query(OPERATION, (operation,))[0]
        counts: dict[str, dict[str, int]] = {"create": {}, "update": {}, "delete": {}}
        for each in self._db.query(COUNTS, (operation,)):
            counts.setdefault(each["kind"], {})[each["entity"]] = each["number"]
        added, updated, gone = ({key: range(n) for key, n in counts[kind].items()} for kind in list(counts)[:3])
        return {
            **dict(row), "at_text": local_text(row["at"]),
            "added": counted(added), "updated": counted(updated), "gone": counted(gone),
        }  # fmt: skip

    # -- writing -----------------------------------------------------------------------------------------------

    def _write(self, plan: Reversal, operation: int) -> None:
        bereft: dict[str, list[int]] = {}
        for key, entity in ENTITIES.items():
            ids = self._still(key, plan.removed.get(key, ()), "deleted_at IS NULL")
            if ids:  # those that went along with their owner have gone already
                bereft[key] = deletion.owners_of(self._context, entity, ids, are_primary=True)
                deletion.mark_deleted(self._context, entity, ids, operation)
        self._put_items(plan.returned.get(ITEMS, set()), "restore", RETURN_ITEMS, (), operation)
        self._revert_all(plan, operation, is_primary=False)  # first, so that who was the primary one returns as that
        for key in ENTITIES:
            if plan.returned.get(key):
                deletion.unmark(self._context, ENTITIES[key], sorted(plan.returned[key]), operation)
        self._revert_all(plan, operation, is_primary=True)
        stamp = (self._context.clock.timestamp(), operation)
        merging.take_marks_back(self._db, plan.operation)
        self._put_items(plan.removed.get(ITEMS, set()), "delete", DELETE_ITEMS, stamp, operation)
        for key, owners in bereft.items():
            deletion.pass_on_primary(self._context, ENTITIES[key], owners, operation)

    def _still(self, key: str, records: Any, condition: str) -> list[int]:
        if not records:
            return []
        sql = f"SELECT id FROM {quote(key)} WHERE id {LISTED} AND {condition}"
        return [row[0] for row in self._db.query(sql, (json.dumps(sorted(records)),))]

    def _put_items(self, items: set[int], kind: str, sql: str, bound: tuple[Any, ...], operation: int) -> None:
        if items:
            self._db.execute(sql, (*bound, json.dumps(sorted(items))))
            self._context.audit_many(operation, ITEMS, kind, sorted(items))
            self._context.changed(ITEMS, items)

    def _revert_all(self, plan: Reversal, operation: int, *, is_primary: bool) -> None:
        """Who becomes the primary one again waits until the place is free."""
        for key, changes in plan.reverted.items():
            chosen = {id: each for id, each in changes.items() if bool(each.old.get("is_primary")) == is_primary}
            if chosen:
                self._revert(key, chosen, operation)

    def _revert(self, key: str, changes: Mapping[int, Change], operation: int) -> None:
        """Old values back, the last change first."""
        stamp = () if key == LETTERS else (self._context.clock.timestamp(), self._context.operator.id)
        for record, change in changes.items():
            columns = ", ".join([*(f"{quote(name)} = ?" for name in change.old), *([STAMP] if stamp else ())])
            sql = f"UPDATE {quote(key)} SET {columns} WHERE id = ?"
            self._db.execute(sql, (*change.old.values(), *stamp, record))
            self._context.audit_change(operation, key, record, change.new, change.old)
        many = key == LETTERS or len(changes) > MANY
        self._context.changed(MAIL_CHANGED if key == LETTERS else key, None if many else changes)
        if key in ENTITIES:
            entity = ENTITIES[key]
            self._index_again(key, [id for id, each in changes.items() if search_index.concerns(entity, each.old)])
            if entity.owner_reference is not None:
                owners = deletion.owners_of(self._context, entity, list(changes))
                self._context.changed(entity.owner_reference.entity, owners)

    def _index_again(self, key: str, records: list[int]) -> None:
        for start in range(0, len(records), BATCH):
            listed = json.dumps(records[start : start + BATCH])
            rows = [dict(row) for row in self._db.query(f"SELECT * FROM {quote(key)} WHERE id {LISTED}", (listed,))]
            search_index.replace_records(self._db, ENTITIES[key], rows)


def _effect(plan: Reversal) -> UndoEffect:
    return UndoEffect(counted(plan.removed), counted(plan.reverted), counted(plan.returned), plan.left, plan.left_count)
