"""The customer form: a customer with its contact by keys alone, codes, places, duplicates and hints."""

import pytest

from crm_desktop.models import CUSTOMERS, Query
from crm_desktop.views.form_dialog import open_form

FIRST = 1
NAME = "长春宏达机械制造有限公司"


@pytest.fixture
def office(desk):
    return desk.office


@pytest.fixture
def new(desk, focus):
    window = open_form(desk, CUSTOMERS, None)
    focus(window.form["name"].input.control)
    return window


def put(window, name, text):
    """As typed, without the keys."""
    window.form[name].input.text.set(text)


def choose(window, name, words):
    """Choose an item of a dictionary by its words."""
    field = window.form[name].input
    item = next(item for item in field.find("") if item.text == words)
    field._choose_and_announce(item)


def is_settled(form):
    """Nothing more is being asked in the background."""
    return not form.later._timers and all(job.is_finished for job in form.later._jobs.values())


def hint(window, name):
    labeled = window.form[name]
    return labeled.hint_text.cget("text") if labeled.hint_line.winfo_manager() else ""


def test_a_customer_with_its_contact_by_keys_alone(root, office, new, type_text, press, wait_until):
    """The clerk has the card of a caller in hand and does not touch the mouse."""
    typed = {
        "name": "长春光华机械有限公司", "level": "zy", "region": "长春市朝阳区", "phone": "85123456",
        "contacts.0.name": "单小明", "contacts.0.position": "zjl", "contacts.0.mobile": "13904310009",
    }  # fmt: skip
    save = new.toolbar.button("save")
    while (here := root.focus_get()) is not save:
        name = next(name for name, labeled in new.form.fields.items() if labeled.input.control is here)
        if name in typed:
            type_text(here, typed[name])
        press(here, "<Return>")
        assert root.focus_get() is not here
    press(save, "<Return>")
    wait_until(lambda: not new.is_shown)
    saved = office.customers.search(Query("光华")).rows[0]
    customer = office.customers.get(saved["id"])
    assert (customer["code"], customer["level_text"], customer["pinyin"]) == ("i0431001", "重要", "ccghjxyxgs")
    assert (customer["region"], customer["area_code"], customer["postcode"]) == ("220104", "0431", "130012")
    contact = office.contacts.search(Query("13904310009")).rows[0]
    assert (contact["name"], contact["position_text"], contact["is_primary"]) == ("单小明", "总经理", 1)
    assert contact["customer"] == saved["id"]


# The code


def test_the_code_is_suggested_in_grey_and_follows_level_and_region(office, new, wait_until):
    code = new.form["code"].input
    wait_until(lambda: code.suggestion)
    assert code.get() == "" and hint(new, "code") == ""
    choose(new, "level", "重要")
    wait_until(lambda: code.suggestion.startswith("i"))
    new.form["region"].input._take("110105")
    wait_until(lambda: code.suggestion == "i010001")
    put(new, "name", "新客户")
    put(new, "code", "abc")
    choose(new, "level", "潜在")
    wait_until(lambda: is_settled(new.form))
    assert (code.get(), code.suggestion) == ("abc", "")
    new.save()
    wait_until(lambda: not new.is_shown)
    assert office.customers.search(Query("abc")).rows[0]["code"] == "abc"


def test_without_an_area_code_a_yellow_line_says_so(new, wait_until):
    put(new, "name", "新客户")
    wait_until(lambda: hint(new, "code"))
    assert hint(new, "code").startswith("没有区号")
    new.form["region"].input._take("110105")
    wait_until(lambda: not hint(new, "code"))


def test_the_code_of_a_saved_customer_is_not_changed(desk):
    form = open_form(desk, CUSTOMERS, FIRST).form
    assert form["code"].input.is_readonly and form["code"].input.suggestion == ""


# Place


def test_a_region_fills_what_is_empty_or_was_filled_by_a_region(new):
    region = new.form["region"].input
    region._take("220104")
    assert (new.form["area_code"].get(), new.form["postcode"].get()) == ("0431", "130012")
    region._take("110105")
    assert new.form["area_code"].get() == "010"
    put(new, "postcode", "100022")
    region._take("220104")
    assert (new.form["area_code"].get(), new.form["postcode"].get()) == ("0431", "100022")


def test_a_country_fills_its_calling_code(new):
    choose(new, "country", "日本")
    assert new.form["country_code"].get() == "81"
    choose(new, "country", "韩国")
    assert new.form["country_code"].get() == "82"
    put(new, "country_code", "850")
    choose(new, "country", "日本")
    assert new.form["country_code"].get() == "850"


def test_the_pinyin_is_shown_as_it_will_be_made(desk, office, new, wait_until):
    put(new, "name", "单县机械厂")
    wait_until(lambda: new.form["pinyin"].input.suggestion == "sxjxc")
    assert new.form["pinyin"].get() == ""
    old = open_form(desk, CUSTOMERS, FIRST)
    wait_until(lambda: old.form["pinyin"].input.suggestion == office.customers.get(FIRST)["pinyin"])
    assert old.form["pinyin"].get() == "" and not old.form.is_changed
    put(old, "name", "沈阳机床厂")
    wait_until(lambda: old.form["pinyin"].input.suggestion == "syjcc")
    old.save()
    wait_until(lambda: not old.is_shown)
    assert office.customers.get(FIRST)["pinyin"] == "syjcc"


def test_a_pinyin_somebody_edited_stands_as_a_value(desk, office, wait_until):
    office.customers.update(FIRST, {"pinyin": "hongda"}, 1)
    form = open_form(desk, CUSTOMERS, FIRST).form
    wait_until(lambda: is_settled(form))
    assert (form["pinyin"].get(), form["pinyin"].input.suggestion) == ("hongda", "")


# Duplicates and hints


def test_the_same_name_is_a_line_under_it_and_never_a_box(root, desk, dialogs, new, wait_until):
    put(new, "name", "长春市宏达机械制造公司")
    wait_until(lambda: hint(new, "name"))
    assert hint(new, "name").endswith(f"{NAME}（名称相近）") and hint(new, "name").startswith("可能重复：")
    assert [str(button.cget("text")) for button in new.form["name"]._hint_buttons] == ["打开", "仍然新增"]
    assert dialogs.asked == [] and new.form["name"].input.error is None
    put(new, "name", "别的名字")
    wait_until(lambda: not hint(new, "name"))


def test_opening_the_duplicate_keeps_what_was_typed(desk, new, wait_until, press):
    put(new, "name", NAME)
    wait_until(lambda: hint(new, "name"))
    press(new.form["name"]._hint_buttons[0], "<Return>")
    other = next(form for form in desk.forms["customers"] if form is not new)
    assert other.is_shown and other.form.record == FIRST
    other.cancel()
    assert new.is_shown and new.form["name"].get() == NAME


def test_what_is_waved_away_stays_away(new, wait_until, press, office):
    put(new, "name", NAME)
    wait_until(lambda: hint(new, "name"))
    press(new.form["name"]._hint_buttons[1], "<Return>")
    put(new, "name", "长春市" + NAME)
    wait_until(lambda: is_settled(new.form))
    assert hint(new, "name") == ""
    new.save()
    wait_until(lambda: not new.is_shown)
    assert len(office.customers.search(Query("宏达")).rows) == 2


def test_the_same_phone_is_a_line_under_the_phone(office, new, wait_until):
    office.customers.update(FIRST, {"phone": "0431-85123456"}, 1)
    put(new, "phone", "85123456")
    wait_until(lambda: hint(new, "phone"))
    assert hint(new, "phone").endswith("（电话相同）") and hint(new, "name") == ""


def test_a_tax_number_and_a_level_are_only_hinted_at(office, new, wait_until):
    put(new, "name", "新客户")
    put(new, "tax_number", "91220101MA0000000X")
    put(new, "annual_revenue", "8000")
    wait_until(lambda: hint(new, "tax_number") and hint(new, "level"))
    assert hint(new, "tax_number") == "统一社会信用代码的校验位不符，请核对是否输错。"
    assert hint(new, "level") == "按年营业额和员工人数，建议级别：重要。"
    choose(new, "level", "重要")
    wait_until(lambda: not hint(new, "level"))
    new.save()
    wait_until(lambda: not new.is_shown)


# The first contact


def test_an_empty_block_makes_no_contact(office, new, wait_until):
    before = office.contacts.search().total
    put(new, "name", "新客户")
    new.save()
    wait_until(lambda: not new.is_shown)
    assert office.contacts.search().total == before


def test_a_bad_contact_is_told_in_the_block_with_the_customers_own_errors(root, office, dialogs, new, wait_until):
    before = office.customers.search().total
    put(new, "contacts.0.mobile", "139")
    new.save()
    wait_until(lambda: not new.saver.is_saving)
    errors = {name: labeled.input.error for name, labeled in new.form.fields.items() if labeled.input.error}
    assert errors.keys() == {"name", "contacts.0.name", "contacts.0.mobile"}
    assert errors["contacts.0.name"] == "请填写姓名。" and dialogs.errors == []
    put(new, "name", "新客户")
    new.save()
    wait_until(lambda: not new.saver.is_saving)
    assert root.focus_get() is new.form["contacts.0.name"].input.control
    assert office.customers.search().total == before  # nothing is half saved


def test_a_person_needs_no_contact(office, new, wait_until):
    before = office.contacts.search().total
    put(new, "name", "王建国")
    put(new, "contacts.0.name", "王建国")
    choose(new, "nature", "个人")
    assert not new.form.companion.block.winfo_manager()
    new.save()
    wait_until(lambda: not new.is_shown)
    assert office.contacts.search().total == before


def test_the_block_is_for_new_customers_only(desk, new):
    assert new.form.companion.block.winfo_manager() == "grid"
    assert not open_form(desk, CUSTOMERS, FIRST).form.companion.block.winfo_manager()
