"""What an entity is: its table, its fields, and how lists, search and forms present it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from crm_desktop.models.fields import CalledNumber, Field, Phone, Reference, SerialNumber, Timestamp
from crm_desktop.models.workflow import Workflow

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
class TimelineEntry:
    """How a record of something that happened stands in its customer's timeline."""

    title: tuple[str, ...]
    """Fields that say in a few words what it was."""
    text: str = ""
    """The field with the whole story."""
    state: str = ""
    """The field that says how it stands."""
    time: str = ""
    """The field with the time of day, beside the record's ``date``."""


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
    scope_also: tuple[str, ...] = ()
    """Further operator references that make it theirs, too."""
    unique: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    """Fields whose values are never given again, even after a purge; a serial number is one by nature."""
    formerly: str = ""
    """The text field with the codes by which a record was known before: those of its duplicates go there."""
    is_person: bool = False
    """The title is a person's name, so its first character is read as a surname."""
    collection: str = ""
    """The word for all of them, as menus and rights have it: 客户信息. Without it the label."""
    matched_by: tuple[str, ...] = ()
    """Fields by which a record may be named in another's; without it the title."""
    finished_if: str = ""
    """The flag of a record that nobody has to see to any more; without one, or a workflow, none is ever open."""
    offered_if: str = ""
    """A flag without which a record is no longer offered where another refers to it; those that do keep it."""
    report: str = ""
    """The name of its printed list, e.g. ``customer_list``; without it there is none."""
    report_columns: tuple[str, ...] = ()
    """What the printed list shows unless other columns are asked for; without it the list's."""
    totals: tuple[str, ...] = ()
    """Number fields that are added up below a list."""
    in_order: tuple[tuple[str, str], ...] = ()
    """Pairs of date fields of which the first may not be earlier than the second."""
    workflow: Workflow | None = None
    """The steps of its ``status``."""
    timeline: TimelineEntry | None = None
    """How it stands in the timeline of the customer it belongs to."""
    has_attachments: bool = False
    """Files may be kept with a record."""

    def __getitem__(self, name: str) -> Field:
        return self.by_name[name]

    @property
    def words(self) -> str:
        """The word for all records of this kind."""
        return self.collection or self.label

    @property
    def list_title(self) -> str:
        """What stands above a list of them on paper: 联系人信息列表."""
        return f"{self.words.removesuffix('信息')}信息列表" if self.words != self.label else f"{self.words}列表"

    @property
    def names(self) -> tuple[str, ...]:
        """Fields by which a record is found when another's refers to it by name."""
        return self.matched_by or (self.title,)

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

    def beginning(self, today: date) -> dict[str, Any]:
        """What a new form shows: the defaults, a day such as 今天 as the date it is."""
        return {each.name: each.accept(each.default, today) for each in self.fields if each.default is not None}

    def is_within(self, name: str) -> bool:
        """Whether a field refers to something that must share an owner with the record."""
        return name in self._within

    @cached_property
    def _within(self) -> frozenset[str]:
        return frozenset(each.name for each in self.fields if isinstance(each, Reference) and each.within)

    def owners_first(self, names: Collection[str]) -> Collection[str]:
        """These fields, what must share an owner with the record after the owner itself."""
        return names if self._within.isdisjoint(names) else sorted(names, key=self.is_within)

    @cached_property
    def serial_number(self) -> SerialNumber | None:
        """The field that holds the document's number, if any."""
        return next((each for each in self.fields if isinstance(each, SerialNumber)), None)

    @property
    def number_fields(self) -> tuple[str, ...]:
        """Those that hold a number or code which never returns."""
        return (*self.lasting, *([self.serial_number.name] if self.serial_number else ()))

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
    def hidden_fields(self) -> frozenset[str]:
        """Fields with numbers that only who has the right to 电话号码 sees whole."""
        numbers = (each for each in self.by_name.values() if isinstance(each, CalledNumber))
        return frozenset(each.name for each in numbers if not each.is_public)

    @cached_property
    def owner_reference(self) -> Reference | None:
        """The reference to the record this one belongs to, if any."""
        owners = (each for each in self.fields if isinstance(each, Reference) and each.is_owner)
        return next(owners, None)

    def reference_to(self, key: str) -> Reference | None:
        """The field that refers to a record of another entity; the first, if there are several."""
        return next((each for each in self.fields if isinstance(each, Reference) and each.entity == key), None)

    @property
    def is_searchable(self) -> bool:
        return bool(self.search_fields)
