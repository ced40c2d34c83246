"""The words of an import that the office does not know: each told once, and decided once by the clerk."""

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.dictionaries import LONGEST_NAME, Dictionaries
from crm_desktop.controllers.exchange.plan import PEOPLE, UnknownWord
from crm_desktop.controllers.exchange.planned_row import PlannedRow
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.errors import FieldError, ImportRefused, ValidationError
from crm_desktop.models import Entity
from crm_desktop.models.fields import Choice, Field, Reference
from crm_desktop.models.text import squeeze

Meanings = Mapping[tuple[str, str], int | None]
"""(kind, word) → the item or operator it stands for, None for nothing."""

COLLEAGUES = "SELECT id, full_name AS name FROM operators WHERE is_active = 1 AND deleted_at IS NULL ORDER BY full_name"
TOO_LONG = "{label}最多 {most} 个字，现在有 {length} 个。"


class WordCollector:
    """Sets aside cells whose word no dictionary has, and salespeople who are no operators."""

    def __init__(self, context: Context, lookup: Lookup) -> None:
        self.found: dict[tuple[str, str], UnknownWord] = {}
        self._lookup = lookup
        self._known: set[tuple[str, str]] = set()
        self._fields: dict[str, list[tuple[str, Field, str]]] = {}
        self._may_add = context.may("dictionaries", "create")
        # Who may only see a part of the customers cannot give them away, so there is nothing to decide.
        self._may_give_away = context.data_scope() == "全部"

    def take_out(self, entity: Entity, prefix: str, values: dict[str, Any], row: PlannedRow) -> None:
        """Remove the cells that must wait for the clerk's decision, and remember them in the row."""
        for name, field, kind in self._fields_of(entity):
            text = values.get(name)
            if isinstance(text, str) and text and self._is_unknown(field, kind, squeeze(text), prefix + name, row):
                del values[name]

    def _fields_of(self, entity: Entity) -> list[tuple[str, Field, str]]:
        if entity.key not in self._fields:
            kinds = [(each.name, each, self._kind(entity, each)) for each in entity.fields]
            self._fields[entity.key] = [each for each in kinds if each[2]]
        return self._fields[entity.key]

    def _is_unknown(self, field: Field, kind: str, word: str, path: str, row: PlannedRow) -> bool:
        if (kind, word) in self._known:
            return False
        if (kind, word) not in self.found:
            if self._is_known(field, word):
                self._known.add((kind, word))
                return False
            can_add = self._may_add and kind != PEOPLE
            self.found[kind, word] = UnknownWord(kind, field.label, word, can_add, "add" if can_add else "blank")
        self.found[kind, word].count += 1
        row.wait_for(path, word)
        if len(word) > LONGEST_NAME:
            row.refuse(path, TOO_LONG.format(label=field.label, most=LONGEST_NAME, length=len(word)))
        return True

    def _kind(self, entity: Entity, field: Field) -> str:
        if isinstance(field, Choice):
            return field.kind
        is_person = isinstance(field, Reference) and field.entity == PEOPLE
        may_decide = self._may_give_away or field.name != entity.scope_field
        return PEOPLE if is_person and may_decide else ""

    def _is_known(self, field: Field, word: str) -> bool:
        try:
            self._lookup.resolve(field, word)
        except FieldError:
            return False
        return True

    def told(self) -> list[UnknownWord]:
        """Each word once; those too long to be an item are bad cells instead."""
        return [word for word in self.found.values() if len(word.value) <= LONGEST_NAME]


def choices(context: Context, dictionaries: Dictionaries, kind: str) -> list[tuple[int, str]]:
    """What an unknown word may stand for: (id, name) of the active items or operators."""
    if kind == PEOPLE:
        return [(row["id"], row["name"]) for row in context.db.query(COLLEAGUES)]
    return [(item["id"], item["name"]) for item in dictionaries.items(kind, active_only=True)]


def settle(context: Context, dictionaries: Dictionaries, words: Sequence[UnknownWord]) -> Meanings:
    """Do with each word what the clerk decided; new items are made inside the caller's transaction."""
    meanings: dict[tuple[str, str], int | None] = {}
    for word in words:
        if word.action == "blank":
            meanings[word.kind, word.value] = None
        elif word.action == "map":
            if word.target not in dict(choices(context, dictionaries, word.kind)):
                raise ImportRefused(f"请选择“{word.value}”对应到哪一项{word.label}。")
            meanings[word.kind, word.value] = word.target
        else:
            meanings[word.kind, word.value] = _added(dictionaries, word)
    return meanings


def _added(dictionaries: Dictionaries, word: UnknownWord) -> int:
    if word.kind == PEOPLE:
        raise ImportRefused(f"“{word.value}”不是操作员，不能在导入时新增，请对应到一位操作员或留空。")
    try:
        return dictionaries.add(word.kind, {"name": word.value})
    except ValidationError as error:
        raise ImportRefused(f"不能新增{word.label}“{word.value}”：{error}") from error
