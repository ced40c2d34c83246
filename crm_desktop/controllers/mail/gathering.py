"""Whom letters go to: the address of each, why somebody gets none, and what the merge fields become."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.recipients import LETTERS_GO_TO, PERSON, TITLES, primary_contacts, recipient
from crm_desktop.controllers.records import batches
from crm_desktop.errors import FieldError, MailError
from crm_desktop.models.checks import check_email
from crm_desktop.reports.envelope_wording import salutation

CUSTOMER_PARTS = (
    "name", "short_name", "code", "region", "owner", "nature", "email", "is_unsubscribed", "address", "postcode",
    "phone", "mobile", "country", "english_name", "english_address",
)  # fmt: skip
CONTACT_PARTS = (
    "name", "customer", "department", "position", "honorific", "gender", "email", "is_unsubscribed", "address",
    "postcode", "mobile", "office_phone", "country", "english_name",
)  # fmt: skip
NO_ADDRESS = "没有电子邮箱。"
NOT_WANTED = "{}登记了“不接收邮件”。"
GONE = "客户或联系人已删除。"


@dataclass(frozen=True)
class Addressee:
    """One to whom a letter may go; ``reason`` says why none does, ``record`` is that of the list it came from."""

    record: int
    customer: int
    contact: int | None
    name: str
    address: str
    reason: str
    is_unsubscribed: bool
    values: Mapping[str, str]
    """What the merge fields become; nothing where only the address was asked for."""


class Gathering:
    """What all addressees of one call are made with; without ``merges`` only their addresses are found, for many."""

    def __init__(
        self, context: Context, readers: Mapping[str, EntityController], company: Record, merges: bool = True
    ) -> None:
        db = context.db
        self._db, self._readers, self._merges = db, readers, merges
        self._titles = {row["name"] for row in db.query(TITLES)}
        self._person = db.value(PERSON)
        day = context.clock.today()
        self._common = {
            "我的姓名": context.operator.full_name, "今天": f"{day.year}年{day.month}月{day.day}日",
            "本单位": company["name"], "本单位简称": company["short_name"] or company["name"],
            "本单位电话": company["phone"], "本单位地址": company["address"],
        }  # fmt: skip

    def addressees(self, entity: str, ids: Sequence[int]) -> Iterator[Addressee]:
        """Of these customers (each through its 主联系人) or contacts, in their order; what is gone is left out."""
        if entity not in LETTERS_GO_TO:
            raise MailError("邮件只能发给客户或联系人。")
        gather = self._of_customers if entity == "customers" else self._of_contacts
        for batch in batches(ids):
            yield from gather(batch)

    def again(self, customer: int, contact: int | None) -> Addressee | None:
        """One of them as they are now, whatever their address is; None when they are gone."""
        if contact is None:
            found = self._customers([customer])
            return self._addressee(customer, found[customer], None, "") if found else None
        return next(self._of_contacts([contact]), None)

    def _of_customers(self, ids: Sequence[int]) -> Iterator[Addressee]:
        customers = self._customers(ids)
        primary = primary_contacts(self._db, list(customers))
        rows = self._readers["contacts"].rows(primary.values(), CONTACT_PARTS) if primary else []
        contacts = {row["customer"]: row for row in rows}
        for id in ids:
            if id in customers:
                contact = contacts.get(id)
                address = (contact or {}).get("email") or customers[id]["email"]
                yield self._addressee(id, customers[id], contact, address)

    def _of_contacts(self, ids: Sequence[int]) -> Iterator[Addressee]:
        contacts = self._readers["contacts"].rows(ids, CONTACT_PARTS)
        customers = self._customers(sorted({row["customer"] for row in contacts}))
        for contact in contacts:
            if contact["customer"] in customers:
                yield self._addressee(contact["id"], customers[contact["customer"]], contact, contact["email"])

    def _customers(self, ids: Sequence[int]) -> dict[int, Record]:
        return {row["id"]: row for row in self._readers["customers"].rows(ids, CUSTOMER_PARTS)}

    def _addressee(self, record: int, customer: Record, contact: Record | None, typed: str) -> Addressee:
        address, reason = _checked(typed)
        refusing = [
            label for row, label in ((customer, "客户"), (contact or {}, "联系人")) if row.get("is_unsubscribed")
        ]
        if refusing:
            reason = NOT_WANTED.format(refusing[-1])
        name = customer["name"] if contact is None else f"{contact['name']}（{customer['name']}）"
        to = None if contact is None else contact["id"]
        values = self._values(customer, contact) if self._merges else {}
        return Addressee(record, customer["id"], to, name, address, reason, bool(refusing), values)

    def _values(self, customer: Record, contact: Record | None) -> Mapping[str, str]:
        to = recipient(customer, contact, self._titles, self._person)
        return {
            **self._common, "客户名称": customer["name"], "简称": customer["short_name"] or customer["name"],
            "客户编号": customer["code"], "区域": customer["region_text"], "业务员": customer["owner_text"],
            "联系人": to.name, "称谓": _title(to.name, salutation(to)), "部门": to.department, "职务": to.position,
            "地址": to.address, "邮编": to.postcode,
        }  # fmt: skip


def _title(name: str, title: str) -> str:
    """Nobody is 王经理经理."""
    return "" if name and title and name.endswith(title) else title


def _checked(address: str) -> tuple[str, str]:
    """The address as it is used, and why it cannot be."""
    try:
        checked = check_email(address)
    except FieldError as error:
        return address, str(error)
    return checked, "" if checked else NO_ADDRESS
