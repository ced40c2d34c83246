"""What the customer form does beyond its fields: the code, duplicates, hints, and the first 主联系人."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError
from crm_desktop.models import CONTACTS, CUSTOMERS
from crm_desktop.models.pasted_text import Recognised
from crm_desktop.models.query import Values
from crm_desktop.views.actions import Action
from crm_desktop.views.address_reading import Targets, reading_actions
from crm_desktop.views.form_fields import labeled_field
from crm_desktop.views.form_place import PlaceCompanion
from crm_desktop.views.theme import BOLD_FONT, pixels

CODE_FOLLOWS = ("name", "level", "region", "area_code", "country", "country_code")
WARNED_BY = ("level", "annual_revenue", "employee_count", "tax_number")
PASTED = {
    "company": "name", "mobile": "mobile", "phone": "phone", "fax": "fax", "email": "email", "region": "region",
    "address": "address", "postcode": "postcode", "rest": "remark",
}  # fmt: skip
CONTACT_OF = {"person": "name", "title": "honorific", "mobile": "mobile"}
CONTACT_BLOCK = ("name", "honorific", "position", "mobile", "office_phone")
SAME_BY = ("name", *CUSTOMERS.phone_fields)
BESIDE_FIELDS = 4
"""The column of a page that is right of both pairs of fields."""
ALL_ROWS = 40
BLOCK_WIDTH = 14


class CustomerCompanion(PlaceCompanion):
    remembered = ("region", "owner")

    def build(self) -> None:
        page = self.form.pages[CUSTOMERS["name"].group].content
        self.block = ttk.Frame(page, bootstyle="bordered", padding=pixels(page, 8), name="contact_block")
        self.block.grid(row=0, column=BESIDE_FIELDS, rowspan=ALL_ROWS, sticky="n", padx=(pixels(page, 18), 0))
        self.block.columnconfigure(1, weight=1)
        title = ttk.Label(self.block, text="主联系人", font=BOLD_FONT)
        title.grid(row=0, column=0, columnspan=2, sticky="w", padx=pixels(page, 6), pady=pixels(page, 4))
        for row, name in enumerate(CONTACT_BLOCK, 1):
            field = replace(CONTACTS[name], required=False)  # the whole block may stay empty
            labeled = labeled_field(self.block, field, self.form.near, width=BLOCK_WIDTH).grid(row)
            self.form.add(f"contacts.0.{name}", labeled, CUSTOMERS["name"].group)

    def filled(self) -> None:
        super().filled()
        self._seen: set[int] = set()
        self._show_block()
        self.form["code"].input.suggest("")
        if self.form.is_new:
            self._ask_code(pause=False)
        self._ask_warnings()

    def changed(self, name: str) -> None:
        super().changed(name)
        if name == "country":
            self._follow_country()
        if name == "nature":
            self._show_block()
        if name in CODE_FOLLOWS and self.form.is_new:
            self._ask_code()
        if name in WARNED_BY:
            self._ask_warnings()
        if name in SAME_BY:
            self.form.later.ask("same", self._find_same, self._show_same)

    def actions(self, window: Any) -> list[Action]:
        return reading_actions(window)

    def pasted_into(self, found: Recognised) -> Targets:
        """A new company's person is its contact, with the mobile; a new person is the customer."""
        names = {kind: (name, CUSTOMERS[name]) for kind, name in PASTED.items()}
        if self.has_block:
            for kind in ("person", "title", *(("mobile",) if found.person else ())):
                name = CONTACT_OF[kind]
                names[kind] = f"contacts.0.{name}", CONTACTS[name]
        elif self.form.is_new and not found.company:
            names["person"] = "name", CUSTOMERS["name"]
        order = ("company", "person", "title", *PASTED)
        return {kind: names[kind] for kind in dict.fromkeys(order) if kind in names}

    # -- country and code ------------------------------------------------------------------------------------------

    def _follow_country(self) -> None:
        item = self.form["country"].input.item()
        if item is not None:
            self.bring("country_code", item["country_code"] or "")

    def _ask_code(self, *, pause: bool = True) -> None:
        self.form.later.ask("code", self._suggested_code, self._show_code, pause=pause)

    def _suggested_code(self) -> Callable[[], tuple[str, str]]:
        values = self.form.values()

        def work() -> tuple[str, str]:
            try:
                suggestion = self.desk.office.customers.suggest_code(values)
            except CrmError as error:
                return "", str(error)
            return suggestion.code, suggestion.hint

        return work

    def _show_code(self, answer: tuple[str, str]) -> None:
        """The hint only once something was typed: an empty form is nothing to warn about."""
        code, hint = answer
        self.form["code"].input.suggest(code)
        self.form["code"].set_hint(hint if hint and self.form.is_changed else None)

    # -- hints -----------------------------------------------------------------------------------------------------

    def _ask_warnings(self) -> None:
        self.form.later.ask("warnings", self._warnings, self._show_warnings)

    def _warnings(self) -> Callable[[], dict[str, str]]:
        values = self.form.values()
        return lambda: self.desk.office.customers.warnings(values)

    def _show_warnings(self, found: Mapping[str, str]) -> None:
        for name in ("level", "tax_number"):
            self.form[name].set_hint(found.get(name))

    def _find_same(self) -> Callable[[], list[dict[str, Any]]]:
        values, record = self.form.values(), self.form.record
        return lambda: self.desk.office.customers.possible_duplicates(values, record)

    def _show_same(self, found: Sequence[dict[str, Any]]) -> None:
        """A line under the field that is the same; what the operator has waved away stays away."""
        news = [row for row in found if row["id"] not in self._seen]
        for name in SAME_BY:
            label = CUSTOMERS[name].label
            same = [row for row in news if row["reason"].startswith(label if name != "name" else "名称")]
            self.form[name].set_hint(*self._same_line(same))

    def _same_line(self, same: Sequence[dict[str, Any]]) -> tuple[str | None, list[tuple[str, Callable[[], Any]]]]:
        if not same:
            return None, []
        first = same[0]
        more = f" 等 {len(same)} 个" if len(same) > 1 else ""
        sentence = f"可能重复：{first['code']} {first['name']}{more}（{first['reason']}）"
        ids = {row["id"] for row in same}
        wave_away = "仍然新增" if self.form.is_new else "不是同一个"
        return sentence, [("打开", lambda: self._open(first["id"])), (wave_away, lambda: self._wave_away(ids))]

    def _open(self, record: int) -> None:
        """In a window of its own: what has been typed here stays."""
        self.form.open_form(self.desk, CUSTOMERS, record, parent=self.form)

    def _wave_away(self, ids: set[int]) -> None:
        self._seen |= ids
        for name in SAME_BY:
            self.form[name].set_hint(None)
        self.form.later.ask("same", self._find_same, self._show_same)

    # -- the first contact -----------------------------------------------------------------------------------------

    @property
    def has_block(self) -> bool:
        """A new customer that is not itself a person."""
        item = self.form["nature"].input.item()
        return self.form.is_new and (item is None or item["key"] != "person")

    def _show_block(self) -> None:
        if self.has_block:
            self.block.grid()
        else:
            self.block.grid_remove()

    def lines(self) -> dict[str, Sequence[Values]]:
        contact = {name: self.form[f"contacts.0.{name}"].get() for name in CONTACT_BLOCK}
        return {"contacts": [contact]} if self.has_block and any(contact.values()) else {}

    def line_errors(self, lines: Mapping[str, Sequence[Values]]) -> dict[str, str]:
        contacts = lines.get("contacts")
        if not contacts or not self.desk.office.may("contacts", "view"):
            return {}
        errors = self.desk.office.contacts.check(contacts[0])
        errors.pop("customer", None)  # it is being created
        return {f"contacts.0.{name}": sentence for name, sentence in errors.items()}
