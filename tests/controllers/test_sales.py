"""销售记录 and 产品: proposals to the 分, hints, what came back counts against, and products that are sold are kept."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.errors import InUse, ValidationError
from crm_desktop.models import Condition, Query
from crm_desktop.models.fields import Discount, Money, Quantity
from crm_desktop.models.sale import proposed_amount


@pytest.fixture
def customer(office):
    return office.customers.create({"name": "吉林鑫源商贸有限公司"})


@pytest.fixture
def lathe(office):
    return office.products.create({"name": "数控车床", "code": "CK-6140", "price": "128000"})


@pytest.fixture
def bolt(office):
    return office.products.create({"name": "螺栓", "code": "LS-08", "price": "0.35"})


@pytest.fixture
def sell(office, customer, bolt):
    """``sell(quantity="10")``: a saved sale of bolts, read again."""

    def save(**values):
        return office.sales.get(office.sales.create({"customer": customer, "product": bolt, "quantity": "10", **values}))

    return save


def change(office, sale, **values):
    office.sales.update(sale["id"], values, sale["version"])
    return office.sales.get(sale["id"])


# Arithmetic

QUANTITIES, PRICES, DISCOUNTS = st.integers(1, 10**9), st.integers(0, 10**9), st.integers(1, 100)


@given(quantity=QUANTITIES, price=PRICES, discount=DISCOUNTS)
def test_an_amount_is_what_an_invoice_says(quantity, price, discount):
    yuan = Decimal(quantity) / 1000 * Decimal(price) / 100 * Decimal(discount) / 100
    assert proposed_amount(quantity, price, discount) == int(yuan.quantize(Decimal("0.01"), ROUND_HALF_UP) * 100)


@given(quantity=QUANTITIES, price=PRICES, discount=DISCOUNTS)
def test_what_is_shown_gives_the_same_amount_when_it_is_typed_again(quantity, price, discount):
    fields = (Quantity("q", "数量"), Money("p", "单价"), Discount("d", "折扣"))
    typed = [field.format(value) for field, value in zip(fields, (quantity, price, discount), strict=True)]
    again = [field.accept(text, None) for field, text in zip(fields, typed, strict=True)]
    assert again == [quantity, price, discount]


@pytest.mark.parametrize(("quantity", "price", "discount", "amount"), [
    ("1", "0.05", "90", "0.05"), ("1", "0.05", "89", "0.04"),  # 4.5 分 up, 4.45 down
    ("0.001", "5", "100", "0.01"), ("3", "0.35", "85", "0.89"), ("1.5", "99.99", "九五折", "142.49"),
])  # fmt: skip
def test_half_a_fen_is_rounded_up(office, quantity, price, discount, amount):
    proposed = office.sales.proposal({"quantity": quantity, "price": price, "discount": discount})
    assert office.sales.entity["amount"].format(proposed["amount"]) == amount


# Proposals and hints


def test_the_product_brings_its_price_and_the_amount(office, customer, lathe):
    assert office.sales.proposal({"product": lathe}) == {"price": 12_800_000, "amount": None}
    assert office.sales.proposal({"product": "ck-6140", "quantity": "2", "discount": "8.5折"})["amount"] == 21_760_000
    sale = office.sales.get(office.sales.create({"customer": customer, "product": lathe, "quantity": "2", "discount": "85"}))
    assert (sale["price_text"], sale["amount_text"], sale["number"]) == ("128,000.00", "217,600.00", "XS20261122-001")


@pytest.mark.parametrize("values", [{}, {"product": "没有的"}, {"quantity": "abc", "price": "1"}, {"quantity": "-1", "price": "1"}])
def test_nothing_is_proposed_from_what_is_not_understood(office, values):
    assert office.sales.proposal(values)["amount"] is None
    assert office.sales.warnings({**values, "amount": "5"}) == {}


def test_what_differs_from_the_proposal_gets_a_hint(office, bolt):
    known = {"product": bolt, "quantity": "100", "discount": "100"}
    assert office.sales.warnings({**known, "amount": "35"}) == {}
    assert office.sales.warnings({**known, "amount": "30"}) == {"amount": "按数量 × 单价 × 折扣应为 35.00 元。"}
    assert office.sales.warnings({**known, "price": "0.30", "amount": "30"}) == {"price": "产品的单价是 0.35 元。"}
    assert office.sales.warnings({**known, "price": "三毛", "amount": "很多"}) == {}


def test_a_typed_amount_stays_and_one_made_before_follows(office, sell, lathe):
    made = sell()
    assert change(office, made, quantity="20")["amount_text"] == "7.00"
    typed = sell(amount="3")
    assert change(office, typed, quantity="20")["amount_text"] == "3.00"
    assert change(office, sell(), product=lathe)["amount_text"] == "1,280,000.00"  # the price follows the product, too
    haggled = change(office, sell(price="0.30"), product=lathe)
    assert (haggled["price_text"], haggled["amount_text"]) == ("0.30", "3.00")


def test_what_came_back_counts_against_what_was_sold(office, sell):
    sell(quantity="100")
    back = sell(quantity="30", kind="退货")
    assert (back["amount_text"], back["net_amount_text"]) == ("10.50", "-10.50")
    assert office.sales.totals(Query()) == {"net_amount": 2450}
    assert [row["net_amount"] for row in office.sales.search(Query(order="net_amount")).rows] == [-1050, 3500]


@pytest.mark.parametrize(("values", "field", "part"), [
    ({"quantity": "-3"}, "quantity", "退货请在“销售类型”里选退货"), ({"quantity": "0"}, "quantity", "大于 0"),
    ({"quantity": "1.2345"}, "quantity", "3 位小数"), ({"amount": "-3"}, "amount", "不能小于 0"),
    ({"price": -1}, "price", "不能小于 0"), ({"discount": "0"}, "discount", "1 到 100"), ({"discount": "120"}, "discount", "1 到 100"),
    ({"product": ""}, "product", "请填写产品"), ({"product": "火箭"}, "product", "没有找到产品“火箭”"),
])  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(sell, values, field, part):
    with pytest.raises(ValidationError) as error:
        sell(**values)
    assert part in error.value.fields[field]


# Products


@pytest.mark.parametrize("text", ["CK-6140", "ck-61", "6140", "车床", "数控 ck"])
def test_a_product_is_found_by_code_and_name(office, lathe, bolt, text):
    assert [row["id"] for row in office.products.search(Query(text)).rows] == [lathe]


def test_a_product_that_was_sold_is_taken_off_sale_not_deleted(office, sell, bolt):
    sale = sell()
    with pytest.raises(InUse, match="销售记录的产品 1 处。可以把“在售”改为否。"):
        office.products.delete([bolt])
    office.products.update(bolt, {"is_on_sale": "否"}, 1)
    assert office.products.search(Query(conditions=[Condition("is_on_sale", "=", 1)])).rows == []
    assert office.sales.get(sale["id"])["product_text"] == "螺栓"
    assert change(office, sale, quantity="11")["quantity_text"] == "11"


def test_how_many_others_have_sold_is_not_told(office, sell, bolt, hire):
    sell()
    with pytest.raises(InUse) as error:
        hire("li", "业务员").products.delete([bolt])
    assert (str(error.value), error.value.uses) == (
        "正在使用，不能删除：销售记录的产品。可以把“在售”改为否。", [("销售记录的产品", 0)]
    )


def test_two_products_may_share_a_name_but_no_code(office, customer, lathe):
    second = office.products.create({"name": "数控车床", "code": "CK-6150"})
    with pytest.raises(ValidationError, match="有多个产品都叫“数控车床”"):
        office.sales.create({"customer": customer, "product": "数控车床", "quantity": "1"})
    assert office.sales.get(office.sales.create({"customer": customer, "product": "ck-6150", "quantity": "1"}))["product"] == second
    with pytest.raises(ValidationError, match="产品编号“ck-6140”已被使用"):
        office.products.create({"name": "别的", "code": "ck-6140"})
