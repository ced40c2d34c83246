"""Finds the region of an imported row: named in its columns, or proposed from its address."""

from functools import cached_property

from crm_desktop.controllers.exchange import places
from crm_desktop.controllers.exchange.planned_row import CONTACT, PlannedRow
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.db.connection import Connections
from crm_desktop.db.regions import region_index
from crm_desktop.errors import FieldError
from crm_desktop.models import CUSTOMERS
from crm_desktop.models.addresses import RegionIndex

PARTS = ("region.province", "region.city", "region.county")
FULL_NAMES = "SELECT code, full_name FROM regions"


class RegionFinder:
    """Turns what rows say about their region into its code, as far as that is beyond doubt."""

    def __init__(self, database: Connections, lookup: Lookup) -> None:
        self._database = database
        self._lookup = lookup
        self._named: dict[str, str] = {}

    @cached_property
    def _index(self) -> RegionIndex:
        return region_index(self._database)

    @cached_property
    def _full_names(self) -> dict[str, str]:
        return {row["code"]: row["full_name"] for row in self._database.query(FULL_NAMES)}

    def join_parts(self, row: PlannedRow) -> None:
        """Province, city and county columns become one region, and complete the address that lacks them."""
        province, city, county = (row.values.get(name, "") for name in PARTS)
        if not (province or city or county):
            return
        values = {path: text for path, text in row.values.items() if path not in PARTS}
        values.setdefault("region", places.region_text(province, city, county))
        if values.get("address"):
            values["address"] = places.full_address(province, city, county, values["address"])
        row.values = values

    def code(self, row: PlannedRow, prefix: str, is_new: bool) -> str | None:
        """The code of the region a row names; for a new record without one what its address proposes.

        What is proposed appears in the row's values and notes. A name nobody knows is given back as it is, and the
        check refuses it.
        """
        region, address = prefix + "region", prefix + "address"
        text = row.values.get(region)
        if text:
            return self._named_code(text)
        code = self._index.propose(row.values[address]) if is_new and row.values.get(address) else None
        if code:
            row.values = {**row.values, region: self._full_names[code]}
            person = "联系人的" if prefix == CONTACT else ""
            row.note(f"{person}区域由地址推断：{self._full_names[code]}")
        return code

    def _named_code(self, text: str) -> str:
        if text not in self._named:
            try:
                self._named[text] = str(self._lookup.resolve(CUSTOMERS["region"], text))
            except FieldError:
                self._named[text] = self._index.propose(text) or text
        return self._named[text]
