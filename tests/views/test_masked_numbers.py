"""What an operator without 电话号码 sees and does in the window."""

import pytest

from crm_desktop.models import CONTACTS, Query
from crm_desktop.views.form_dialog import open_form

NUMBER, STARS = "13904310001", "139****0001"


@pytest.fixture
def contact(desk):
    """The first contact, whose number is hidden from now on."""
    desk.office.db.execute("DELETE FROM permissions WHERE area = 'phones'")
    return desk.office.contacts.ids(Query())[0]


def stored(desk, contact):
    return desk.office.db.value("SELECT mobile FROM contacts WHERE id = ?", (contact,))


def test_a_form_shows_stars_and_saves_the_rest(desk, contact, press, type_text, wait_until):
    form = open_form(desk, CONTACTS, contact)
    mobile = form.form["mobile"].input
    assert mobile.get() == STARS
    press(mobile.control, "<Tab>")
    assert mobile.error is None
    type_text(form.form["office_phone"].input.control, "85123456")
    press(form.form["office_phone"].input.control, "<F8>")
    wait_until(lambda: desk.said)
    assert stored(desk, contact) == NUMBER


def test_touched_stars_are_refused_at_the_field(desk, contact, press, type_text, wait_until):
    form = open_form(desk, CONTACTS, contact)
    mobile = form.form["mobile"].input
    type_text(mobile.control, "9")
    press(mobile.control, "<F8>")
    wait_until(lambda: mobile.error)
    assert mobile.error.startswith("带星号的号码不能保存")
    assert mobile.get() == STARS + "9"
    assert stored(desk, contact) == NUMBER


def test_a_copy_begins_without_the_number(desk, contact, press):
    form = open_form(desk, CONTACTS, contact)
    press(form.form["name"].input.control, "<F6>")
    assert form.form["mobile"].get() == ""
    assert form.form["name"].get()


def test_the_call_centre_does_not_dial_what_is_not_shown(window, desk, contact, root, type_text, press, wait_until):
    screen = window.open("calls")
    root.update()
    type_text(screen.search.control, NUMBER)
    wait_until(lambda: screen.matches.total == 2)
    assert {row["number"] for row in screen._found} == {STARS}
    assert screen._dialled() == NUMBER  # typed by themselves
    screen.show(text=desk.office.contacts.get(contact)["name"])
    wait_until(lambda: screen.matches.total >= 1)
    assert screen._dialled() == ""
    assert "0431" not in screen.caller.text.get("1.0", "end")
