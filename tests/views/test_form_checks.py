"""What was typed into a form is checked: on leaving a field, against other fields, on saving."""

import pytest

from crm_desktop.models import CONTACTS, CUSTOMERS
from crm_desktop.views.form_dialog import open_form

FIRST = 1



@pytest.fixture
def show(desk, root, focus):
    """Open a form and give its first field the keyboard."""

    def open_it(entity, record, **options):
        window = open_form(desk, entity, record, **options)
        focus(window.form[entity.title].input.control)
        return window

    return open_it


def put(window, name, text):
    """As typed, without the keys."""
    window.form[name].input.text.set(text)


def named(desk, name):
    return next((row for row in desk.office.customers.search().rows if row["name"] == name), None)


# Checked


BAD = [
    ("name", "", "请填写客户名称。"),
    ("name", "长" * 101, "客户名称最多 100 个字，现在有 101 个。"),
    ("code", "n04310011", "客户编号最多 8 位，现在有 9 位；较长的旧编号请填入“原编号”。"),
    ("code", "N0431001", "客户编号“N0431001”已被使用（编号不重复使用），请换一个。"),
    ("code", "客户1", "客户编号只能用字母、数字和短横线，不能有汉字或空格。"),
    ("phone", "12", "电话应为手机、区号加号码、本地号码或 400 等服务号码，例如 0431-85123456；境外号码以 + 开头。"),
    ("mobile", "139", "手机号码应为 11 位数字，以 13 至 19 开头，例如 13912345678；境外号码以 + 开头。"),
    ("postcode", "1300", "邮政编码应为 6 位数字，例如 130012。"),
    ("email", "x@", "电子邮箱的格式应类似 name@example.com。"),
    ("registered_capital", "很多", "应为数字，例如 12,345.60 或 1.5万。"),
    ("employee_count", "1.5", "员工人数应为整数。"),
    ("address", "长" * 201, "详细地址最多 200 个字，现在有 201 个。"),
    ("region", "月球区", "没有“月球区”这个区域，请从区域列表中选择。"),
    ("level", "很重要", "客户级别里没有“很重要”。"),
]


@pytest.mark.parametrize(("name", "text", "sentence"), BAD)
def test_a_bad_value_is_told_at_its_field_and_stays(root, desk, show, wait_until, name, text, sentence):
    code = desk.office.customers.get(FIRST)["code"]
    window = show(CUSTOMERS, None)
    put(window, "name", "新客户")
    put(window, name, text.replace("N0431001", code.upper()))
    window.save()
    wait_until(lambda: not window.saver.is_saving)
    labeled = window.form[name]
    assert labeled.input.error == sentence.replace("N0431001", code.upper())
    assert labeled.get() == (text.replace("N0431001", code.upper()) or "")
    assert root.focus_get() is labeled.input.control and labeled.input.control.winfo_viewable()
    assert named(desk, "新客户") is None and window.is_shown


@pytest.mark.parametrize(("text", "sentence"), [
    ("2024-02-31", "2 月没有 31 日。"), ("大前天", "日期的格式应类似 2024-01-31、20240131 或 1-31。"),
])  # fmt: skip
def test_a_bad_date_is_told_on_leaving_the_field(root, show, type_text, press, text, sentence):
    window = show(CONTACTS, None)
    window.form.go_to("birthday")
    type_text(window.form["birthday"].input.control, text)
    press(root.focus_get(), "<Return>")
    assert window.form["birthday"].input.error == sentence
    assert window.form["birthday"].get() == text


def test_a_date_a_phone_and_an_amount_take_their_proper_form(root, show, type_text, press):
    window = show(CONTACTS, None)
    for name, typed, proper in [("birthday", "1-31", "01-31"), ("anniversary", "20100131", "2010-01-31"), ("office_phone", "０４３１－85123456", "0431-85123456")]:
        window.form.go_to(name)
        type_text(window.form[name].input.control, typed)
        press(root.focus_get(), "<Return>")
        assert window.form[name].get() == proper
    customer = show(CUSTOMERS, None)
    customer.form.go_to("annual_revenue")
    type_text(customer.form["annual_revenue"].input.control, "1.2亿")
    press(root.focus_get(), "<Return>")
    assert customer.form["annual_revenue"].get() == "12,000"


def test_errors_on_two_tabs_mark_both_and_go_to_the_first(root, show, wait_until):
    window = show(CUSTOMERS, None)
    put(window, "name", "新客户")
    put(window, "email", "x@")
    put(window, "annual_revenue", "很多")
    window.form.pages.show("其他")
    window.save()
    wait_until(lambda: window.form["email"].input.error)
    assert window.form.pages.current == "联系方式"
    assert root.focus_get() is window.form["email"].input.control
    tabs, pages = window.form.pages._tabs, window.form.pages._pages
    marked = [group for group, page in pages.items() if tabs.tab(page, "image")]
    assert marked == ["联系方式", "工商与财务"]


def test_fields_are_checked_against_each_other_on_leaving(root, desk, show, type_text, press, wait_until):
    code = desk.office.customers.get(FIRST)["code"]
    window = show(CUSTOMERS, None)
    type_text(window.form["code"].input.control, code)
    press(root.focus_get(), "<Return>")
    wait_until(lambda: window.form["code"].input.error)
    assert "已被使用" in window.form["code"].input.error
    assert window.form["name"].input.error is None  # nobody has been there yet


def test_a_field_that_was_emptied_again_is_not_nagged_about(desk, show, type_text, press, wait_until):
    window = show(CUSTOMERS, None)
    type_text(window.form["name"].input.control, "a")
    press(window.form["name"].input.control, "<BackSpace>", "<Return>")
    wait_until(lambda: "check" in window.form.later._jobs and window.form.later._jobs["check"].is_finished)
    assert window.form["name"].input.error is None
    press(window.form["name"].input.control, "<F8>")
    wait_until(lambda: window.form["name"].input.error)
    tabs, page = window.form.pages._tabs, window.form.pages["基本"]
    assert tabs.tab(page, "image")
    type_text(window.form["name"].input.control, "a")
    assert not tabs.tab(page, "image")


def test_what_a_check_told_goes_when_it_no_longer_holds(root, desk, show, type_text, press, wait_until):
    japan = next(item["id"] for item in desk.office.dictionaries.items("country") if item["name"] == "日本")
    window = show(CUSTOMERS, None)
    type_text(window.form["postcode"].input.control, "1000001")
    press(root.focus_get(), "<Return>")
    wait_until(lambda: window.form["postcode"].input.error)
    window.form["country"].set(japan)
    window.form["country"].input.changed()
    press(window.form["name"].input.control, "<Return>")
    wait_until(lambda: not window.form["postcode"].input.error)
