"""批量录入 of whatever has a grid, and 批量修改 of records."""

from collections.abc import Collection, Mapping, Sequence

from crm_desktop.controllers import batch
from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.grids.grid import Grid
from crm_desktop.controllers.grids.rows import GridCheck, GridKind, GridResult, GridRow
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.errors import NotFound
from crm_desktop.models.fields import Field
from crm_desktop.models.query import Values
from crm_desktop.reports.document import Cancelled, OnProgress


class BatchEntry(Controller):
    """Each call asks for the right on what the grid holds."""

    area = "customers"

    def __init__(self, context: Context, records: Mapping[str, EntityController], grids: Mapping[str, Grid]) -> None:
        super().__init__(context)
        self._records = records
        self._grids = grids

    @requires(ANYONE)
    def kinds(self) -> list[GridKind]:
        """The grids that the operator may add to, records first; ``key`` is the ``entity`` of the other methods."""
        kinds = [grid.kind for grid in self._grids.values()]
        return [kind for kind in kinds if self._context.may(kind.area, "create")]

    @requires(ANYONE)
    def columns(self, entity: str) -> list[Field]:
        """What can be typed, in the order of the grid."""
        return self._grid(entity, "create").columns()

    @requires(ANYONE)
    def load(self, entity: str, ids: Sequence[int] | None) -> list[GridRow]:
        """What is there already as rows, to be changed; of a list, all without ``ids``."""
        return self._grid(entity, "update").load(ids)

    @requires(ANYONE)
    def check(
        self,
        entity: str,
        rows: Sequence[GridRow],
        only: Collection[int] | None = None,
        cancelled: Cancelled | None = None,
    ) -> GridCheck:
        """Each row (or ``only`` some) by itself, and all against each other; nothing is saved.

        A blank row has no faults.
        """
        return self._grid(entity, "create").check(rows, only, cancelled)

    @requires(ANYONE)
    def save(
        self,
        entity: str,
        rows: Sequence[GridRow],
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> GridResult:
        """Everything in one operation, or nothing: ValidationError.fields has ``3.phone`` for the fourth row's."""
        grid = self._grid(entity, "create")
        if any(row.record is not None for row in rows):
            self.demand(grid.kind.area, "update")
        return grid.save(rows, on_progress, cancelled)

    @requires(ANYONE)
    def update_many(
        self,
        entity: str,
        records: Sequence[int],
        values: Values,
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> int:
        """批量修改: give many records the same values, all or nothing; returns how many changed.

        ValidationError.fields says which records refuse them; what others saved meanwhile is changed as it is.
        """
        if entity not in self._records:
            raise NotFound(f"没有“{entity}”这种资料。")
        self.demand(entity, "update")
        return batch.update_many(self._records[entity], records, values, on_progress, cancelled)

    def _grid(self, key: str, verb: str) -> Grid:
        if key not in self._grids:
            raise NotFound(f"没有“{key}”这种资料。")
        self.demand(self._grids[key].kind.area, verb)
        return self._grids[key]
