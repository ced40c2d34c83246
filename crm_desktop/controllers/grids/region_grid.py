"""批量录入 of the regions: new ones are the office's own, those of the national list may be renamed and corrected."""

import json
from collections.abc import Callable, Iterator, Sequence
from zlib import crc32

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.grids.grid import Faults
from crm_desktop.controllers.grids.list_grid import IN_USE, LONGEST_NAME, NAME, ListGrid, Row
from crm_desktop.controllers.grids.rows import GridKind, GridRow
from crm_desktop.controllers.regions import Regions, record_number
from crm_desktop.errors import ValidationError
from crm_desktop.models.fields import AreaCode, Field, Postcode, Region, Text

PARENT = "parent"
ALL_REGIONS = "SELECT * FROM regions ORDER BY code"


class RegionGrid(ListGrid):
    kind = GridKind("regions", "区域", "区域信息", "regions", is_whole=True)

    def __init__(self, context: Context, regions: Regions) -> None:
        super().__init__(context)
        self._regions = regions

    def columns(self) -> list[Field]:
        return [
            Text(NAME, "名称", required=True, length=LONGEST_NAME, width=20),
            Region(PARENT, "上级区域", width=28, note="新增时填，空着为最上一级"),
            AreaCode("area_code", "区号", width=8),
            Postcode("postcode", "邮编", width=10),
            IN_USE,
        ]

    def _stored(self) -> Iterator[tuple[int, Row]]:
        rows = [dict(row) for row in self._context.db.query(ALL_REGIONS)]
        names = {row["code"]: row["full_name"] for row in rows}
        for row in rows:
            more = {"parent_text": names.get(row[PARENT], ""), "version": _digest(row)}
            yield record_number(row["code"]), row | more

    def _typed(self, field: Field, stored: Row) -> str:
        return str(stored["parent_text"]) if field.name == PARENT else super()._typed(field, stored)

    def _examiner(self, rows: Sequence[GridRow]) -> Callable[[int], Faults]:
        """A region may lie in one that is new in a row above."""
        examine, above = super()._examiner(rows), _first_rows(rows)

        def faults(number: int) -> Faults:
            found, row = examine(number), rows[number]
            if row.record is None and above.get(_parent(row), number) < number:
                found.pop(PARENT, None)
            return found

        return faults

    def _called(self, row: GridRow) -> tuple[str, ...]:
        return _parent(row), row.values.get(NAME, "").strip()

    def _examine(self, row: GridRow, known: Row | None) -> None:
        values = self._accepted(row, known)
        if known is not None:
            self._stays(values, known)
        parent = values.get(PARENT) if known is None else known[PARENT]
        self._regions._accept({**(known or {}), **values}, parent, known["code"] if known else None)

    def _write_row(self, row: GridRow, known: Row | None) -> bool:
        values = self._accepted(row, known)
        is_active = values.pop(IN_USE.name, None)
        if known is None:
            code = self._regions.add(values.pop(PARENT, None), values)
            if is_active == 0:
                self._regions.set_active(code, False)
            return False
        self._stays(values, known)
        values.pop(PARENT, None)
        if values:
            self._regions.update(known["code"], values)
        if is_active is not None:
            self._regions.set_active(known["code"], bool(is_active))
        return bool(values) or is_active is not None

    def _stays(self, values: Row, known: Row) -> None:
        if PARENT in values and values[PARENT] != known[PARENT]:
            raise ValidationError({PARENT: "已有的区域不能换上级。"})


def _parent(row: GridRow) -> str:
    return row.values.get(PARENT, "").strip()


def _digest(row: Row) -> int:
    """Stands for the version that regions do not have: another one when anything of the row is."""
    return crc32(json.dumps(row, ensure_ascii=False, sort_keys=True).encode())


def _first_rows(rows: Sequence[GridRow]) -> dict[str, int]:
    """What the new regions can be called, by themselves and with what they lie in → the first row."""
    found: dict[str, int] = {}
    for number, row in enumerate(rows):
        name = row.values.get(NAME, "").strip()
        if row.record is None and name:
            for called in (name, _parent(row) + name):
                found.setdefault(called, number)
    return found
