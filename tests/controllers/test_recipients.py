"""Whom a letter goes to: an address is of one place, never half of the contact's and half of the customer's."""

import pytest

from crm_desktop.controllers import Office
from crm_desktop.controllers.recipients import recipients


@pytest.mark.parametrize(
    ("own", "english_address", "address", "postcode", "country"),
    [
        ({}, "Stuttgarter Str. 130", "斯图加特路130号", "70469", "德国"),
        ({"address": "巴黎里沃利街1号", "postcode": "75001", "country": "法国"}, "", "巴黎里沃利街1号", "75001", "法国"),
        ({"country": "法国"}, "Stuttgarter Str. 130", "斯图加特路130号", "70469", "德国"),
        ({"address": "柏林大街2号"}, "", "柏林大街2号", "70469", "德国"),
    ],
)
def test_an_address_abroad_is_of_one_place(
    office: Office, own: dict[str, str], english_address: str, address: str, postcode: str, country: str
) -> None:
    customer = office.customers.create(
        {"name": "穆勒机械", "country": "德国", "postcode": "70469", "address": "斯图加特路130号",
         "english_name": "Müller GmbH", "english_address": "Stuttgarter Str. 130"},
        lines={"contacts": [{"name": "穆勒", "english_name": "Hans Müller", **own}]},
    )  # fmt: skip
    for entity, ids in (("customers", [customer]), ("contacts", [office.db.value("SELECT max(id) FROM contacts")])):
        (found,) = recipients(office.db, office.records, entity, ids=ids)
        assert (found.english_address, found.address, found.postcode, found.country) == (english_address, address, postcode, country)
        assert (found.english_company, found.english_name) == ("Müller GmbH", "Hans Müller")
