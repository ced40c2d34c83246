"""Decides whether a row of an import is a new record, one the office has, or one the file has named above."""

from collections import defaultdict
from collections.abc import Callable
from functools import cache

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.exchange.directory import Directory, Known, Owners
from crm_desktop.controllers.exchange.duplicates import Duplicates
from crm_desktop.controllers.exchange.matcher import Matcher, Task
from crm_desktop.controllers.exchange.planned_row import CONTACT, PlannedRow
from crm_desktop.models.text import search_text

CONTACTS_OF = "SELECT id, name FROM contacts WHERE customer = ? AND deleted_at IS NULL"

NAMESAKES = "这个客户有 {count} 位联系人都叫“{name}”，请在程序里修改。"


def contact_finder(context: Context) -> Callable[[int, str], list[int]]:
    """Ask for the ids of a customer's contacts of one name; each customer is read once."""

    @cache
    def contacts_of(customer: int) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for row in context.db.query(CONTACTS_OF, (customer,)):
            found[search_text(row["name"])].append(row["id"])
        return found

    return lambda customer, name: contacts_of(customer).get(search_text(name), [])


class CustomerMatcher(Matcher):
    """Customers are known by their code, else by their name; the rows of one file count as well."""

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._contacts = contact_finder(task.context)
        codes = (row.values.get("code", "") for row in task.rows)
        names = (row.values.get("name", "") for row in task.rows if task.mode != "add")  # else nobody asks by name
        self._office = Directory(task.context, codes, names)
        self._duplicates = Duplicates(task.context, task.rows, task.look)
        self._codes: dict[str, PlannedRow] = {}
        self._names: dict[str, PlannedRow] = {}
        self._people: dict[tuple[int, str], PlannedRow] = {}

    def settle(self, row: PlannedRow) -> None:
        """Find the customer and its contact; a new one may be a duplicate under another name."""
        above = self._row_above(row)
        if above is not None and self._join(row, above):
            return
        known = self._find(row)
        if known is not None and self._mode != "add":
            row.target, row.fate = known.id, self._mode
        self._settle_contact(row, row)
        if row.fate == "add":
            self._duplicates.note(row)

    # -- the rows above --------------------------------------------------------------------------------------------

    def _row_above(self, row: PlannedRow) -> PlannedRow | None:
        """The earlier row of the same customer: with the same code, or without a code of the same name."""
        code, name = row.values.get("code", "").casefold(), search_text(row.values.get("name", ""))
        same_code = self._codes.setdefault(code, row) if code else row
        same_name = self._names.setdefault(name, row) if name else row
        if same_code is not row:
            if name in ("", search_text(same_code.values.get("name", ""))):
                return same_code
            row.refuse("code", f"客户编号“{row.values['code']}”与第 {same_code.number} 行重复。")
        return None if code or same_name is row else same_name

    def _join(self, row: PlannedRow, above: PlannedRow) -> bool:
        """Take the row for a further contact of the customer above; False when it is a customer of its own."""
        if self._has_contact(row):
            self._add_contact(row, above)
        elif self._mode == "skip":
            row.fate = "skip"
            row.note(f"与第 {above.number} 行是同一个客户")
        elif self._mode == "update" or row.values.get("code"):
            field = "code" if row.values.get("code") else "name"
            row.refuse(field, f"与第 {above.number} 行是同一个客户，请合并成一行。")
        else:
            row.doubt(f"与第 {above.number} 行名称相同")
            return False
        return True

    def _add_contact(self, row: PlannedRow, above: PlannedRow) -> None:
        row.same_as, row.target = above.number, above.target
        if above.fate == "bad":
            row.refuse("name", f"第 {above.number} 行的客户不能导入，所以这一行的联系人也不能导入。")
        if self._mode == "skip" and above.fate == "skip":
            row.fate = "skip"
            return
        differing = [
            self._label(path)
            for path, value in row.values.items()
            if not path.startswith(CONTACT) and value != above.values.get(path)
        ]
        if differing:
            row.note(f"客户资料以第 {above.number} 行为准，这一行的{'、'.join(differing)}不导入")
        self._settle_contact(row, above)

    # -- contacts --------------------------------------------------------------------------------------------------

    def _has_contact(self, row: PlannedRow) -> bool:
        return any(path.startswith(CONTACT) for path in row.values)

    def _settle_contact(self, row: PlannedRow, customer: PlannedRow) -> None:
        name = row.values.get(CONTACT + "name")
        if not name or row.fate == "skip":
            return
        twin = self._people.setdefault((customer.number, search_text(name)), row)
        if twin is not row:
            self._settle_twin(row, twin)
        elif customer.target is not None and self._mode == "update":
            self._find_contact(row, customer.target, name)

    def _find_contact(self, row: PlannedRow, customer: int, name: str) -> None:
        found = self._contacts(customer, name)
        if len(found) > 1:
            row.refuse(CONTACT + "name", NAMESAKES.format(count=len(found), name=name))
        elif found:
            row.contact_target, row.fate = found[0], "update"

    def _settle_twin(self, row: PlannedRow, twin: PlannedRow) -> None:
        """The same person named twice: once more in the very same words is left out."""
        if _person(row) == _person(twin):
            row.fate = "skip"
            row.note(f"联系人与第 {twin.number} 行相同")
        elif self._mode == "update":
            row.refuse(CONTACT + "name", f"与第 {twin.number} 行是同一位联系人，请合并成一行。")
        else:
            row.doubt(f"与第 {twin.number} 行的联系人同名")

    # -- the office ------------------------------------------------------------------------------------------------

    def _find(self, row: PlannedRow) -> Known | None:
        """The customer the office has, by code, else by name; in doubt a problem."""
        code, name = row.values.get("code", ""), row.values.get("name", "")
        known = self._office.by_code(code) if code else None
        if known is not None or self._mode == "add":
            return known
        same_name = self._office.by_name(name)
        if not same_name:
            return None
        if self._mode == "update" and code:
            row.refuse("code", f"已有同名客户，编号是“{same_name[0].code}”，与表中的不同。")
        elif self._mode == "update" and len(same_name) > 1:
            row.refuse("name", f"有 {len(same_name)} 个客户都叫“{name}”，请另加一列客户编号。")
        return same_name[0]


class ContactMatcher(Matcher):
    """Contacts are known by their customer and their name."""

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._contacts = contact_finder(task.context)
        self._owners = Owners(task.context, task.rows)
        self._people: dict[tuple[int, str], PlannedRow] = {}

    def settle(self, row: PlannedRow) -> None:
        """Find the customer and the contact; the customer's id goes into the row's record."""
        owner = self._owners.find(row)
        name = row.values.get("name", "")
        if owner is None or not name:
            return
        row.record = {**row.record, "customer": owner}
        twin = self._people.setdefault((owner, search_text(name)), row)
        if twin is not row:
            self._settle_twin(row, twin)
            return
        found = self._contacts(owner, name)
        if not found:
            return
        if self._mode == "add":
            row.doubt("这个客户已有同名联系人")
        elif self._mode == "update" and len(found) > 1:
            row.refuse("name", NAMESAKES.format(count=len(found), name=name))
        else:
            row.target, row.fate = found[0], self._mode

    def _settle_twin(self, row: PlannedRow, twin: PlannedRow) -> None:
        if row.values == twin.values or self._mode == "skip":
            row.fate = "skip"
            row.note(f"与第 {twin.number} 行是同一位联系人")
        elif self._mode == "update":
            row.refuse("name", f"与第 {twin.number} 行是同一位联系人，请合并成一行。")
        else:
            row.doubt(f"与第 {twin.number} 行的联系人同名")


def _person(row: PlannedRow) -> dict[str, str]:
    return {path: text for path, text in row.values.items() if path.startswith(CONTACT)}
