"""Form inputs whose values come from the office: dictionary items, colleagues, other records, regions."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any

from crm_desktop.controllers.base import EntityReader
from crm_desktop.errors import NotFound
from crm_desktop.models import ENTITIES, Condition, Query
from crm_desktop.models.dictionaries import DICTIONARIES
from crm_desktop.models.fields import Choice, Reference
from crm_desktop.views.desk import Desk
from crm_desktop.views.dictionary_form import edit_item
from crm_desktop.views.record_picker import RecordPicker, offered
from crm_desktop.views.region_picker import RegionPicker
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.picker import ChoiceInput, Picker

FOUND_AT_MOST = 20
LISTED_AT_MOST = 200
OpenForm = Callable[..., Any]
ValueOf = Callable[[str], Any]


class ListInput(ChoiceInput):
    """A short list that is read whenever it is offered, so that a form that is kept is never behind."""

    def __init__(
        self, parent: Misc, load: Callable[[], Sequence[PickItem]], *, on_add: Callable[[Picker], Any] | None = None
    ) -> None:
        self._load = load
        super().__init__(parent, on_add=on_add)

    def set(self, value: Any, text: str | None = None) -> None:
        if text is None and value is not None:
            self.choices = list(self._load())
        super().set(value, text)

    def _filter(self, text: str) -> list[PickItem]:
        self.choices = list(self._load())
        return super()._filter(text)


class DictionaryInput(ListInput):
    """An item of a dictionary; "…" adds one that is missing, when the operator may."""

    def __init__(self, parent: Misc, field: Choice, desk: Desk) -> None:
        self._desk = desk
        self._kind = field.kind
        may_add = desk.office.may("dictionaries", "create")
        super().__init__(parent, self._items, on_add=self._add if may_add else None)

    def item(self) -> dict[str, Any] | None:
        """The chosen item with its attributes."""
        items = self._desk.office.dictionaries.items(self._kind)
        return next((item for item in items if item["id"] == self.get()), None)

    def _items(self) -> list[PickItem]:
        items = self._desk.office.dictionaries.items(self._kind, active_only=True)
        return [PickItem(item["id"], item["name"], "", item["initials"]) for item in items]

    def _add(self, picker: Picker) -> None:
        typed = picker.get()
        name = typed if isinstance(typed, str) else ""
        edit_item(self._desk, self, DICTIONARIES[self._kind], None, self._added, name=name)

    def _added(self, item: int) -> None:
        self.set(item)
        self.changed()
        self.focus_set()


class OperatorInput(ListInput):
    """A colleague."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, lambda: [self._item(row) for row in desk.office.operators.active()])

    def _item(self, row: dict[str, Any]) -> PickItem:
        return PickItem(row["id"], row["full_name"], row["name"], row["name"])


class RoleInput(ListInput):
    """One of the office's roles, with the data scope it gives."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, lambda: [self._item(row) for row in desk.office.roles.offered()])

    def _item(self, row: dict[str, Any]) -> PickItem:
        return PickItem(row["id"], row["name"], f"数据范围：{row['data_scope']}")


class RecordInput(Picker):
    """Another record, found by typing; F7 opens the whole list, "…" a form for a new one."""

    def __init__(self, parent: Misc, field: Reference, desk: Desk, open_form: OpenForm) -> None:
        self._desk = desk
        self._entity = ENTITIES[field.entity]
        self._controller: EntityReader = getattr(desk.office, field.entity)
        self._open_form = open_form
        may_add = desk.office.may(field.entity, "create")
        super().__init__(
            parent,
            self._find_records,
            background=desk.background,
            on_list=self._choose,
            on_add=self._add if may_add else None,
        )

    def set(self, value: Any, text: str | None = None) -> None:
        if text is None and isinstance(value, int):
            text = self._title(value)
        super().set(value, text)

    def _title(self, record: int) -> str:
        rows = self._controller.rows([record], [self._entity.title])
        return str(rows[0][self._entity.title]) if rows else ""

    def _find_records(self, text: str) -> list[PickItem]:
        columns = [self._entity.title, *self._entity.unique]
        rows = self._controller.search(Query(text, offered(self._entity), limit=FOUND_AT_MOST), columns).rows
        return [PickItem(row["id"], row[self._entity.title], self._detail(row)) for row in rows]

    def _detail(self, row: dict[str, Any]) -> str:
        return " ".join(str(row[name]) for name in self._entity.unique)

    def _choose(self, picker: Picker) -> None:
        typed = picker.get()
        text = typed if isinstance(typed, str) else ""
        RecordPicker(self, self._desk, self._entity, self._take, text=text).ask()

    def _add(self, picker: Picker) -> None:
        typed = picker.get()
        values = {self._entity.title: typed} if isinstance(typed, str) else {}
        self._open_form(
            self._desk, self._entity, None, values=values | self._known(), on_saved=self._take, parent=self
        )

    def _known(self) -> dict[str, Any]:
        """What a new record begins with besides its title."""
        return {}

    def _take(self, record: int) -> None:
        self.set(record)
        self.changed()
        self.focus_set()


class RelativeInput(RecordInput):
    """A record that shares an owner with the form's: a contact of its customer. F7 drops all there are.

    Reads the owner from the form at each search, so it searches on the UI thread: an owner has few of them.
    """

    def __init__(self, parent: Misc, field: Reference, desk: Desk, open_form: OpenForm, value_of: ValueOf) -> None:
        super().__init__(parent, field, desk, open_form)
        self._background = None
        self._on_list = None
        self._within = field.within
        self._value_of = value_of

    @property
    def owner(self) -> int | None:
        """The owner chosen on the form."""
        value = self._value_of(self._within)
        return value if isinstance(value, int) else None

    def owner_of(self, record: int) -> int | None:
        """Whom a record belongs to."""
        rows = self._controller.rows([record], [self._within])
        return rows[0][self._within] if rows else None

    def follow(self) -> bool:
        """Let go of a record that does not belong to the owner chosen now; True when there was one."""
        record, owner = self.get(), self.owner
        if owner is None or not isinstance(record, int) or self.owner_of(record) == owner:
            return False
        self.set(None)
        return True

    def _find_records(self, text: str) -> list[PickItem]:
        owner, columns = self.owner, [self._entity.title, self._within, *self._entity.phone_fields]
        conditions = () if owner is None else (Condition(self._within, "=", owner),)
        query = Query(text, conditions, limit=FOUND_AT_MOST if owner is None else LISTED_AT_MOST)
        rows = self._controller.search(query, columns).rows
        return [PickItem(row["id"], row[self._entity.title], self._detail(row)) for row in rows]

    def _detail(self, row: dict[str, Any]) -> str:
        """Whose it is, while that is open; else a number, to tell two of one name apart."""
        if self.owner is None:
            return str(row[f"{self._within}_text"])
        return next((str(row[name]) for name in self._entity.phone_fields if row[name]), "")

    def _known(self) -> dict[str, Any]:
        return {} if self.owner is None else {self._within: self.owner}


class RegionInput(Picker):
    """A place at any level; F7 opens the tree."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        self._desk = desk
        super().__init__(parent, self._find_regions, background=desk.background, on_list=self._choose)

    def set(self, value: Any, text: str | None = None) -> None:
        row = self.facts(value) if text is None and value else None
        super().set(value, row["full_name"] if row else text)

    def facts(self, code: str) -> dict[str, Any] | None:
        """The region of a code; None when there is none, or when the operator may not look."""
        if not self._may_look():
            return None
        try:
            return self._desk.office.regions.get(code)
        except NotFound:
            return None

    def check(self) -> bool:
        """A name that only one region bears is that region, though others contain it; so is a code of GB/T 2260."""
        typed = self.get()
        if isinstance(typed, str) and self.chosen is None and self._may_look():
            found = self._desk.office.regions.find(typed)  # six digits are a postcode first
            coded = None if found else self.facts(typed)
            bearing = [coded] if coded else [row for row in found if row["name"] == typed]
            if len(bearing) == 1:
                self._choose_and_announce(self._item(bearing[0]))
        return super().check()

    def _may_look(self) -> bool:
        return self._desk.office.may("regions", "view")

    def _find_regions(self, text: str) -> list[PickItem]:
        if not self._may_look():
            return []
        return [self._item(row) for row in self._desk.office.regions.find(text, FOUND_AT_MOST)]

    def _item(self, row: dict[str, Any]) -> PickItem:
        detail = "  ".join(filter(None, (row["area_code"], row["postcode"])))
        return PickItem(row["code"], row["full_name"], detail, row["initials"])

    def _choose(self, picker: Picker) -> None:
        if self._may_look():
            RegionPicker(self, self._desk, self._take, code=self.chosen.key if self.chosen else "").ask()

    def _take(self, code: str) -> None:
        row = self.facts(code)
        if row is not None:
            self._choose_and_announce(self._item(row))
        self.focus_set()


def reference_input(
    parent: Misc, field: Reference, desk: Desk, open_form: OpenForm, value_of: ValueOf
) -> Picker:
    """Colleagues and roles are short lists; other records are searched, those that share an owner among its own."""
    if field.entity == "operators":
        return OperatorInput(parent, desk)
    if field.entity == "roles":
        return RoleInput(parent, desk)
    if field.within:
        return RelativeInput(parent, field, desk, open_form, value_of)
    return RecordInput(parent, field, desk, open_form)
