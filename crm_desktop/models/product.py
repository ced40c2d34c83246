"""产品: what the office sells."""

from crm_desktop.models.entity import Entity
from crm_desktop.models.fields import Choice, Flag, Half, Money, Note, Text

PRODUCTS = Entity(
    key="products",
    label="产品",
    fields=(
        Text("name", "产品名称", required=True, length=60, width=24),
        Half("code", "产品编号", required=True, length=20, width=12),
        Choice("category", "产品分类", kind="product_category", width=12),
        Text("model", "型号", length=40, width=16),
        Choice("unit", "单位", kind="unit", width=6),
        Money("price", "单价", minimum=0, width=12, note="元"),
        Flag("is_on_sale", "在售", default=1, width=6),
        Note("remark", "备注", length=500, width=24),
    ),
    list_columns=("code", "name", "category", "model", "unit", "price", "is_on_sale"),
    order="code",
    unique=("code",),
    matched_by=("code", "name"),
    offered_if="is_on_sale",
    report="product_list",
)
