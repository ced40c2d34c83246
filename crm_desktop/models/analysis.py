"""Analyses as data: which records are counted, by what they are grouped and narrowed, and which charts show it."""

from dataclasses import dataclass
from typing import Literal

from crm_desktop.errors import ValidationError
from crm_desktop.models.periods import UNITS

Fold = Literal["month", "quarter", "year", "zone", "province", "city", ""]
Measure = Literal["satisfaction", "customers", "compared"]
ChartKey = Literal[
    "shares", "trend", "stacked", "top_customers", "handling_time", "share_trend", "mean_trend", "grades_compared",
    "customer_numbers", "customer_shares", "new_customers",
]  # fmt: skip
NOT_EVALUATED, UNSET, TOTAL = "未评价", "未填", "合计"


@dataclass(frozen=True)
class Dimension:
    """What records are grouped by: a field of the entity, its values as they are or folded into larger ones."""

    key: str
    label: str
    field: str
    fold: Fold = ""

    @property
    def is_time(self) -> bool:
        return self.fold in UNITS


@dataclass(frozen=True)
class Filter:
    """What an analysis may be narrowed to: one value of a field, several, or a region with all in it."""

    key: str
    field: str


@dataclass(frozen=True)
class Analysis:
    """One question about many records; ``date`` is the field whose days the period picks."""

    key: str
    title: str
    entity: str
    date: str
    measure: Measure
    dimensions: tuple[Dimension, ...]
    filters: tuple[Filter, ...]
    charts: tuple[ChartKey, ...]
    note: str
    """The formula of its figures, in words."""
    parts: tuple[str, ...] = ()
    """The analyses that it lays side by side."""

    @property
    def entities(self) -> tuple[str, ...]:
        """Whose records are counted."""
        return tuple(ANALYSES[part].entity for part in self.parts) or (self.entity,)

    def dimension(self, key: str) -> Dimension:
        """ValidationError says which there are."""
        for each in self.dimensions:
            if each.key == key:
                return each
        labels = "、".join(each.label for each in self.dimensions)
        raise ValidationError({"group_by": f"{self.title}不能按“{key}”分组，可以按：{labels}。"})

    def filter(self, key: str) -> Filter:
        for each in self.filters:
            if each.key == key:
                return each
        raise ValidationError({key: f"{self.title}不能用“{key}”来筛选。"})


def by_time(field: str) -> tuple[Dimension, ...]:
    return (
        Dimension("month", "月", field, "month"),
        Dimension("quarter", "季", field, "quarter"),
        Dimension("year", "年", field, "year"),
    )


OF_CUSTOMER = (
    Dimension("region", "区域", "customer_region", "province"),
    Dimension("city", "城市", "customer_region", "city"),
    Dimension("level", "客户级别", "customer_level"),
)
TYPE, HANDLER = Dimension("type", "类型", "type"), Dimension("handler", "经办人", "handler")
FILTERS = (Filter("region", "customer_region"), Filter("level", "customer_level"), Filter("handler", "handler"))
SATISFACTION_NOTE = "满意率 = 算作满意的等级 ÷ 已评价；未评价另计；平均分只算已评价的；时间按受理日期。"
CUSTOMERS_NOTE = "客户数 = 截止日已建档的客户；新增 = 期间内建档的客户；占比 = 客户数 ÷ 全部。"


def satisfaction(key: str, title: str, entity: str) -> Analysis:
    return Analysis(
        key=key,
        title=title,
        entity=entity,
        date="date",
        measure="satisfaction",
        dimensions=(*by_time("date"), *OF_CUSTOMER, TYPE, HANDLER),
        filters=(*FILTERS, Filter("type", "type")),
        charts=("shares", "trend", "stacked", "top_customers", "handling_time"),
        note=SATISFACTION_NOTE,
    )


FEEDBACK_SATISFACTION = satisfaction("feedback_satisfaction", "反馈满意程度分析", "feedback")
COMPLAINT_SATISFACTION = satisfaction("complaint_satisfaction", "投诉满意程度分析", "complaints")
SATISFACTION_COMPARED = Analysis(
    key="satisfaction_compared",
    title="反馈与投诉满意程度对比",
    entity="complaints",
    date="date",
    measure="compared",
    dimensions=(*by_time("date"), *OF_CUSTOMER, HANDLER),
    filters=FILTERS,
    charts=("share_trend", "mean_trend", "grades_compared"),
    note=SATISFACTION_NOTE,
    parts=("feedback_satisfaction", "complaint_satisfaction"),
)
CUSTOMER_STATISTICS = Analysis(
    key="customer_statistics",
    title="客户统计",
    entity="customers",
    date="created_at",
    measure="customers",
    dimensions=(
        *by_time("created_at"),
        Dimension("region", "区域", "region", "province"),
        Dimension("zone", "大区", "region", "zone"),
        Dimension("city", "城市", "region", "city"),
        Dimension("industry", "行业", "industry"),
        Dimension("source", "客户来源", "source"),
        Dimension("nature", "企业性质", "nature"),
        Dimension("type", "企业类型", "type"),
        Dimension("credit", "企业资信", "credit"),
        Dimension("level", "客户级别", "level"),
        Dimension("status", "客户状态", "status"),
        Dimension("owner", "业务员", "owner"),
    ),
    filters=tuple(
        Filter(key, key) for key in ("region", "level", "industry", "source", "nature", "type", "status", "owner")
    ),
    charts=("customer_numbers", "customer_shares", "new_customers"),
    note=CUSTOMERS_NOTE,
)

ANALYSES = {
    each.key: each
    for each in (FEEDBACK_SATISFACTION, COMPLAINT_SATISFACTION, SATISFACTION_COMPARED, CUSTOMER_STATISTICS)
}
