"""The sales form by keys: the product is found, price and amount stand in grey, what differs is said."""

import pytest

from crm_desktop.models import SALES
from crm_desktop.models.query import Query
from crm_desktop.views.form_dialog import open_form


@pytest.fixture
def products(desk):
    """Name → id; the drill is no longer sold."""
    made = {"数控车床": ("CK-6140", "128000"), "螺栓": ("LS-08", "0.35"), "台钻": ("TZ-1", "900")}
    ids = {
        name: desk.office.products.create({"name": name, "code": code, "price": price})
        for name, (code, price) in made.items()
    }
    desk.office.products.update(ids["台钻"], {"is_on_sale": 0}, 1)
    return ids


@pytest.fixture
def new(desk, products):
    window = open_form(desk, SALES, None, values={"customer": 1})
    yield window.form
    assert window.is_shown or desk.office.sales.search().rows


def control(form, name):
    return form[name].input.control


def grey(form):
    return form["price"].input.suggestion, form["amount"].input.suggestion


def saved(desk):
    return desk.office.sales.get(next(iter(desk.office.sales.ids(Query(order="-id")))))


def test_a_sale_by_keys_alone(desk, new, press, type_text, wait_until, root):
    assert (new["date"].get(), new["salesperson"].get()) == ("2026-11-22", desk.office.operator.id)
    type_text(control(new, "product"), "6140")
    wait_until(lambda: new["product"].input.drop_list.is_open)
    press(control(new, "product"), "<Return>")
    assert new["product"].input.text.get() == "数控车床"
    type_text(control(new, "quantity"), "2")
    press(control(new, "quantity"), "<Return>")
    wait_until(lambda: grey(new) == ("128,000.00", "256,000.00"))
    new["discount"].set(None)
    type_text(control(new, "discount"), "85")
    wait_until(lambda: grey(new) == ("128,000.00", "217,600.00"))
    press(control(new, "discount"), "<F8>")
    wait_until(lambda: desk.office.sales.search().rows)
    sale = saved(desk)
    assert (sale["product_text"], sale["discount"], sale["amount"]) == ("数控车床", 85, 21_760_000)


def test_an_amount_that_differs_is_said_and_can_be_given_back(new, products, press, type_text, wait_until):
    new["product"].input._take(products["螺栓"])
    type_text(control(new, "quantity"), "100")
    type_text(control(new, "amount"), "30")
    hint = new["amount"].hint_text
    wait_until(lambda: hint.cget("text") == "按数量 × 单价 × 折扣应为 35.00 元。")
    take = new["amount"]._hint_buttons[0]
    press(take, "<Return>")
    wait_until(lambda: not new["amount"].hint_line.winfo_ismapped() and grey(new)[1] == "35.00")
    type_text(control(new, "price"), "0")
    wait_until(lambda: new["price"].hint_text.cget("text") == "产品的单价是 0.35 元。")


def test_what_is_off_sale_is_not_offered_but_stays_readable(desk, new, products, type_text, wait_until):
    picker = new["product"].input
    assert [item.text for item in picker._find_records("")] == ["数控车床", "螺栓"]
    sale = desk.office.sales.create({"customer": 1, "product": products["台钻"], "quantity": "1"})
    new.fill(sale)
    assert picker.text.get() == "台钻" and picker.error is None
    wait_until(lambda: grey(new) == ("900.00", "900.00"))
    assert not new.is_changed


def test_what_the_program_made_follows_the_product(desk, new, products, wait_until):
    sale = desk.office.sales.create({"customer": 1, "product": products["螺栓"], "quantity": "10"})
    new.fill(sale)
    wait_until(lambda: grey(new) == ("0.35", "3.50"))
    new["product"].input._take(products["数控车床"])
    wait_until(lambda: grey(new) == ("128,000.00", "1,280,000.00"))
    assert new.changes() == {"product": products["数控车床"]}
    desk.office.sales.update(sale, new.changes(), new.version)
    assert saved(desk)["amount_text"] == "1,280,000.00"


def test_a_price_nobody_knows_is_left_open(desk, new, wait_until):
    unpriced = desk.office.products.create({"name": "样机", "code": "YJ"})
    new["product"].input._take(unpriced)
    new["quantity"].set("1")
    wait_until(lambda: (not new.later._timers and not new.later._jobs) or grey(new) == ("", ""))
    assert grey(new) == ("", "")


def test_a_product_in_use_is_not_deleted(desk, window, products, dialogs, press, wait_until):
    desk.office.sales.create({"customer": 1, "product": products["螺栓"], "quantity": "1"})
    screen = window.open("products")
    wait_until(lambda: screen.table.is_complete and screen.table.total == 3)
    screen.table.go_to(products["螺栓"])
    dialogs.answers = [True]
    desk.background.on_error = dialogs.show_error
    press(screen.table.tree, "<Control-Delete>")
    wait_until(lambda: dialogs.errors)
    assert "销售记录的产品 1 处" in str(dialogs.errors[0])
    assert desk.office.products.get(products["螺栓"])
