"""What an entity is: its table, its fields, and how lists, search and forms present it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crm_desktop.models.fields import Field, Phone, Reference, Timestamp

STANDARD_COLUMNS = (
    "id", "created_at", "created_by", "updated_at", "updated_by", "version", "deleted_at", "deleted_in",
)  # fmt: skip
"""Columns every record table has beside its declared fields."""


STANDARD_FIELDS = (
    Timestamp("created_at", "建档时间", width=16),
    Reference("created_by", "建档人", entity="operators", width=10, is_hidden=True),
    Timestamp("updated_at", "修改时间", width=16),
    Reference("updated_by", "修改人", entity="operators", width=10, is_hidden=True),
)


@dataclass(frozen=True)
class Entity:
    """One kind of record, declared once."""

    key: str
    """Table name, controller attribute, permission area and name on the command line."""
    label: str
    """The word for one record, e.g. 客户."""
    fields: tuple[Field, ...]
    computed: tuple[Field, ...] = ()
    """Columns that only the view ``v_<key>`` has."""
    title: str = "name"
    """The field that names a record in messages and pick lists."""
    list_columns: tuple[str, ...] = ()
    search_fields: tuple[str, ...] = ()
    """Text fields the quick search looks into; the title's pinyin and initials come by themselves."""
    order: str = "name"
    scope_field: str | None = None
    """The operator reference that decides whose record it is."""
    unique: tuple[str, ...] = ()
    is_person: bool = False
    """The title is a person's name, so its first character is read as a surname."""

    def __getitem__(self, name: str) -> Field:
        return self.by_name[name]

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {each.name: each for each in (*self.fields, *self.computed, *STANDARD_FIELDS)}

    @cached_property
    def writable(self) -> dict[str, Field]:
        return {each.name: each for each in self.fields}

    @property
    def blank(self) -> dict[str, Any]:
        """A new record of which nothing is known yet."""
        return dict(self._blank)

    @cached_property
    def _blank(self) -> dict[str, Any]:
        return {each.name: each.empty for each in self.fields}

    @cached_property
    def expected(self) -> dict[str, Any]:
        """Default values, and None for each required field, so that a new record is asked for them."""
        return {each.name: each.default for each in self.fields if each.required or each.default is not None}

    @property
    def table(self) -> str:
        return self.key

    @property
    def source(self) -> str:
        """What to read from: the view when there are computed columns."""
        return f"v_{self.key}" if self.computed else self.key

    @cached_property
    def phone_fields(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.fields if isinstance(each, Phone))

    @cached_property
    def owner_reference(self) -> Reference | None:
        """The reference to the record this one belongs to, if any."""
        owners = (each for each in self.fields if isinstance(each, Reference) and each.is_owner)
        return next(owners, None)

    @property
    def is_searchable(self) -> bool:
        return bool(self.search_fields)
