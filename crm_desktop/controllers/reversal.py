"""What undoing an operation would do, worked out from its audit rows and from how its records stand now.

Whatever the operation was: what it created goes to the recycle bin, what it changed gets its old values, what it
deleted comes back; what was changed, used or moved on since is left alone, and told.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.deletion import LISTED, children, outside_references
from crm_desktop.controllers.reversal_values import STRANGE, Change, is_live, is_taken, obstacles
from crm_desktop.db.doomed import ITEMS, LETTERS
from crm_desktop.db.statements import ALWAYS, quote
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.fields import Choice

ROWS = """SELECT entity, record, kind, old, new FROM audit
 WHERE operation = ? AND entity <> 'operations' AND entity NOT GLOB 'not_duplicates.*' ORDER BY id"""
WORDS = {ITEMS: "字典项目", LETTERS: "邮件的收件人"}
"""What else can be taken back, and what it is called."""
GONE, IN_BIN, CHANGED = "已彻底删除", "已在回收站里", "之后又有改动"
FOREIGN, WITH_OWNER = "不在您的数据范围内", "随所属的记录保留"
USED, NOT_DELETED = "已被使用", "已经恢复"
NAME_TAKEN, OWNER_DELETED = "名称已被别的记录使用", "所属的记录已删除"
SAME_ITEM = """SELECT 1 FROM dictionary_items t JOIN dictionary_items o ON o.kind = t.kind AND o.name = t.name
 WHERE t.id = ? AND o.id <> t.id AND o.deleted_at IS NULL"""
MANY_LEFT = 1000


class Left(NamedTuple):
    """A record that undoing leaves as it is."""

    label: str
    name: str
    reason: str


class Reversal:
    """``removed``, ``returned`` and ``reverted`` say what is to be written; ``left`` what is not, and why."""

    def __init__(self, context: Context, operation: int) -> None:
        self._context, self._db = context, context.db
        self.operation = operation
        self.removed: dict[str, set[int]] = defaultdict(set)
        self.returned: dict[str, set[int]] = defaultdict(set)
        self.reverted: dict[str, dict[int, Change]] = defaultdict(dict)
        """In the order in which they must be written: the last change first."""
        self.left: list[Left] = []
        self.left_count = 0
        self._kept: dict[str, set[int]] = defaultdict(set)
        """What the operation created and stays."""
        self._names: dict[tuple[str, int], str] = {}
        for key, changes in self._changes().items():
            self._sort(key, changes)
        while held := list(self._held()):
            for key, records, reason in held:
                self._keep(key, records & self.removed[key], reason)
        for key in sorted(self.returned, key=[*ENTITIES, ITEMS].index):
            self._check_returns(key)
        for key, record, reason in obstacles(context, self.removed, self.returned, self.reverted):
            del self.reverted[key][record]
            self._leave(key, [record], reason)

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be undone any more."""
        return not any(map(any, ((each.values()) for each in (self.removed, self.returned, self.reverted))))

    def _changes(self) -> dict[str, dict[int, Change]]:
        found: dict[str, dict[int, Change]] = defaultdict(lambda: defaultdict(Change))
        for row in self._db.execute(ROWS, (self.operation,)):
            found[row["entity"]][row["record"]].add(row["kind"], row["old"], row["new"])
        return {key: found[key] for key in sorted(found)}

    # -- what the operation did ------------------------------------------------------------------------------------

    def _sort(self, key: str, changes: Mapping[int, Change]) -> None:
        """Decide about each record by itself."""
        if key not in ENTITIES and key not in WORDS:
            self._leave(key, changes, STRANGE)
            return
        rows, seen = self._rows(key, changes), self._seen(key, changes)
        for record, change in reversed(list(changes.items())):
            reason = self._reason(change, rows.get(record), record in seen)
            if reason:
                self._leave(key, [record], reason)
                self._kept[key] |= {record} if change.is_created else set()
            elif change.is_deleted:
                self.returned[key].add(record)
            elif change.is_created:
                self.removed[key].add(record)
            else:
                self.reverted[key][record] = change

    def _reason(self, change: Change, row: Mapping[str, Any] | None, is_seen: bool) -> str:
        """Why a record is left alone, or nothing."""
        if change.is_strange or (change.is_deleted and (change.is_created or change.updates)):
            return STRANGE
        if row is None:
            return GONE
        if not is_seen:
            return FOREIGN
        if change.is_deleted:
            return "" if row["deleted_in"] == self.operation else NOT_DELETED
        if row.get("deleted_at") is not None and (row["deleted_in"] or self.operation) >= self.operation:
            return IN_BIN  # since then; what lay there before was changed there
        if change.is_created:
            return "" if row["version"] == 1 + change.updates else CHANGED
        return "" if all(name in row and row[name] == value for name, value in change.new.items()) else CHANGED

    def _rows(self, key: str, records: Iterable[int]) -> dict[int, dict[str, Any]]:
        title = quote(ENTITIES[key].title if key in ENTITIES else "name")
        sql = f"SELECT *, {title} AS _title FROM {quote(key)} WHERE id {LISTED}"
        found = {row["id"]: dict(row) for row in self._db.query(sql, (json.dumps(list(records)),))}
        self._names |= {(key, record): str(row["_title"]) for record, row in found.items()}
        return found

    def _seen(self, key: str, records: Iterable[int]) -> set[int]:
        """Those within the operator's scope."""
        if key not in ENTITIES or (scope := self._context.scope(ENTITIES[key])) == ALWAYS:
            return set(records)
        sql = f"SELECT t.id FROM {quote(ENTITIES[key].source)} t WHERE t.id {LISTED} AND ({scope.sql})"
        found = {row[0] for row in self._db.query(sql, (json.dumps(list(records)), *scope.parameters))}
        for record in set(records) - found:
            self._names.pop((key, record), None)
        return found

    # -- what stands in the way ------------------------------------------------------------------------------------

    def _held(self) -> Iterator[tuple[str, set[int], str]]:
        """Records that would be removed although something else needs them."""
        for key in [key for key, records in self.removed.items() if records]:
            if key == ITEMS:
                yield from self._items_in_use()
                continue
            entity = ENTITIES[key]
            for child, name in children(entity):
                if ids := self._referred(key, child, name, "deleted_at IS NULL"):
                    yield key, ids, f"有之后登记或改动的{child.label}"
            for other, name in outside_references(entity):
                if ids := self._referred(key, other, name):
                    yield key, ids, f"{USED}（{other.label}）"
            yield from self._with_owner(entity)

    def _referred(self, key: str, other: Entity, name: str, condition: str = "1") -> set[int]:
        """Those of a kind that records of another refer to which are not removed together with them."""
        sql = (
            f"SELECT DISTINCT {quote(name)} FROM {quote(other.table)} WHERE {quote(name)} {LISTED}"
            f" AND id NOT {LISTED} AND {condition}"
        )
        both = json.dumps(list(self.removed[key])), json.dumps(list(self.removed[other.key]))
        return {row[0] for row in self._db.query(sql, both)}

    def _with_owner(self, entity: Entity) -> Iterator[tuple[str, set[int], str]]:
        reference = entity.owner_reference
        if reference is None or not self._kept[reference.entity]:
            return
        sql = f"SELECT id FROM {quote(entity.table)} WHERE id {LISTED} AND {quote(reference.name)} {LISTED}"
        both = json.dumps(list(self.removed[entity.key])), json.dumps(list(self._kept[reference.entity]))
        if ids := {row[0] for row in self._db.query(sql, both)}:
            yield entity.key, ids, WITH_OWNER

    def _items_in_use(self) -> Iterator[tuple[str, set[int], str]]:
        """Words that were added to dictionaries, and that others use by now; what gets its old value back does not."""
        for entity in ENTITIES.values():
            leaving = self.removed[entity.key] | set(self.reverted[entity.key])
            for each in entity.fields:
                if isinstance(each, Choice):
                    sql = f"SELECT DISTINCT {quote(each.name)} FROM {quote(entity.table)}"
                    sql += f" WHERE {quote(each.name)} {LISTED} AND id NOT {LISTED}"
                    both = json.dumps(list(self.removed[ITEMS])), json.dumps(list(leaving))
                    if ids := {row[0] for row in self._db.query(sql, both)}:
                        yield ITEMS, ids, f"{USED}（{entity.label}）"

    def _keep(self, key: str, records: set[int], reason: str) -> None:
        self.removed[key] -= records
        self._kept[key] |= records
        self._leave(key, records, reason)

    def _leave(self, key: str, records: Iterable[int], reason: str) -> None:
        label = ENTITIES[key].label if key in ENTITIES else WORDS.get(key, "其他")
        for record in records:
            self.left_count += 1
            if len(self.left) < MANY_LEFT:
                self.left.append(Left(label, self._names.get((key, record), ""), reason))

    # -- whether what was deleted can come back --------------------------------------------------------------------

    def _check_returns(self, key: str) -> None:
        """Not without what it belongs to, and not under a name that is taken; owners are checked before theirs."""
        for record in sorted(self.returned[key]):
            if key == ITEMS:
                reason = NAME_TAKEN if self._db.one(SAME_ITEM, (record,)) else ""
            else:
                reason = self._reason_to_stay(ENTITIES[key], record)
            if reason:
                self.returned[key].remove(record)
                self._leave(key, [record], reason)

    def _reason_to_stay(self, entity: Entity, record: int) -> str:
        row = self._db.query(f"SELECT * FROM {quote(entity.table)} WHERE id = ?", (record,))[0]
        reference = entity.owner_reference
        if reference is not None:
            owner = row[reference.name]
            if owner not in self.returned[reference.entity] and not is_live(self._context, reference.entity, owner):
                return OWNER_DELETED
        leaving = self.removed[entity.key] | set(self.reverted[entity.key])
        taken = (is_taken(self._context, entity, name, row[name], leaving | {record}) for name in entity.unique)
        return NAME_TAKEN if any(taken) else ""


def counted(chosen: Mapping[str, Sequence[int] | set[int] | Mapping[int, Any]]) -> dict[str, int]:
    """{label: how many}, in the order of the declarations."""
    labels = {key: entity.label for key, entity in ENTITIES.items()} | WORDS
    return {label: len(chosen[key]) for key, label in labels.items() if chosen.get(key)}
