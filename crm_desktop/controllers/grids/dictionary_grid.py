"""批量录入 of the items of one dictionary, in its order; new ones come at its end."""

from collections.abc import Iterator

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.dictionaries import Dictionaries
from crm_desktop.controllers.grids.list_grid import IN_USE, LONGEST_NAME, NAME, ListGrid, Row
from crm_desktop.controllers.grids.rows import GridKind, GridRow
from crm_desktop.models.dictionaries import DICTIONARIES, Attribute
from crm_desktop.models.fields import Field, Flag, Half, Integer, Text


class DictionaryGrid(ListGrid):
    def __init__(self, context: Context, dictionaries: Dictionaries, kind: str) -> None:
        super().__init__(context)
        self._dictionaries, self._dictionary = dictionaries, DICTIONARIES[kind]
        label = self._dictionary.label
        self.kind = GridKind(f"dictionary.{kind}", label, f"字典：{label}", "dictionaries", is_whole=True)

    def columns(self) -> list[Field]:
        name = Text(NAME, "名称", required=True, length=LONGEST_NAME, width=24)
        return [name, *map(_attribute_field, self._dictionary.attributes), IN_USE]

    def _stored(self) -> Iterator[tuple[int, Row]]:
        return ((item["id"], item) for item in self._dictionaries.items(self._dictionary.key))

    def _examine(self, row: GridRow, known: Row | None) -> None:
        values = self._accepted(row, known)
        self._dictionaries._accept(self._dictionary.key, {**(known or {}), **values}, known["id"] if known else None)

    def _write_row(self, row: GridRow, known: Row | None) -> bool:
        values = self._accepted(row, known)
        is_active = values.pop(IN_USE.name, None)
        if known is None:
            item = self._dictionaries.add(self._dictionary.key, values)
            if is_active == 0:
                self._dictionaries.set_active(item, False)
            return False
        if values:
            self._dictionaries.update(known["id"], values)
        if is_active is not None:
            self._dictionaries.set_active(known["id"], bool(is_active))
        return bool(values) or is_active is not None


def _attribute_field(attribute: Attribute) -> Field:
    label = f"{attribute.label}（{attribute.unit}）" if attribute.unit else attribute.label
    width = max(8, 2 * len(label) + 2)
    match attribute.type:
        case "flag":
            return Flag(attribute.key, label, width=width)
        case "integer":
            return Integer(attribute.key, label, width=width)
    return Half(attribute.key, label, length=LONGEST_NAME, width=width)
