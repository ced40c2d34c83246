"""Figures of the analyses: by hand on twelve rows, against a recount in plain Python, and the records behind each."""

import statistics
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.controllers import Office
from crm_desktop.controllers.analyses import AnalysisTable
from crm_desktop.errors import NotFound, PermissionDenied, ValidationError
from crm_desktop.models.analysis import ANALYSES

# 受理日期, 客户, 类型, 受理人, 满意程度, 处理时间
ROWS = [
    ("2025-01-03", "宏达", "产品质量", "admin", "非常满意", "2025-01-03 10:00"),
    ("2025-01-10", "宏达", "产品质量", "admin", "满意", "2025-01-12 10:00"),
    ("2025-01-20", "宏达", "交货延误", "li", "不满意", "2025-01-30 10:00"),
    ("2025-01-31", "沈重", "产品质量", "li", "", ""),
    ("2025-02-01", "沈重", "服务态度", "li", "满意", "2025-02-01 23:59"),
    ("2025-02-28", "沈重", "服务态度", "admin", "一般", "2025-03-02 08:00"),
    ("2025-03-15", "京机", "产品质量", "", "", "2025-03-16 08:00"),
    ("2025-04-01", "京机", "产品质量", "admin", "非常不满意", "2025-04-05 08:00"),
    ("2025-06-30", "宏达", "", "admin", "满意", "2025-07-01 08:00"),
    ("2025-12-31", "宏达", "产品质量", "admin", "非常满意", "2026-01-02 08:00"),
    ("2024-12-31", "宏达", "产品质量", "admin", "满意", ""),
    ("2026-01-01", "宏达", "产品质量", "admin", "满意", ""),
]
GRADES = ["非常满意", "满意", "一般", "不满意", "非常不满意", "未评价"]
YEAR = {"start": "2025-01-01", "end": "2025-12-31"}


@pytest.fixture
def li(hire: Callable[..., Office]) -> Office:
    return hire("li", "业务员")


@pytest.fixture
def filled(office: Office, li: Office) -> Office:
    """Twelve complaints of three customers: 宏达 重要 in 长春, 沈重 一般 in 沈阳 (li's), 京机 without level or region."""
    customers = {
        name: office.customers.create({"name": name, **values})
        for name, values in {
            "宏达": {"region": "220104", "level": "重要"},
            "沈重": {"region": "210102", "level": "一般", "owner": "li先生"},
            "京机": {"region": None, "level": None},
        }.items()
    }
    handlers = {"admin": office.operator.full_name, "li": "li先生", "": None}
    for day, customer, kind, handler, grade, handled in ROWS:
        values = {"date": day, "customer": customers[customer], "type": kind, "handler": handlers[handler]}
        office.complaints.create({**values, "satisfaction": grade, "handled_at": handled, "content": "…"})
    return office


def counts(row: dict[str, Any]) -> list[int]:
    return [row[grade] for grade in GRADES]


def by_group(table: AnalysisTable) -> dict[str, list[int]]:
    return {row["group"]: counts(row) for row in table.rows}


# By hand


def test_by_month_with_empty_months_and_the_rest_of_the_row(filled: Office) -> None:
    table = filled.satisfaction.complaints(**YEAR, group_by="month")

    assert [row["group"] for row in table.rows] == [f"2025-{month:02d}" for month in range(1, 13)]
    found = by_group(table)
    assert found["2025-01"] == [1, 1, 0, 1, 0, 1]
    assert found["2025-02"] == [0, 1, 1, 0, 0, 0]
    assert found["2025-03"] == [0, 0, 0, 0, 0, 1]
    assert found["2025-05"] == [0] * 6
    january, march = table.rows[0], table.rows[2]
    assert (january["total"], january["evaluated"], january["mean"]) == (4, 3, pytest.approx(11 / 3))
    assert january["satisfied_share"] == pytest.approx(2 / 3)
    assert (march["total"], march["mean"], march["satisfied_share"]) == (1, None, None)
    assert counts(table.totals) == [2, 3, 1, 1, 1, 2]
    assert (table.totals["group"], table.totals["total"]) == ("合计", 10)
    assert table.totals["mean"] == pytest.approx((5 + 5 + 4 * 3 + 3 + 2 + 1) / 8)
    assert table.totals["satisfied_share"] == pytest.approx(5 / 8)
    assert table.sentence == "受理日期在 2025-01-01 至 2025-12-31 之间，按月分组"


@pytest.mark.parametrize(
    ("group_by", "groups"),
    [
        ("quarter", {"2025-Q1": 7, "2025-Q2": 2, "2025-Q3": 0, "2025-Q4": 1}),
        ("year", {"2025": 10}),
        ("region", {"吉林省": 5, "辽宁省": 3, "未填": 2}),
        ("city", {"吉林省长春市": 5, "辽宁省沈阳市": 3, "未填": 2}),
        ("level", {"重要": 5, "一般": 3, "未填": 2}),
        ("type", {"产品质量": 6, "交货延误": 1, "服务态度": 2, "未填": 1}),
        ("handler", {"admin": 6, "li先生": 3, "未填": 1}),
    ],
)
def test_every_grouping_in_its_order(filled: Office, group_by: str, groups: dict[str, int]) -> None:
    table = filled.satisfaction.complaints(**YEAR, group_by=group_by)
    assert [(row["group"], row["total"]) for row in table.rows] == list(groups.items())


@pytest.mark.parametrize(
    ("filters", "total", "said"),
    [
        ({"region": "吉林省"}, 5, "客户区域在吉林省内"),
        ({"region": "210100"}, 3, "客户区域在辽宁省沈阳市内"),
        ({"region": ["吉林省", "辽宁省"]}, 8, "（客户区域在吉林省内，或者客户区域在辽宁省内）"),
        ({"level": "重要"}, 5, "客户级别是重要"),
        ({"level": ["重要", "一般"]}, 8, "客户级别是重要、一般之一"),
        ({"type": "服务态度", "handler": "li先生"}, 1, "投诉类型是服务态度，并且受理人是li先生"),
        ({"level": "潜在"}, 0, "客户级别是潜在"),
        ({"level": None, "region": ""}, 10, ""),
    ],
)
def test_filters(filled: Office, filters: dict[str, Any], total: int, said: str) -> None:
    table = filled.satisfaction.complaints(**YEAR, **filters)
    assert table.totals["total"] == total
    assert said.replace("是li", "是 li") in table.sentence


def test_top_customers_and_handling_time(filled: Office) -> None:
    table = filled.analyses.run("complaint_satisfaction", **YEAR)
    assert [(each.name, each.number) for each in table.top_customers] == [("宏达", 5), ("沈重", 3), ("京机", 2)]
    found = {each.group: (each.handled, each.median, each.p90) for each in table.durations}
    assert found == {"产品质量": (5, 2.0, 4.0), "交货延误": (1, 10.0, 10.0), "服务态度": (2, 1.0, 2.0), "未填": (1, 1.0, 1.0)}
    for each in table.top_customers:
        assert filled.complaints.count(table.query(each.name)).n == each.number
    for each in table.durations:
        assert filled.complaints.count(table.query(each.group)).n == each.handled


def test_feedback_is_counted_by_itself(filled: Office) -> None:
    customer = filled.customers.search().rows[0]["id"]
    filled.feedback.create({"date": "2025-05-05", "customer": customer, "content": "好", "satisfaction": "满意"})
    assert by_group(filled.satisfaction.feedback(**YEAR, group_by="year")) == {"2025": [0, 1, 0, 0, 0, 0]}


def test_both_side_by_side(filled: Office) -> None:
    customer = filled.customers.search().rows[0]["id"]
    filled.feedback.create({"date": "2025-05-05", "customer": customer, "content": "好", "satisfaction": "满意"})
    table = filled.satisfaction.compared(**YEAR, group_by="quarter")
    second = table.rows[1]
    assert (second["feedback_total"], second["feedback_mean"], second["complaints_total"], second["complaints_mean"]) == (1, 4.0, 2, 2.5)
    assert (table.rows[2]["feedback_total"], table.rows[2]["complaints_mean"]) == (0, None)
    entity, query = table.records("2025-Q2", "feedback_total")
    assert (entity, filled.feedback.count(query).n) == ("feedback", 1)
    entity, query = table.records("2025-Q2", "投诉")
    assert (entity, filled.complaints.count(query).n) == ("complaints", 2)
    assert [chart.kind for chart in table.charts()] == ["line", "line", "stacked"]


def test_customers(office: Office, li: Office) -> None:
    for name, region, level, made in (
        ("甲", "220104", "重要", "2024-05-01"), ("乙", "220200", "一般", "2025-01-10"), ("丙", "210102", "一般", "2025-02-01"),
        ("丁", "", "", "2025-02-28"), ("戊", "440304", "潜在", "2026-01-01"),
    ):  # fmt: skip
        record = office.customers.create({"name": name, "region": region, "level": level})
        office.db.execute("UPDATE customers SET created_at = ? WHERE id = ?", (f"{made}T04:00:00Z", record))
    table = office.satisfaction.customers("2025-01-01", "2025-03-31", "region")
    found = {row["group"]: (row["total"], row["share"], row["new"]) for row in table.rows}
    assert found == {"吉林省": (2, 0.5, 1), "辽宁省": (1, 0.25, 1), "未填": (1, 0.25, 1)}
    assert (table.totals["total"], table.totals["share"], table.totals["new"]) == (4, 1.0, 3)
    table = office.satisfaction.customers("2025-01-01", "2025-03-31", "month")
    assert [(row["group"], row["total"], row["new"]) for row in table.rows] == [("2025-01", 2, 1), ("2025-02", 4, 2), ("2025-03", 4, 0)]
    table = office.satisfaction.customers("2025-01-01", "2026-12-31", "zone")
    assert {row["group"]: row["total"] for row in table.rows} == {"东北": 3, "华南": 1, "未填": 1}
    for group_by in (each.key for each in ANALYSES["customer_statistics"].dimensions):
        table = office.satisfaction.customers("2025-01-10", "2026-01-01", group_by)
        for row in (*table.rows, table.totals):
            for column in ("total", "new"):
                assert office.customers.count(table.query(row["key"], column)).n == row[column], (group_by, row, column)
    assert all(chart.groups for chart in table.charts())


# Against a recount in Python, and the records behind every cell

RECORD = st.tuples(
    st.dates(date(2024, 12, 1), date(2025, 3, 1)), st.integers(1, 3), st.integers(0, 3), st.integers(0, 6), st.integers(0, 2),
    st.one_of(st.none(), st.integers(0, 9)),
)  # fmt: skip
START, END = date(2024, 12, 10), date(2025, 2, 20)


def write(office: Office, records: list[Any], kinds: list[int], grades: list[int]) -> None:
    office.db.execute("DELETE FROM complaints")
    office.db.executemany(
        "INSERT INTO complaints (number, date, customer, type, satisfaction, handler, handled_at, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z')",
        [
            (f"TS{number}", day.isoformat(), customer, kinds[kind] if kind else None, grades[grade - 1] if 0 < grade < 6 else None,
             handler or None, None if length is None else f"{day + timedelta(length)} 12:00")
            for number, (day, customer, kind, grade, handler, length) in enumerate(records)
        ],
    )  # fmt: skip


def median(values: list[int]) -> tuple[float, float]:
    ordered = sorted(values)
    return statistics.median(ordered), ordered[-(-len(ordered) * 9 // 10) - 1]


@pytest.mark.parametrize("group_by", [each.key for each in ANALYSES["complaint_satisfaction"].dimensions])
@given(records=st.lists(RECORD, min_size=3, max_size=25))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_figures_are_those_of_a_recount(filled: Office, records: list[Any], group_by: str) -> None:
    kinds = [0, *(item["id"] for item in filled.dictionaries.items("complaint_type"))]
    grades = filled.dictionaries.items("satisfaction")
    write(filled, records, kinds, [item["id"] for item in grades])
    table = filled.satisfaction.complaints(START, END, group_by)

    places = {1: "吉林省", 2: "辽宁省", 3: "未填"}
    group_of: dict[str, Callable[..., str]] = {
        "month": lambda day, *_: day.isoformat()[:7],
        "quarter": lambda day, *_: f"{day.year}-Q{(day.month + 2) // 3}",
        "year": lambda day, *_: str(day.year),
        "region": lambda day, customer, *_: places[customer],
        "city": lambda day, customer, *_: {1: "吉林省长春市", 2: "辽宁省沈阳市", 3: "未填"}[customer],
        "level": lambda day, customer, *_: {1: "重要", 2: "一般", 3: "未填"}[customer],
        "type": lambda day, customer, kind, *_: ("未填", "产品质量", "交货延误", "数量或规格不符")[kind],
        "handler": lambda day, customer, kind, grade, handler, *_: ("未填", "admin", "li先生")[handler],
    }
    inside = [each for each in records if START <= each[0] <= END]
    wanted = Counter((group_of[group_by](*each), GRADES[each[3] - 1] if 0 < each[3] < 6 else "未评价") for each in inside)
    assert {(row["group"], grade): row[grade] for row in table.rows for grade in GRADES if row[grade]} == dict(wanted)
    scores = [6 - each[3] for each in inside if 0 < each[3] < 6]
    assert table.totals["total"] == len(inside)
    assert table.totals["mean"] == (pytest.approx(statistics.fmean(scores)) if scores else None)
    assert table.totals["satisfied_share"] == (pytest.approx(sum(score >= 4 for score in scores) / len(scores)) if scores else None)
    lengths: dict[int, list[int]] = {}
    for _, _, kind, _, _, length in inside:
        if length is not None:
            lengths.setdefault(kinds[kind] if kind else 0, []).append(length)
    assert {each.type or 0: (each.median, each.p90) for each in table.durations} == {kind: median(each) for kind, each in lengths.items()}

    for row in (*table.rows, table.totals):
        for grade in (*GRADES, "total", "evaluated"):
            assert filled.complaints.count(table.query(row["key"], grade)).n == row[grade]


# What is particular


def test_a_deactivated_grade_keeps_its_column_while_records_have_it(filled: Office) -> None:
    grades = {item["name"]: item["id"] for item in filled.dictionaries.items("satisfaction")}
    for name in ("一般", "非常满意"):
        filled.dictionaries.set_active(grades[name], False)
    table = filled.satisfaction.complaints(**YEAR)
    assert list(table.columns) == ["group", "total", "satisfied_share", "mean", "非常满意", "满意", "一般", "不满意", "非常不满意", "未评价"]
    table = filled.satisfaction.complaints("2025-06-01", "2025-06-30")
    assert [each.name for each in table.grades] == ["满意", "不满意", "非常不满意"]
    assert table.totals["total"] == 1


def test_a_grade_may_have_no_score_and_may_be_called_unscored(filled: Office) -> None:
    item = filled.dictionaries.add("satisfaction", {"name": "未评价"})
    filled.db.execute("UPDATE complaints SET satisfaction = ? WHERE date = '2025-01-31'", (item,))
    january = filled.satisfaction.complaints("2025-01-01", "2025-01-31").rows[0]
    assert (january["未评价（等级）"], january["未评价"], january["evaluated"]) == (1, 0, 4)
    assert january["mean"] == pytest.approx(11 / 3)
    assert january["satisfied_share"] == 0.5


def test_two_of_one_name_stay_two_rows(filled: Office, hire: Callable[..., Office]) -> None:
    other = hire("wang", "客服", full_name="li先生").operator.id
    filled.db.execute("UPDATE complaints SET handler = ? WHERE date = '2025-02-01'", (other,))
    table = filled.satisfaction.complaints(**YEAR, group_by="handler")
    assert [(row["group"], row["total"]) for row in table.rows] == [("admin", 6), ("li先生", 2), ("li先生（2）", 1), ("未填", 1)]


def test_deleted_records_do_not_count(filled: Office) -> None:
    record = filled.complaints.search().rows[-1]["id"]
    before = filled.satisfaction.complaints("2024-01-01", "2026-12-31").totals["total"]
    filled.complaints.delete([record])
    assert filled.satisfaction.complaints("2024-01-01", "2026-12-31").totals["total"] == before - 1


def test_whoever_sees_only_their_own_counts_only_these(filled: Office, li: Office) -> None:
    table = li.satisfaction.complaints(**YEAR, group_by="region")
    assert [(row["group"], row["total"]) for row in table.rows] == [("辽宁省", 3)]
    assert [each.name for each in table.top_customers] == ["沈重"]
    assert table.sentence.endswith("，按区域分组，只含本人的客户")
    assert filled.satisfaction.complaints(**YEAR, group_by="region").sentence.endswith("，按区域分组")
    assert li.satisfaction.customers(**{**YEAR, "end": "2026-12-31"}).totals["total"] == 1
    assert li.satisfaction.compared(**YEAR).totals["complaints_total"] == 3


def test_the_right_for_the_records_is_needed_too(filled: Office, hire: Callable[..., Office]) -> None:
    zhao = hire("zhao", "只读")
    assert zhao.satisfaction.complaints(**YEAR).totals["total"] == 10
    filled.db.execute("DELETE FROM permissions WHERE area = 'complaints' AND role = (SELECT id FROM roles WHERE name = '只读')")
    assert zhao.satisfaction.feedback(**YEAR).totals["total"] == 0
    for work in (zhao.satisfaction.complaints, zhao.satisfaction.compared):
        with pytest.raises(PermissionDenied, match="客户投诉"):
            work(**YEAR)
    filled.db.execute("DELETE FROM permissions WHERE area = 'satisfaction' AND role = (SELECT id FROM roles WHERE name = '只读')")
    with pytest.raises(PermissionDenied, match="满意程度分析"):
        zhao.satisfaction.feedback(**YEAR)


BAD = [
    ({"start": "2025-02-01", "end": "2025-01-31"}, "end", "结束日期 2025-01-31 早于开始日期 2025-02-01。"),
    ({"start": "", "end": "2025-01-31"}, "start", "请填写开始日期。"),
    ({"start": "2025-01-01", "end": "2025-02-30"}, "end", "2"),
    ({"start": "1900-01-01", "end": "2025-01-31"}, "end", "按月分组最多 600 个月，请缩短时间或换一种分组。"),
    ({**YEAR, "group_by": "colour"}, "group_by", "不能按“colour”分组，可以按：月、季、年、区域、城市、客户级别、类型、经办人。"),
    ({**YEAR, "colour": "red"}, "colour", "投诉满意程度分析不能用“colour”来筛选。"),
    ({**YEAR, "level": "没有的"}, "level", "客户级别里没有“没有的”。"),
    ({**YEAR, "region": "朝阳区"}, "region", "有多个区域都叫“朝阳区”"),
]


@pytest.mark.parametrize(("asked", "field", "sentence"), BAD)
def test_what_cannot_be_asked_is_refused_at_its_field(filled: Office, asked: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        filled.satisfaction.complaints(**asked)
    assert list(refused.value.fields) == [field]
    assert sentence in refused.value.fields[field]


def test_an_unknown_analysis_group_or_grade(filled: Office) -> None:
    with pytest.raises(ValidationError, match="没有“profit”这种分析"):
        filled.analyses.run("profit", **YEAR)
    table = filled.satisfaction.complaints(**YEAR)
    for group, grade in (("2030-01", None), (None, "很满意")):
        with pytest.raises(NotFound):
            table.query(group, grade)


# Charts


def messages(table: AnalysisTable) -> list[str]:
    return [chart.message for chart in table.charts()]


def test_charts_show_the_figures(filled: Office) -> None:
    ring, trend, stacked, top, handling = filled.satisfaction.complaints(**YEAR).charts()
    best = ring.series[0]
    assert (best.name, best.values, best.colour) == ("非常满意", (2,), "#2E7D32")
    assert "未评价 2 条" in ring.note
    assert [(each.name, each.unit) for each in trend.series] == [("满意率", "percent"), ("平均分", "score")]
    assert trend.series[1].values[:3] == (pytest.approx(11 / 3), 3.5, None)
    assert "满意率 = " in trend.note
    assert [each.name for each in stacked.series] == GRADES
    assert sum(value or 0 for each in stacked.series for value in each.values) == 10
    assert (top.groups, top.series[0].values) == (("宏达", "沈重", "京机"), (5, 3, 2))
    assert [each.unit for each in handling.series] == ["days", "days"]
    assert not any(messages(filled.satisfaction.complaints(**YEAR)))
    assert filled.satisfaction.complaints(**YEAR, group_by="level").charts()[1].kind == "bars"


def test_too_little_is_said_in_words(filled: Office) -> None:
    empty = filled.satisfaction.complaints("2023-01-01", "2023-12-31")
    nothing, unhandled = "这段时间没有记录。", "这段时间没有处理完的记录。"
    assert messages(empty) == [nothing, nothing, nothing, nothing, unhandled]
    assert len(empty.rows) == 12
    unscored = "这段时间的 1 条记录都还没有评价。"
    assert messages(filled.satisfaction.complaints("2025-03-01", "2025-03-31")) == [unscored, unscored, "", "", ""]
    assert messages(filled.satisfaction.compared("2025-03-01", "2025-03-31")) == [unscored, unscored, ""]
    assert messages(filled.satisfaction.customers("2020-01-01", "2020-12-31")) == [nothing] * 3
