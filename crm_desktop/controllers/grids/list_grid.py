"""What the grids of lists share: each row by the rules of its list, and whole lists short enough to be loaded."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from crm_desktop.controllers.grids.grid import Faults, Grid, Numbered, Places, Saving
from crm_desktop.controllers.grids.rows import GridRow
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.errors import Conflict, FieldError, InUse, NotFound, ValidationError
from crm_desktop.models.fields import Field, Flag

Row = dict[str, Any]
NAME = "name"
IN_USE = Flag("is_active", "在用", default=1, width=6)
LONGEST_NAME = 40


class ListGrid(Grid):
    operation = "update"

    def load(self, ids: Sequence[int] | None) -> list[GridRow]:
        wanted = None if ids is None else set(ids)
        return [
            GridRow(texts := self._texts(row), number, row["version"], texts)
            for number, row in self._stored()
            if wanted is None or number in wanted
        ]

    def _examiner(self, rows: Sequence[GridRow]) -> Callable[[int], Faults]:
        stored = dict(self._stored())

        def faults(number: int) -> Faults:
            try:
                self._examine(rows[number], self._known(rows[number], stored))
            except ValidationError as error:
                return error.fields
            return {}

        return faults

    def _write(self, filled: Numbered, saving: Saving, operation: int) -> int:
        stored, updated = dict(self._stored()), 0
        for number, row in filled:
            saving.take(1)
            try:
                with self._context.db.atomic():
                    updated += self._write_row(row, self._known(row, stored))
            except ValidationError as error:
                saving.refuse(number, error.fields)
            except (Conflict, InUse, NotFound) as error:
                saving.refuse(number, {NAME: str(error)})
        return updated

    def _known(self, row: GridRow, stored: Mapping[int, Row]) -> Row | None:
        """What is stored of a row; ValidationError when it is gone or somebody changed it since it was read."""
        if row.record is None:
            return None
        known = stored.get(row.record)
        if known is None:
            raise ValidationError({NAME: f"这个{self.kind.label}已被删除，请去掉这一行。"})
        if known["version"] != row.version and self._changed(row, known):
            raise ValidationError({NAME: f"这个{self.kind.label}刚被别人改过，请重新载入。"})
        return known

    def _changed(self, row: GridRow, known: Row) -> dict[str, str]:
        """Only what was typed over."""
        return row.typed_over(self._texts(known))

    def _texts(self, stored: Row) -> dict[str, str]:
        return {field.name: self._typed(field, stored) for field in self.columns()}

    def _typed(self, field: Field, stored: Row) -> str:
        """What a person would have typed for a stored value."""
        return field.format(stored.get(field.name))

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

    def _doubles(self, rows: Sequence[GridRow]) -> Places:
        """Rows that call the same thing as one above."""
        seen, errors = dict[tuple[str, ...], int](), Places()
        for number, row in enumerate(rows):
            key = self._called(row)
            if key[-1]:
                first = seen.setdefault(key, number)
                if first != number:
                    errors[number, NAME] = f"与第 {first + 1} 行的名称相同。"
        return errors

    def _called(self, row: GridRow) -> tuple[str, ...]:
        return (row.values.get(NAME, "").strip(),)

    @abstractmethod
    def _stored(self) -> Iterator[tuple[int, Row]]:
        """Number → what is there."""

    @abstractmethod
    def _examine(self, row: GridRow, known: Row | None) -> None:
        """ValidationError for what ``_write_row`` would refuse."""

    @abstractmethod
    def _write_row(self, row: GridRow, known: Row | None) -> bool:
        """Add or change; whether one that was there has changed."""
