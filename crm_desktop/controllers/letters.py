"""邮寄信函: each envelope that went to the printer becomes one 往来, once a day for the same addressee."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.recipients import LETTERS_GO_TO, primary_contacts
from crm_desktop.controllers.records import batches
from crm_desktop.controllers.rights import requires
from crm_desktop.errors import ReportError

SUBJECT = "邮寄信函"
METHOD = "SELECT id FROM dictionary_items WHERE kind = 'interaction_method' AND key = 'letter' AND deleted_at IS NULL"
SENT_TODAY = """SELECT customer, contact FROM interactions
 WHERE date = ? AND method IS ? AND subject = ? AND deleted_at IS NULL"""


class Addressee(NamedTuple):
    """``contact`` is None where the letter goes to the customer as such."""

    customer: int
    contact: int | None
    name: str


@dataclass(frozen=True)
class Registered:
    """``operation`` is what ``undo`` takes back, None when nothing was written."""

    operation: int | None
    written: int
    known: int
    """Addressees whose letter of today was registered before."""


class Letters(Controller):
    area = "interactions"

    def __init__(self, context: Context, records: Mapping[str, EntityController]) -> None:
        super().__init__(context)
        self._records = records

    @requires("print", "customers")
    def addressees(self, entity: str, ids: Sequence[int]) -> list[Addressee]:
        """Who gets the envelopes of these customers (their 主联系人) or contacts, in the same order."""
        if entity not in LETTERS_GO_TO:
            raise ReportError("信封只能从客户或联系人打印。")
        find = self._of_customers if entity == "customers" else self._of_contacts
        return [each for batch in batches(ids) for each in find(batch)]

    @requires("create")
    def register(self, entity: str, ids: Sequence[int]) -> Registered:
        """Write one 往来 of today for each addressee who has none yet; all in one operation."""
        found = list(dict.fromkeys((each.customer, each.contact) for each in self.addressees(entity, ids)))
        method, today = self._db.value(METHOD), self._context.clock.today()
        with self._db.atomic():
            sent = self._db.query(SENT_TODAY, (today.isoformat(), method, SUBJECT))
            known = {(row["customer"], row["contact"]) for row in sent}
            new = [each for each in found if each not in known]
            if not new:
                return Registered(None, 0, len(found))
            fixed = {"subject": SUBJECT, "date": today, "method": method, "handler": self._context.operator.id}
            with self._context.operation("create", f"登记{SUBJECT} {len(new)} 条") as operation:
                self._records["interactions"]._create_many(
                    [{**fixed, "customer": customer, "contact": contact} for customer, contact in new]
                )
        return Registered(operation, len(new), len(found) - len(new))

    def _of_customers(self, ids: Sequence[int]) -> list[Addressee]:
        customers = self._records["customers"].rows(ids, ("name",))
        primary = primary_contacts(self._db, [row["id"] for row in customers])
        names = {row["id"]: row["name"] for row in self._records["contacts"].rows(primary.values(), ("name",))}
        found = []
        for row in customers:
            contact = primary.get(row["id"])
            contact = contact if contact in names else None
            found.append(Addressee(row["id"], contact, names[contact] if contact is not None else row["name"]))
        return found

    def _of_contacts(self, ids: Sequence[int]) -> list[Addressee]:
        contacts = self._records["contacts"].rows(ids, ("name", "customer"))
        return [Addressee(row["customer"], row["id"], row["name"]) for row in contacts]
