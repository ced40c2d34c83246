"""Whom letters and labels go to: customers through their 主联系人, or contacts at their own address or the firm's."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.records import batches
from crm_desktop.db.connection import Connections
from crm_desktop.errors import ReportError
from crm_desktop.models import Query
from crm_desktop.reports import Recipient
from crm_desktop.reports.document import refuse_more

PERSON = "SELECT id FROM dictionary_items WHERE kind = 'nature' AND key = 'person'"
TITLES = "SELECT name FROM dictionary_items WHERE kind = 'position' AND json_extract(attributes, '$.on_envelope') = 1"
PRIMARY_CONTACTS = """SELECT p.customer, p.id FROM contacts p
 WHERE p.customer IN (SELECT value FROM json_each(?)) AND p.deleted_at IS NULL
 ORDER BY p.customer, p.is_primary DESC, p.id"""

LETTERS_GO_TO = ("customers", "contacts")
CUSTOMER_PARTS = (
    "code", "name", "address", "postcode", "nature", "phone", "mobile", "region", "country", "english_name",
    "english_address",
)  # fmt: skip
CONTACT_PARTS = (
    "name", "customer", "department", "position", "honorific", "gender", "address", "postcode", "mobile",
    "office_phone", "region", "country", "english_name",
)  # fmt: skip


class Recipients:
    """Read as they are needed, so that any number can be looked at."""

    def __init__(
        self, db: Connections, readers: Mapping[str, EntityController], entity: str, ids: Sequence[int]
    ) -> None:
        gathering = _Gathering(db, readers)
        self._gather = gathering.to_customers if entity == "customers" else gathering.to_contacts
        self._ids = ids

    def __length_hint__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Recipient]:
        for batch in batches(self._ids):
            yield from self._gather(batch)

    def at_most(self, most: int) -> list[Recipient]:
        """All of them; ReportError for more than a document can hold."""
        refuse_more(len(self._ids), most)
        return list(self)


def recipients(
    db: Connections,
    readers: Mapping[str, EntityController],
    entity: str,
    query: Query | None = None,
    ids: Sequence[int] | None = None,
) -> Recipients:
    """The addressees of a query's records or of given ids, in their order, each with its record."""
    if entity not in LETTERS_GO_TO:
        raise ReportError("信封只能从客户或联系人打印。")
    return Recipients(db, readers, entity, ids if ids is not None else readers[entity].ids(query or Query()))


def primary_contacts(db: Connections, customers: Sequence[int]) -> dict[int, int]:
    """The contact to whom a letter to each customer goes, for those who have any."""
    found: dict[int, int] = {}
    for row in db.query(PRIMARY_CONTACTS, (json.dumps(list(customers)),)):
        found.setdefault(row["customer"], row["id"])
    return found


class _Gathering:
    """What all addressees of a run are made with."""

    def __init__(self, db: Connections, readers: Mapping[str, EntityController]) -> None:
        self.db, self.readers = db, readers
        self.titles = {row["name"] for row in db.query(TITLES)}
        self.person = db.value(PERSON)

    def to_customers(self, ids: Sequence[int]) -> Iterator[Recipient]:
        customers = self.readers["customers"].rows(ids, CUSTOMER_PARTS)
        primary = primary_contacts(self.db, [row["id"] for row in customers])
        contacts = {row["customer"]: row for row in self.readers["contacts"].rows(primary.values(), CONTACT_PARTS)}
        for customer in customers:
            found = recipient(customer, contacts.get(customer["id"]), self.titles, self.person)
            yield replace(found, record=customer["id"])

    def to_contacts(self, ids: Sequence[int]) -> Iterator[Recipient]:
        contacts = self.readers["contacts"].rows(ids, CONTACT_PARTS)
        owners = sorted({row["customer"] for row in contacts})
        customers = {row["id"]: row for row in self.readers["customers"].rows(owners, CUSTOMER_PARTS)}
        for contact in contacts:
            found = recipient(customers[contact["customer"]], contact, self.titles, self.person)
            yield replace(found, record=contact["id"])


def recipient(customer: Record, contact: Record | None, titles: set[str], person: int | None) -> Recipient:
    """Whom a letter goes to; the contact's own address counts before the customer's."""
    is_person = person is not None and customer["nature"] == person
    abroad = {
        "english_company": "" if is_person else customer["english_name"],
        "english_address": customer["english_address"],
        "country": customer["country_text"] or "",
    }
    label = f"{customer['code']} {customer['name']}"
    if contact is None:
        return Recipient(
            label,
            customer["postcode"],
            customer["address"],
            company="" if is_person else customer["name"],
            name=customer["name"] if is_person else "",
            phone=customer["mobile"] or customer["phone"],
            english_name=customer["english_name"] if is_person else "",
            **abroad,
        )
    has_own_address = bool(contact["address"])
    if has_own_address:  # never half of one place and half of another
        abroad |= {"english_address": "", "country": contact["country_text"] or abroad["country"]}
    return Recipient(
        label=label,
        postcode=contact["postcode"] if has_own_address and contact["postcode"] else customer["postcode"],
        address=contact["address"] or customer["address"],
        company="" if is_person else customer["name"],
        department=contact["department_text"],
        name=contact["name"],
        honorific=contact["honorific_text"],
        position=contact["position_text"],
        position_is_title=contact["position_text"] in titles,
        gender=contact["gender"],
        phone=contact["mobile"] or contact["office_phone"] or customer["phone"],
        english_name=contact["english_name"],
        **abroad,
    )
