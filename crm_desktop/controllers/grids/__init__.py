"""批量录入: many rows typed or pasted into a grid, of records and of the office's lists, saved all or nothing."""

from collections.abc import Mapping

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.dictionaries import Dictionaries
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.grids.dictionary_grid import DictionaryGrid
from crm_desktop.controllers.grids.grid import Grid
from crm_desktop.controllers.grids.record_grid import RecordGrid
from crm_desktop.controllers.grids.region_grid import RegionGrid
from crm_desktop.controllers.regions import Regions
from crm_desktop.models.dictionaries import DICTIONARIES


def all_grids(
    context: Context, records: Mapping[str, EntityController], dictionaries: Dictionaries, regions: Regions
) -> dict[str, Grid]:
    """Key → grid: an entity's key, ``regions``, and ``dictionary.level`` for each kind of dictionary."""
    grids: list[Grid] = [RecordGrid(context, each) for each in records.values()]
    grids.append(RegionGrid(context, regions))
    grids.extend(DictionaryGrid(context, dictionaries, kind) for kind in DICTIONARIES)
    return {grid.kind.key: grid for grid in grids}
