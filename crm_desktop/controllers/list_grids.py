"""批量录入 of what is no record: the items of a dictionary, and the regions; each by its own rules, all or nothing."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.dictionaries import Dictionaries
from crm_desktop.controllers.grid_rows import CANCELLED, GridCheck, GridResult, GridRow
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.regions import Regions, record_number
from crm_desktop.errors import CrmError, FieldError, ValidationError
from crm_desktop.models.dictionaries import DICTIONARIES, Attribute
from crm_desktop.models.fields import AreaCode, Field, Flag, Half, Integer, Postcode, Region, Text
from crm_desktop.reports.document import Cancelled, OnProgress

Row = dict[str, Any]
NAME = "name"
IN_USE = Flag("is_active", "在用", default=1, width=6)
LONGEST_NAME = 40
ALL_REGIONS = "SELECT * FROM regions ORDER BY code"


class ListGrid:
    """What the grids of both kinds share; ``label`` is the word for one row's record, ``words`` for all of them."""

    area: str
    label: str
    words: str

    def __init__(self, context: Context) -> None:
        self._context = context

    def columns(self) -> list[Field]:
        raise NotImplementedError

    def load(self, ids: Sequence[int] | None = None) -> list[GridRow]:
        """The rows there are, or those with these numbers."""
        wanted = None if ids is None else set(ids)
        return [
            GridRow(texts := self._texts(row), number, row["version"], texts)
            for number, row in self._stored()
            if wanted is None or number in wanted
        ]

    def check(
        self, rows: Sequence[GridRow], only: Collection[int] | None = None, cancelled: Cancelled | None = None
    ) -> GridCheck:
        """Each row by itself, and all against each other; nothing is saved."""
        stored, errors = dict(self._stored()), dict[tuple[int, str], str]()
        for number, row in enumerate(rows):
            if cancelled is not None and cancelled():
                break
            if row.is_blank or (only is not None and number not in only):
                continue
            try:
                self._examine(row, self._known(row, stored))
            except ValidationError as error:
                errors |= {(number, name): sentence for name, sentence in error.fields.items()}
        return GridCheck(errors | self._doubles(rows), {})

    def save(
        self, rows: Sequence[GridRow], on_progress: OnProgress | None = None, cancelled: Cancelled | None = None
    ) -> GridResult:
        """Everything in one operation, or nothing: ValidationError.fields has ``3.name`` for the fourth row's."""
        filled = [(number, row) for number, row in enumerate(rows) if not row.is_blank]
        if not filled:
            raise ValidationError({"0": "表格里还没有内容。"})
        doubles = {f"{number}.{name}": sentence for (number, name), sentence in self._doubles(rows).items()}
        if doubles:
            raise ValidationError(doubles)
        added = sum(row.record is None for _, row in filled)
        sentence = f"批量录入{self.label}：新增 {added}、修改 {len(filled) - added}"
        with self._context.operation("update", sentence) as operation:
            updated = self._write_all(filled, on_progress, cancelled)
        return GridResult(added, updated, operation)

    def _write_all(
        self, filled: Sequence[tuple[int, GridRow]], on_progress: OnProgress | None, cancelled: Cancelled | None
    ) -> int:
        """How many of the rows that were there have changed; ValidationError names every fault."""
        stored, errors, updated = dict(self._stored()), dict[str, str](), 0
        for done, (number, row) in enumerate(filled, 1):
            if cancelled is not None and cancelled():
                raise CrmError(CANCELLED)
            try:
                with self._context.db.atomic():
                    updated += self._write(row, self._known(row, stored))
            except ValidationError as error:
                errors |= {f"{number}.{name}": sentence for name, sentence in error.fields.items()}
            except CrmError as error:
                errors[f"{number}.{NAME}"] = str(error)
            if on_progress is not None:
                on_progress(done, len(filled))
        if errors:
            raise ValidationError(errors)
        return updated

    def _known(self, row: GridRow, stored: Mapping[int, Row]) -> Row | None:
        """What is stored of a row; ValidationError when it is gone or somebody changed it since it was read."""
        if row.record is None:
            return None
        known = stored.get(row.record)
        if known is None:
            raise ValidationError({NAME: f"这个{self.label}已被删除，请去掉这一行。"})
        if known["version"] != row.version and self._changed(row, known):
            raise ValidationError({NAME: f"这个{self.label}刚被别人改过，请重新载入。"})
        return known

    def _changed(self, row: GridRow, known: Row) -> dict[str, str]:
        """Only what was typed over."""
        return row.typed_over(self._texts(known))

    def _texts(self, stored: Row) -> dict[str, str]:
        return {field.name: _typed(field, stored) for field in self.columns()}

    def _accepted(self, row: GridRow, known: Row | None) -> Row:
        """The raw values of what was typed; ValidationError names every cell that cannot be."""
        typed = row.given if known is None else self._changed(row, known)
        today, lookup = self._context.clock.today(), Lookup(self._context.db)
        values, errors = dict[str, Any](), dict[str, str]()
        for field in self.columns():
            if field.name not in typed and not (known is None and field.required):
                continue
            try:
                values[field.name] = lookup.resolve(field, field.accept(typed.get(field.name), today))
            except FieldError as error:
                errors[field.name] = str(error)
        if errors:
            raise ValidationError(errors)
        return values

    def _doubles(self, rows: Sequence[GridRow]) -> dict[tuple[int, str], str]:
        """Rows that call the same thing as one above."""
        seen, errors = dict[tuple[str, ...], int](), dict[tuple[int, str], str]()
        for number, row in enumerate(rows):
            key = self._called(row)
            if key[-1]:
                first = seen.setdefault(key, number)
                if first != number:
                    errors[number, NAME] = f"与第 {first + 1} 行的名称相同。"
        return errors

    def _called(self, row: GridRow) -> tuple[str, ...]:
        return (row.values.get(NAME, "").strip(),)

    def _stored(self) -> Iterator[tuple[int, Row]]:
        raise NotImplementedError

    def _examine(self, row: GridRow, known: Row | None) -> None:
        """ValidationError for what ``_write`` would refuse."""
        raise NotImplementedError

    def _write(self, row: GridRow, known: Row | None) -> bool:
        """Add or change; whether one that was there has changed."""
        raise NotImplementedError


class DictionaryGrid(ListGrid):
    """The items of one dictionary, in its order; new ones come at its end."""

    area = "dictionaries"

    def __init__(self, context: Context, dictionaries: Dictionaries, kind: str) -> None:
        super().__init__(context)
        self._dictionaries, self._kind = dictionaries, DICTIONARIES[kind]
        self.label, self.words = self._kind.label, f"字典：{self._kind.label}"

    def columns(self) -> list[Field]:
        name = Text(NAME, "名称", required=True, length=LONGEST_NAME, width=24)
        return [name, *map(_attribute_field, self._kind.attributes), IN_USE]

    def _stored(self) -> Iterator[tuple[int, Row]]:
        return ((item["id"], item) for item in self._dictionaries.items(self._kind.key))

    def _examine(self, row: GridRow, known: Row | None) -> None:
        values = self._accepted(row, known)
        self._dictionaries._accept(self._kind.key, {**(known or {}), **values}, known["id"] if known else None)

    def _write(self, row: GridRow, known: Row | None) -> bool:
        values = self._accepted(row, known)
        is_active = values.pop(IN_USE.name, None)
        if known is None:
            item = self._dictionaries.add(self._kind.key, values)
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


class RegionGrid(ListGrid):
    """The regions; new ones are the office's own, those of the national list may be renamed and corrected."""

    area = "regions"
    label, words = "区域", "区域信息"

    def __init__(self, context: Context, regions: Regions) -> None:
        super().__init__(context)
        self._regions = regions

    def columns(self) -> list[Field]:
        return [
            Text(NAME, "名称", required=True, length=LONGEST_NAME, width=20),
            Region("parent", "上级区域", width=28, note="新增时填，空着为最上一级"),
            AreaCode("area_code", "区号", width=8),
            Postcode("postcode", "邮编", width=10),
            IN_USE,
        ]

    def _stored(self) -> Iterator[tuple[int, Row]]:
        rows = [dict(row) for row in self._context.db.query(ALL_REGIONS)]
        names = {row["code"]: row["full_name"] for row in rows}
        for row in rows:
            more = {"parent_text": names.get(row["parent"], ""), "version": _digest(row)}
            yield record_number(row["code"]), row | more

    def _called(self, row: GridRow) -> tuple[str, ...]:
        return row.values.get("parent", "").strip(), row.values.get(NAME, "").strip()

    def _examine(self, row: GridRow, known: Row | None) -> None:
        values = self._accepted(row, known)
        if known is not None:
            self._stays(values, known)
        parent = values.get("parent") if known is None else known["parent"]
        self._regions._accept({**(known or {}), **values}, parent, known["code"] if known else None)

    def _write(self, row: GridRow, known: Row | None) -> bool:
        values = self._accepted(row, known)
        is_active = values.pop(IN_USE.name, None)
        if known is None:
            code = self._regions.add(values.pop("parent", None), values)
            if is_active == 0:
                self._regions.set_active(code, False)
            return False
        self._stays(values, known)
        values.pop("parent", None)
        if values:
            self._regions.update(known["code"], values)
        if is_active is not None:
            self._regions.set_active(known["code"], bool(is_active))
        return bool(values) or is_active is not None

    def _stays(self, values: Row, known: Row) -> None:
        if "parent" in values and values["parent"] != known["parent"]:
            raise ValidationError({"parent": "已有的区域不能换上级。"})


def _digest(row: Row) -> int:
    """Stands for the version that regions do not have: another one when anything of the row is."""
    return crc32(json.dumps(row, ensure_ascii=False, sort_keys=True).encode())


def _typed(field: Field, row: Mapping[str, Any]) -> str:
    """What a person would have typed for a stored value."""
    if isinstance(field, Region):
        return str(row["parent_text"])
    return field.format(row.get(field.name))


def list_grids(context: Context, dictionaries: Dictionaries, regions: Regions) -> dict[str, ListGrid]:
    """Key → grid: ``regions``, and ``dictionary.level`` for each kind of dictionary."""
    made: dict[str, ListGrid] = {"regions": RegionGrid(context, regions)}
    return made | {f"dictionary.{kind}": DictionaryGrid(context, dictionaries, kind) for kind in DICTIONARIES}
