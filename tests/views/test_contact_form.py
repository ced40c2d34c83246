"""The contact form: whose contact it is, the address it inherits, birthdays in either calendar."""

import pytest

from crm_desktop.models import CONTACTS
from crm_desktop.views.form_dialog import open_form


@pytest.fixture
def new(desk):
    return open_form(desk, CONTACTS, None, values={"customer": 1})


def test_a_new_contact_begins_with_the_customer_it_is_for(new):
    assert (new.form["customer"].get(), new.form["customer"].input.text.get()) == (1, "长春宏达机械制造有限公司")
    assert not new.form.is_changed


def test_the_customers_address_stands_in_grey_where_the_contact_has_none(desk, new, wait_until):
    address, postcode = new.form["address"].input, new.form["postcode"].input
    wait_until(lambda: address.suggestion == "吉林省长春市朝阳区西安大路58号")
    assert postcode.suggestion == "130012" and address.get() == ""
    new.form["customer"].input._take(2)
    wait_until(lambda: address.suggestion == "上海市浦东新区张江路100号")
    new.form["name"].input.text.set("李四")
    new.save()
    wait_until(lambda: not new.is_shown)
    saved = next(row["id"] for row in desk.office.contacts.search().rows if row["name"] == "李四")
    assert desk.office.contacts.get(saved)["address"] == ""


def test_a_newly_named_primary_takes_the_place(desk, new, wait_until):
    old = next(row["id"] for row in desk.office.contacts.search().rows if row["customer"] == 1)
    new.form["name"].input.text.set("李四")
    new.form["is_primary"].set(True)
    new.save()
    wait_until(lambda: not new.is_shown)
    assert desk.office.contacts.get(old)["is_primary"] == 0


def test_a_birthday_says_by_which_calendar(desk, new, wait_until):
    assert new.form["birthday_calendar"].get() == "公历"
    new.form["name"].input.text.set("李四")
    new.form["birthday"].input.text.set("1985.5.20")
    new.form["birthday_calendar"].set("农历")
    new.save()
    wait_until(lambda: not new.is_shown)
    saved = next(row["id"] for row in desk.office.contacts.search().rows if row["name"] == "李四")
    row = desk.office.contacts.get(saved)
    assert (row["birthday"], row["birthday_calendar"]) == ("1985-05-20", "农历")


def test_a_contact_needs_a_customer(new, wait_until):
    new.form["name"].input.text.set("李四")
    new.form["customer"].set(None)
    new.save()
    wait_until(lambda: new.form["customer"].input.error)
    assert new.form["customer"].input.error == "请填写客户。"
