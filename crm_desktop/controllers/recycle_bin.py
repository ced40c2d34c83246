"""回收站: everything that was deleted and how it comes back or leaves for ever, of whatever kind it is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_desktop.controllers import bin_places, deletion
from crm_desktop.controllers.attachments import Attachments
from crm_desktop.controllers.base import Controller, Record
from crm_desktop.controllers.bin_places import Key, Place
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.dictionaries import Dictionaries
from crm_desktop.controllers.rights import requires
from crm_desktop.db.doomed import ATTACHMENTS, ITEMS, Doomed
from crm_desktop.db.statements import Clause, escape_like, quote
from crm_desktop.errors import InUse, NotFound, OwnerDeleted, PermissionDenied
from crm_desktop.models import ENTITIES
from crm_desktop.models.moments import local_text, start_of_day

PAGE = 100
OFFERED = "COALESCE((SELECT p.full_name FROM operators p WHERE p.id = o.operator), '')"
NEWEST_FIRST = "ORDER BY b.operation DESC, b.place, b.record"
FILE_OWNER = "SELECT entity, record FROM attachments WHERE id = ?"
NEVER_PURGED = "日志里有它们的名字，不能彻底删除"
Names = Mapping[Key, Mapping[str, str]]


@dataclass(frozen=True)
class Filter:
    """Which lines are wanted; nothing given means all. Days are local and both belong to the period."""

    kind: str = ""
    text: str = ""
    operator: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class PurgeEffect:
    """What leaving for ever means, exactly."""

    counts: dict[str, int]
    """{label: how many records and files}, what belongs to them included."""
    kept: dict[str, int]
    """{why: how many lines must stay}."""


class RecycleBin(Controller):
    area = "recycle_bin"

    def __init__(
        self, context: Context, controllers: Mapping[str, Any], dictionaries: Dictionaries, attachments: Attachments
    ) -> None:
        """``controllers``: of every entity whose records may be deleted."""
        super().__init__(context)
        self._controllers = controllers
        self._dictionaries = dictionaries
        self._attachments = attachments

    # -- looking ---------------------------------------------------------------------------------------------------

    @requires("view")
    def kinds(self) -> dict[str, str]:
        """{key: label} of what the operator may see here."""
        return {place.key: place.label for place in bin_places.places(self._context)}

    @requires("view")
    def keys(self, wanted: Filter | None = None, limit: int | None = None) -> list[Key]:
        """One for each record that did not go along with another, the latest deletion first."""
        wanted = wanted or Filter()
        chosen = [each for each in self._places() if wanted.kind in ("", each.key)]
        if not chosen:
            return []
        where = bin_places.conditions(
            {
                "text": f"%{escape_like(wanted.text.strip())}%" if wanted.text.strip() else "",
                "operator": wanted.operator,
                "since": wanted.since and start_of_day(wanted.since),
                "until": wanted.until and start_of_day(wanted.until, days_later=1),
            }
        )
        lines = self._lines(chosen, [place.source for place in chosen])
        sql = f"SELECT b.place, b.record FROM {lines.sql} WHERE {where.sql} {NEWEST_FIRST} LIMIT ?"
        rows = self._db.query(sql, (*lines.parameters, *where.parameters, -1 if limit is None else limit))
        return [Key(chosen[place].key, record) for place, record in rows]

    @requires("view")
    def rows(self, keys: Iterable[Key]) -> list[Record]:
        """What stands on these lines, in any order; those that left meanwhile are not among them.

        Each: id (its key), kind (its word), title, belonging, along (what went with it), deleted_at, operator.
        """
        return self._rows(keys)

    def _rows(self, keys: Iterable[Key]) -> list[Record]:
        wanted, places = _by_kind(keys), {place.key: place for place in self._places()}
        found: list[Record] = []
        for key in (key for key in wanted if key in places):
            found += self._told(places[key], wanted[key])
        return found

    def _told(self, place: Place, records: Sequence[int]) -> list[Record]:
        lines = self._lines([place], [bin_places.narrowed(place, records)])
        sql = f"SELECT b.record, b.title, b.belonging, o.at, {OFFERED} AS operator FROM {lines.sql}"
        rows = self._db.query(sql, lines.parameters)
        along = bin_places.went_along(self._context, place.key, [row["record"] for row in rows])
        return [
            {
                "id": Key(place.key, row["record"]), "kind": place.label, "title": row["title"],
                "belonging": row["belonging"] or "", "along": _listed(along[row["record"]]),
                "deleted_at": local_text(row["at"]), "operator": row["operator"],
            }
            for row in rows
        ]  # fmt: skip

    def _lines(self, places: Sequence[Place], sources: Sequence[Clause]) -> Clause:
        numbered = [
            Clause(f"SELECT {number} AS place, * FROM ({source.sql})", source.parameters)
            for number, source in enumerate(sources)
        ]
        both = bin_places.union(numbered)
        return Clause(f"({both.sql}) b JOIN operations o ON o.id = b.operation", both.parameters)

    def _places(self) -> list[Place]:
        return bin_places.places(self._context)

    # -- coming back -----------------------------------------------------------------------------------------------

    @requires("view")
    def may_restore(self, kind: str) -> bool:
        """Whether the operator may bring back what is of this kind; of an attachment its record decides."""
        area = {ITEMS: "dictionaries"}.get(kind, kind)
        return kind == ATTACHMENTS or self._context.may(area, "delete")

    @requires("view")
    def restore(self, keys: Sequence[Key], names: Names | None = None, with_owners: bool = False) -> int:
        """Bring back these lines with what went along, all or none; returns how many came.

        Taken: a name is used meanwhile, give another in ``names`` ({key: {field: value}}). OwnerDeleted: what one
        belongs to is deleted itself; ``with_owners`` brings that back as well.
        """
        self._demand_inside(keys)
        ordered = sorted(dict.fromkeys(keys), key=lambda key: [*ENTITIES, ITEMS, ATTACHMENTS].index(key.kind))
        with self._context.operation("restore", f"从回收站恢复 {len(ordered)} 条"):
            for key in ordered:
                if with_owners:
                    self._restore_owner(key, names or {})
                self._restore(key, (names or {}).get(key, {}))
        return len(ordered)

    def _demand_inside(self, keys: Sequence[Key]) -> None:
        """NotFound unless all of them lie here for this operator."""
        if {row["id"] for row in self._rows(keys)} != set(keys):
            raise NotFound("回收站里没有这条记录。")

    def _restore(self, key: Key, names: Mapping[str, str]) -> None:
        if key.kind == ATTACHMENTS:
            owner = self._owner(key)
            if owner is not None and self._is_deleted(owner):
                label = ENTITIES[owner.kind].label
                raise OwnerDeleted(f"所属的{label}也在回收站里，请先恢复{label}。")
            self._attachments.restore([key.record])
        elif key.kind == ITEMS:
            self._dictionaries.restore(key.record, names.get("name"))
        else:
            controller = self._controllers.get(key.kind)
            if controller is None or not hasattr(controller, "restore"):
                raise PermissionDenied("这种记录不能从回收站恢复。")
            controller.restore([key.record], *([{key.record: names}] if names else []))

    def _restore_owner(self, key: Key, names: Names) -> None:
        owner = self._owner(key)
        if owner is not None and self._is_deleted(owner):
            self._restore_owner(owner, names)
            self._restore(owner, names.get(owner, {}))

    def _owner(self, key: Key) -> Key | None:
        """What a line's record belongs to."""
        if key.kind == ATTACHMENTS:
            row = self._db.one(FILE_OWNER, (key.record,))
            return Key(row["entity"], row["record"]) if row else None
        entity = ENTITIES.get(key.kind)
        if entity is None or entity.owner_reference is None:
            return None
        owners = deletion.owners_of(self._context, entity, [key.record])
        return Key(entity.owner_reference.entity, owners[0]) if owners else None

    def _is_deleted(self, key: Key) -> bool:
        sql = f"SELECT 1 FROM {quote(key.kind)} WHERE id = ? AND deleted_at IS NOT NULL"
        return self._db.one(sql, (key.record,)) is not None

    # -- leaving for ever ------------------------------------------------------------------------------------------

    @requires("delete")
    def purge_effect(self, keys: Sequence[Key]) -> PurgeEffect:
        """What ``purge`` would remove and what it would leave, without removing anything."""
        with Doomed(self._db) as doomed:
            kept = self._choose(doomed, keys)
            return PurgeEffect(self._labelled(doomed.counts()), kept)

    @requires("delete")
    def purge(self, keys: Sequence[Key], step: Callable[[int], object] = lambda number: None) -> PurgeEffect:
        """Remove these lines and what belongs to them for ever; InUse when none of them may go.

        ``step`` hears how many records each step has dealt with, and may raise to stop: then nothing is removed.
        """
        with self._db.atomic(), Doomed(self._db) as doomed:
            kept = self._choose(doomed, keys)
            counts = self._labelled(doomed.counts())
            if not counts:
                raise InUse(f"没有彻底删除：{'；'.join(kept) or '回收站里没有这些记录'}。", [])
            with self._context.operation("purge", f"从回收站彻底删除：{_listed(counts)}") as operation:
                deletion.take_out(self._context, doomed, operation, step)
        return PurgeEffect(counts, kept)

    def _choose(self, doomed: Doomed, keys: Sequence[Key]) -> dict[str, int]:
        """Choose what may go; why the rest stays, and how many lines that are."""
        wanted, kept = _by_kind(keys), dict[str, int]()
        for place in self._places():
            records = wanted.pop(place.key, [])
            if records and place.can_be_purged:
                inside = bin_places.narrowed(place, records)
                doomed.choose(place.key, Clause(f"SELECT record FROM ({inside.sql})", inside.parameters))
            elif records:
                kept[f"{place.label}：{NEVER_PURGED}"] = len(records)
        if wanted:
            raise NotFound("回收站里没有这条记录。")
        doomed.choose_owned()
        for use in doomed.spare_used():
            reason = f"{self._label(use.entity)}：还被{use.where}引用"
            kept[reason] = kept.get(reason, 0) + len(use.records)
        return kept

    def _labelled(self, counts: Mapping[str, int]) -> dict[str, int]:
        return {self._label(key): number for key, number in counts.items()}

    def _label(self, key: str) -> str:
        return {ITEMS: "字典项目", ATTACHMENTS: "附件"}.get(key) or ENTITIES[key].label


def _by_kind(keys: Iterable[Key]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for kind, record in keys:
        found[kind].append(record)
    return found


def _listed(counts: Mapping[str, int]) -> str:
    """联系人 3、业务往来 12."""
    return "、".join(f"{label} {number:,}" for label, number in counts.items())
