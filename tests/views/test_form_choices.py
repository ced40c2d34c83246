"""Choosing on a form: dictionary items by initials, records and regions from their full lists, adding what lacks."""

import pytest

from crm_desktop.models import CONTACTS, CUSTOMERS, PRODUCTS, SALES
from crm_desktop.views.dictionary_form import SmallForm
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.record_picker import RecordPicker, search_hint
from crm_desktop.views.region_picker import RegionPicker


@pytest.fixture
def contact(desk, focus):
    window = open_form(desk, CONTACTS, None)
    focus(window.form["name"].input.control)
    return window


@pytest.fixture
def customer(desk, focus):
    window = open_form(desk, CUSTOMERS, None)
    focus(window.form["name"].input.control)
    return window


def descendant(widget, kind):
    """The first one inside, at any depth."""
    for each in widget.winfo_children():
        found = each if isinstance(each, kind) else descendant(each, kind)
        if found is not None:
            return found
    return None


def test_an_item_is_found_by_its_initials(desk, customer, type_text, press, wait_until):
    level = customer.form["level"].input
    type_text(level.control, "qz")
    wait_until(lambda: level.drop_list.is_open)
    press(level.control, "<Return>")
    assert level.text.get() == "潜在"
    assert level.item()["key"] == "potential"


def test_an_inactive_item_is_not_offered_but_stays_in_its_record(desk, customer):
    dictionaries = desk.office.dictionaries
    source = next(item["id"] for item in dictionaries.items("source") if item["name"] == "展会")
    desk.office.customers.update(1, {"source": source}, 1)
    dictionaries.set_active(source, False)
    assert "展会" not in [item.text for item in customer.form["source"].input.find("")]
    old = open_form(desk, CUSTOMERS, 1).form
    assert (old["source"].get(), old["source"].input.text.get()) == (source, "展会")
    old.settle()
    assert not old.is_changed and old["source"].input.error is None


def test_the_dots_add_an_item_without_leaving_the_form(root, desk, contact, type_text, press, wait_until):
    position = contact.form["position"].input
    contact.form["name"].set("单小明")
    type_text(position.control, "首席工程师")
    asked = []

    def answer():
        small = descendant(contact, SmallForm)
        asked.append(small.fields["name"].get())
        small.submit()

    root.after(300, answer)
    position._buttons[-1].event_generate("<Button-1>")
    wait_until(lambda: isinstance(position.get(), int))
    assert asked == ["首席工程师"] and position.text.get() == "首席工程师"
    assert contact.form["name"].get() == "单小明"
    assert desk.office.dictionaries.get(position.get())["name"] == "首席工程师"


def test_who_may_not_add_items_sees_no_dots(desk, monkeypatch):
    may = desk.office.context.may
    monkeypatch.setattr(
        type(desk.office.context), "may",
        lambda self, area, verb: (area, verb) != ("dictionaries", "create") and may(area, verb),
    )  # fmt: skip
    form = open_form(desk, CUSTOMERS, None).form
    assert len(form["level"].input._buttons) == 1


def test_colleagues_are_a_list(desk, customer):
    assert [(item.text, item.detail) for item in customer.form["owner"].input.find("")] == [("admin", "admin")]


def test_a_customer_is_found_by_initials_and_by_code(desk, contact, type_text, press, wait_until):
    field = contact.form["customer"].input
    type_text(field.control, "hdjx")
    wait_until(lambda: field.drop_list.is_open)
    press(field.control, "<Return>")
    assert field.get() == 1 and field.text.get() == "长春宏达机械制造有限公司"
    code = desk.office.customers.get(2)["code"]
    assert [(item.key, item.detail) for item in field.find(code)] == [(2, code)]


def test_f7_opens_the_full_list_of_customers(root, desk, contact, press, wait_until):
    field = contact.form["customer"].input
    press(field.control, "<F7>")
    picker = descendant(contact, RecordPicker)
    wait_until(lambda: picker.table.total == 3)
    press(picker.search.control, "<Down>")
    assert picker.table.go_to(2)
    press(picker.table.tree, "<Return>")
    wait_until(lambda: not picker.winfo_exists())
    assert field.get() == 2 and root.focus_get() is field.control


def test_esc_in_the_full_list_changes_nothing(contact, press):
    field = contact.form["customer"].input
    field.set(1)
    press(field.control, "<F7>")
    picker = descendant(contact, RecordPicker)
    press(picker.search.control, "<Escape>")
    assert not picker.winfo_exists() and field.get() == 1 and contact.is_shown


def test_the_dots_make_a_customer_while_its_contact_waits(root, desk, contact, wait_until):
    field = contact.form["customer"].input
    contact.form["name"].set("单小明")
    field.text.set("长春光华学院")
    field._buttons[-1].event_generate("<Button-1>")
    customer = desk.forms["customers"][0]
    assert customer.is_shown and customer.form["name"].get() == "长春光华学院"
    customer.save()
    wait_until(lambda: not customer.is_shown)
    assert isinstance(field.get(), int) and field.text.get() == "长春光华学院"
    assert contact.is_shown and contact.form["name"].get() == "单小明"
    assert root.grab_current() is contact


# Regions


def test_a_region_is_found_by_initials_area_code_and_postcode(customer, type_text, press, wait_until):
    region = customer.form["region"].input
    type_text(region.control, "0431")
    wait_until(lambda: region.drop_list.is_open)
    press(region.control, "<Return>")
    assert region.get() == "220100" and region.text.get() == "吉林省长春市"
    assert "220104" in [item.key for item in region.find("130012")]


def test_a_code_of_the_national_standard_is_that_region(customer):
    region = customer.form["region"].input
    region.text.set("220104")
    assert region.check() and region.get() == "220104"
    assert region.text.get() == "吉林省长春市朝阳区" and not region.error
    region.text.set("229999")
    assert not region.check() and region.error == "没有“229999”，请按 F7 选择。"


def test_a_name_only_one_region_bears_is_that_region(customer, type_text, root):
    region = customer.form["region"].input
    region.text.set("长春市")
    assert region.check() and region.get() == "220100"
    region.text.set("朝阳区")
    assert not region.check() and "不止一个" in region.error


def test_f7_opens_the_tree_and_any_level_may_be_chosen(root, customer, press):
    region = customer.form["region"].input
    press(region.control, "<F7>")
    picker = descendant(customer, RegionPicker)
    tree = picker.regions.tree
    assert tree.item("110000", "text") == "北京市"
    press(picker.search.control, "<Down>")
    tree.selection_set("220000")
    tree.focus("220000")
    press(tree, "<Right>")
    assert "220100" in tree.get_children("220000")
    press(tree, "<Return>")
    assert not picker.winfo_exists()
    assert region.get() == "220000" and root.focus_get() is region.control


def test_the_tree_opens_at_the_region_chosen_before(customer, press):
    region = customer.form["region"].input
    region.set("220104")
    press(region.control, "<F7>")
    picker = descendant(customer, RegionPicker)
    assert picker.regions.code == "220104"
    picker.search.set("cc")
    picker.search._search()
    assert picker.regions.tree.get_children()
    assert picker.regions.tree.get_children("220100") == ()
    press(picker.search.control, "<Escape>", "<Escape>")
    assert not picker.winfo_exists() and region.get() == "220104"


def test_without_the_right_to_look_at_regions_nothing_is_offered(desk, monkeypatch):
    may = desk.office.context.may
    form = open_form(desk, CUSTOMERS, 1).form
    monkeypatch.setattr(
        type(desk.office.context), "may", lambda self, area, verb: area != "regions" and may(area, verb)
    )
    form.fill(1)
    assert form["region"].input.text.get() == "吉林省长春市朝阳区"
    assert form["region"].input.find("cc") == []
    form["region"].input.open_list()
    assert descendant(form, RegionPicker) is None


def test_the_search_box_says_what_is_searched():
    assert search_hint(CUSTOMERS) == "名称、拼音首字母、电话、编号…"
    assert search_hint(PRODUCTS) == "产品编号、产品名称、型号…"
    assert search_hint(SALES) == "销售单号、客户…"
