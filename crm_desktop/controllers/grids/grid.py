"""What every grid of 批量录入 can do, whatever its rows become: show, check, and save all or nothing."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.grids.rows import CANCELLED, GridCheck, GridKind, GridResult, GridRow
from crm_desktop.errors import CrmError, ValidationError
from crm_desktop.models.fields import Field
from crm_desktop.reports.document import Cancelled, OnProgress

MOST_ROWS = 20_000

Faults = dict[str, str]
"""Field → sentence, of one row."""
Places = dict[tuple[int, str], str]
"""(row number from 0, field) → sentence."""
Numbered = Sequence[tuple[int, GridRow]]


class Saving:
    """One save on its way: how far it is, whether its operator has cancelled, and what was refused so far."""

    def __init__(self, total: int, on_progress: OnProgress | None, cancelled: Cancelled | None) -> None:
        self._total, self._on_progress, self._cancelled = total, on_progress, cancelled
        self._done = 0
        self.errors = Places()

    def take(self, rows: int) -> None:
        """So many more are done; CrmError when it is cancelled."""
        if self._cancelled is not None and self._cancelled():
            raise CrmError(CANCELLED)
        self._done += rows
        if self._on_progress is not None:
            self._on_progress(self._done, self._total)

    def refuse(self, number: int, faults: Faults) -> None:
        """The first word on a cell stays."""
        for name, sentence in faults.items():
            self.errors.setdefault((number, name), sentence)


class Grid(ABC):
    """One kind of grid; who may use it is asked before."""

    kind: GridKind
    operation: str
    """The kind of the operation in the log that a save becomes."""

    def __init__(self, context: Context) -> None:
        self._context = context

    @abstractmethod
    def columns(self) -> list[Field]:
        """What can be typed."""

    @abstractmethod
    def load(self, ids: Sequence[int] | None) -> list[GridRow]:
        """What is there as rows; without ``ids`` all of a kind that is whole."""

    def check(self, rows: Sequence[GridRow], only: Collection[int] | None, cancelled: Cancelled | None) -> GridCheck:
        """Each row (or ``only`` some) by itself, and all against each other; a blank row has no faults."""
        faults, errors = self._examiner(rows), Places()
        for number, row in enumerate(rows):
            if cancelled is not None and cancelled():
                break
            if not row.is_blank and (only is None or number in only):
                errors |= {(number, name): sentence for name, sentence in faults(number).items()}
        return GridCheck(errors | self._doubles(rows), self._oddities(rows))

    def save(
        self, rows: Sequence[GridRow], on_progress: OnProgress | None, cancelled: Cancelled | None
    ) -> GridResult:
        """Everything in one operation, or nothing: ValidationError.fields has ``3.phone`` for the fourth row's."""
        filled = [(number, row) for number, row in enumerate(rows) if not row.is_blank]
        if not filled:
            raise ValidationError({"0": "表格里还没有内容。"})
        if len(filled) > MOST_ROWS:
            raise ValidationError({"0": f"一次最多保存 {MOST_ROWS:,} 行，更多请用导入。"})
        added = sum(row.record is None for _, row in filled)
        sentence = f"批量录入{self.kind.label}：新增 {added}、修改 {len(filled) - added}"
        saving = Saving(len(filled), on_progress, cancelled)
        with self._context.operation(self.operation, sentence) as operation:
            saving.errors.update(self._doubles(rows))
            updated = self._write(filled, saving, operation)
            if saving.errors:
                raise ValidationError({f"{number}.{name}": told for (number, name), told in saving.errors.items()})
        return GridResult(added, updated, operation if added or updated else None)

    @abstractmethod
    def _examiner(self, rows: Sequence[GridRow]) -> Callable[[int], Faults]:
        """Says what is wrong with the row of a number; good for one check."""

    @abstractmethod
    def _doubles(self, rows: Sequence[GridRow]) -> Places:
        """Rows that say what one above says already, where that may not be."""

    def _oddities(self, rows: Sequence[GridRow]) -> dict[int, str]:
        """Rows that may be, but look like a mistake."""
        return {}

    @abstractmethod
    def _write(self, filled: Numbered, saving: Saving, operation: int) -> int:
        """Add and change, and refuse what cannot be; how many of those that were there have changed."""
