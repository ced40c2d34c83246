"""What customers and contacts share: country, region and postcode must fit together."""

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.rights import requires
from crm_desktop.db import pinyin
from crm_desktop.errors import FieldError
from crm_desktop.models import checks
from crm_desktop.models.fields import Text
from crm_desktop.models.query import Values

CHINA = "86"
COUNTRY = "SELECT json_extract(attributes, '$.country_code') FROM dictionary_items WHERE id = ?"
REGION = "SELECT area_code, postcode FROM regions WHERE code = ?"


class PlaceController(EntityController):
    """An entity with an address."""

    @requires("view")
    def pinyin_of(self, name: str) -> str:
        """The 拼音码 that saving a record of this name would make."""
        return self._initials(name)

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        self._fill_pinyin(accepted, existing)
        self._fill_from_region(values, accepted, existing, lookup)
        self._check_postcode(accepted, existing, errors, lookup)

    def _fill_pinyin(self, accepted: Record, existing: Record | None) -> None:
        """Made from the name, and made again when the name changes unless somebody had edited it."""
        if accepted.get("pinyin"):
            return
        if existing is not None:
            was_made = existing["pinyin"] == self._initials(existing["name"])
            if "pinyin" not in accepted and ("name" not in accepted or not was_made):
                return
        name = accepted.get("name") or (existing or {}).get("name")
        if name:
            accepted["pinyin"] = self._initials(name)

    def _initials(self, name: str) -> str:
        field = self.entity["pinyin"]
        assert isinstance(field, Text)
        return pinyin.initials(name, self.entity.is_person)[: field.length]

    def _fill_from_region(self, values: Values, accepted: Record, existing: Record | None, lookup: Lookup) -> None:
        """A new record's region brings its area code, and its postcode unless one was given, even empty."""
        code = accepted.get("region")
        if existing is not None or not code:
            return
        region = lookup.remember(REGION, code, lambda: self._db.one(REGION, (code,)))
        if region is None:
            return
        if not accepted.get("area_code"):
            accepted["area_code"] = region["area_code"]
        if "postcode" not in values:
            accepted["postcode"] = region["postcode"]

    def _check_postcode(
        self, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        """Six digits in China; asked again when the country changes."""
        if not accepted.keys() & {"postcode", "country"} or "postcode" in errors:
            return
        record = accepted if existing is None else {**existing, **accepted}
        is_abroad = record["country"] is not None and self._calling_code(record["country"], lookup) != CHINA
        try:
            checks.check_postcode(record["postcode"], is_abroad)
        except FieldError as error:
            errors["postcode"] = str(error)

    def _calling_code(self, country: int, lookup: Lookup) -> str | None:
        code: str | None = lookup.remember(COUNTRY, country, lambda: self._db.value(COUNTRY, (country,)))
        return code
