"""查重与合并: finds customers and contacts that may be one, remembers which are not, and makes one of several."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from crm_desktop.controllers import deletion
from crm_desktop.controllers.base import Controller, Record
from crm_desktop.controllers.comparing import KINDS, Kind
from crm_desktop.controllers.conflicts import conflict
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.finding_duplicates import Found, Search
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.merging import Move
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.errors import Conflict, NotFound, ValidationError
from crm_desktop.models import Entity, merging

LEAST = 2
FOREIGN = "所属的{}不同，不能合并。请先合并{}；如果不是同一个，请标为“不是重复”。"
CHANGED = "{}刚刚修改了“{}”，还没有合并。请核对新的内容再合并。"
TOO_FEW = "请至少选择两条记录。"
REMEMBER = "INSERT OR IGNORE INTO not_duplicates (entity, one, other, operator, at) VALUES (?, ?, ?, ?, ?)"
FORGET = "DELETE FROM not_duplicates WHERE entity = ? AND one = ? AND other = ?"
REMEMBERED = "SELECT one, other FROM not_duplicates WHERE entity = ? ORDER BY at DESC, one, other"


@dataclass(frozen=True)
class Sides:
    """Records beside each other, and what comes along with each: {label: how many}."""

    records: list[Record]
    belongings: list[dict[str, int]]
    refusal: str
    """Why they cannot be merged, or nothing."""


class Duplicates(Controller):
    """Each call names the kind of records, and needs the right to view it, or to change and delete its records."""

    area = "customers"

    def __init__(self, context: Context, records: Mapping[str, EntityController]) -> None:
        super().__init__(context)
        self._records = records

    # -- finding ---------------------------------------------------------------------------------------------------

    @requires(ANYONE)
    def find(
        self,
        entity: str,
        on_progress: Callable[[int, int, str], object] = lambda done, total, text: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Found:
        """Groups of live records within the operator's scope that may be one, without those said not to be.

        Nothing is compared with everything: only what shares a number, an address, a part of the name. Memory stays
        flat. SearchCancelled when it is not wanted any more.
        """
        kind = self._kind(entity, "view")
        return Search(self._context, kind, on_progress, cancelled).run()

    @requires(ANYONE)
    def sides(self, entity: str, ids: Sequence[int]) -> Sides:
        """The records of a group as they are now, in the order of ``ids``; those gone meanwhile are left out."""
        kind = self._kind(entity, "view")
        records = self._records[entity].rows(ids, list(kind.entity.by_name))
        belongings = [deletion.effect(self._context, kind.entity, [each["id"]]) for each in records]
        for each in belongings:
            del each[kind.entity.label]
        return Sides(records, belongings, _refusal(kind.entity, records))

    # -- not the same ----------------------------------------------------------------------------------------------

    @requires(ANYONE)
    def set_apart(self, entity: str, ids: Sequence[int]) -> None:
        """不是重复: no two of these are shown as duplicates any more."""
        kind = self._kind(entity, "update")
        names = self._names(kind, ids)
        with self._context.operation("update", f"标为不是重复的{kind.entity.label}：{names}"):
            stamp = (self._context.operator.id, self._context.clock.timestamp())
            self._db.executemany(REMEMBER, [(entity, *pair, *stamp) for pair in _pairs(ids)])

    @requires(ANYONE)
    def forget_apart(self, entity: str, ids: Sequence[int]) -> None:
        """Take 不是重复 back: they may be shown again."""
        kind = self._kind(entity, "update")
        names = self._names(kind, ids)
        with self._context.operation("update", f"取消“不是重复”的{kind.entity.label}：{names}"):
            self._db.executemany(FORGET, [(entity, *pair) for pair in _pairs(ids)])

    @requires(ANYONE)
    def apart(self, entity: str) -> list[tuple[int, int]]:
        """The pairs that are remembered, the latest first, of those that the operator may see both."""
        kind = self._kind(entity, "view")
        pairs = [(row[0], row[1]) for row in self._db.query(REMEMBERED, (kind.entity.key,))]
        seen = {row["id"] for row in self._records[entity].rows({id for pair in pairs for id in pair}, ())}
        return [pair for pair in pairs if seen.issuperset(pair)]

    # -- merging ---------------------------------------------------------------------------------------------------

    @requires(ANYONE)
    def merge(
        self, entity: str, keep: int, others: Sequence[int], chosen: Mapping[str, int], versions: Mapping[int, int]
    ) -> int:
        """Make one record of several; returns the operation, by which all of it can be undone.

        ``chosen`` says for a field whose value is kept (``merging.ALL``: the notes of all), ``versions`` which version
        of each record was looked at. Everything that belongs to the others or names them comes to ``keep``; they go to
        the recycle bin, and their codes stay findable. Conflict when somebody changed one of them meanwhile.
        """
        kind = self._kind(entity, "update")
        self.demand(entity, "delete")
        controller, others = self._records[entity], [each for each in dict.fromkeys(others) if each != keep]
        if not others:
            raise ValidationError({kind.entity.title: TOO_FEW})
        with self._db.atomic():
            records = [controller._get(record) for record in (keep, *others)]
            self._refuse(kind.entity, records, versions)
            changed = self._changes(controller, records, chosen)
            told = f"合并{kind.entity.label}：{'、'.join(each[kind.entity.title] for each in records)}"
            with self._context.operation("merge", told) as operation:
                Move(self._context, operation, kind.entity, keep, others).run()
                if changed:
                    kept = controller._get(keep)
                    controller._write_changes(operation, kept, changed)
        return operation

    def _refuse(self, entity: Entity, records: Sequence[Record], versions: Mapping[int, int]) -> None:
        for record in records:
            if record["version"] != versions.get(record["id"]):
                told = conflict(self._context, entity, record, versions.get(record["id"], 0), {})
                sentence = CHANGED.format(told.by, record[entity.title])
                raise Conflict(sentence, told.changes, told.by, told.at)
        if sentence := _refusal(entity, records):
            raise ValidationError({entity.title: sentence})

    def _changes(self, controller: EntityController, records: Sequence[Record], chosen: Mapping[str, int]) -> Record:
        kept = records[0]
        try:
            values = merging.chosen_values(controller.entity, records, kept["id"], chosen)
        except KeyError:
            raise NotFound from None
        values = {name: value for name, value in values.items() if value != kept[name]}
        accepted = controller._accept(values, kept, Lookup(self._db))
        return {name: value for name, value in accepted.items() if value != kept[name]}

    # -- inside ----------------------------------------------------------------------------------------------------

    def _kind(self, entity: str, verb: str) -> Kind:
        if entity not in KINDS:
            raise NotFound("这种记录不能查重。")
        self.demand(entity, verb)
        return KINDS[entity]

    def _names(self, kind: Kind, ids: Sequence[int]) -> str:
        """What they are called; NotFound when one is not the operator's to see, ValidationError for a single one."""
        wanted = self._records[kind.entity.key]._visible(ids)
        if len(wanted) < LEAST:
            raise ValidationError({kind.entity.title: TOO_FEW})
        rows: list[dict[str, Any]] = self._records[kind.entity.key].rows(wanted, (kind.entity.title,))
        return "、".join(row[kind.entity.title] for row in rows)


def _pairs(ids: Sequence[int]) -> list[tuple[int, int]]:
    return [(min(pair), max(pair)) for pair in combinations(dict.fromkeys(ids), 2)]


def _refusal(entity: Entity, records: Sequence[Record]) -> str:
    """What belongs to two owners cannot become one: its dealings would be with somebody else."""
    owner = entity.owner_reference
    if owner is None or len({record[owner.name] for record in records}) == 1:
        return ""
    return FOREIGN.format(owner.label, owner.label)
