"""销售记录: what a customer bought, when, and for how much; what came back counts against it."""

from decimal import ROUND_HALF_UP, Decimal

from crm_desktop.models.entity import Entity, TimelineEntry
from crm_desktop.models.fields import (
    Date,
    Discount,
    Half,
    Money,
    Note,
    Options,
    Quantity,
    Reference,
    SerialNumber,
    Text,
)
from crm_desktop.models.numbering import Numbering
from crm_desktop.models.of_customer import OF_CUSTOMER, contact, customer, operator

SALE, RETURN = "销售", "退货"

SALES = Entity(
    key="sales",
    label="销售记录",
    fields=(
        SerialNumber("number", "销售单号", numbering=Numbering("XS"), width=15),
        Date("date", "销售日期", required=True, default="今天", width=10),
        customer(""),
        contact(""),
        Options("kind", "销售类型", options=(SALE, RETURN), default=SALE, width=8),
        Half("order_number", "订单/合同号", length=40, width=14),
        Reference("product", "产品", entity="products", required=True, width=20),
        Quantity("quantity", "数量", required=True, width=8),
        Money("price", "单价", minimum=0, width=12, note="元"),
        Discount("discount", "折扣", default=100, width=6, note="85 即八五折"),
        Money("amount", "金额", minimum=0, width=12, note="元，空着则算出"),
        operator("salesperson", "业务员", ""),
        Note("remark", "备注", length=500, width=24),
    ),
    computed=(
        *OF_CUSTOMER,
        Text("product_code", "产品编号", width=12),
        Money("net_amount", "计入金额", width=12),
    ),
    title="number",
    list_columns=(
        "number", "date", "customer", "kind", "product", "quantity", "price", "discount", "net_amount", "salesperson",
    ),
    order="-date",
    scope_field="customer_owner",
    unique=("number",),
    totals=("net_amount",),
    report="sale_list",
    timeline=TimelineEntry(title=("kind", "product", "quantity"), text="remark", state="amount"),
)  # fmt: skip


def proposed_amount(quantity: int, price: int, discount: int) -> int:
    """Thousandths × 分 × per cent, in 分, half up as invoices are rounded."""
    exact = Decimal(quantity) * price * discount / (1000 * 100)
    return int(exact.to_integral_value(ROUND_HALF_UP))
