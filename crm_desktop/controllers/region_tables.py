"""Places with area codes and postcodes as tables: a province, or what a clerk asked for."""

from collections.abc import Sequence

from crm_desktop.controllers.regions import MOST_ANSWERED, Regions
from crm_desktop.errors import ReportError
from crm_desktop.reports import Column, Table

ANSWER_TITLE = "区号邮编查询结果"


def province_table(regions: Regions, province: str) -> Table:
    """A province's cities and counties that are in use, those below a city indented."""
    columns = [Column("代码"), Column("名称"), Column("全称"), Column("区号"), Column("邮政编码"), Column("拼音")]
    body = [
        (row["code"], "　" * (row["level"] - 1) + row["name"], row["full_name"],
         row["area_code"], row["postcode"], row["pinyin"])
        for row in regions.branch(province)
    ]  # fmt: skip
    return Table(f"{regions.get(province)['name']}邮政编码信息", columns, body)


def answer_table(regions: Regions, text: str, codes: Sequence[str] | None = None) -> Table:
    """What ``Regions.ask`` answers, with the question above it; ``codes`` are those wanted, in their order.

    ReportError when that is nothing.
    """
    answered = regions.ask(text)
    rows = {row["code"]: row for row in answered.rows}
    chosen = [rows[code] for code in (rows if codes is None else codes) if code in rows]
    if not chosen:
        raise ReportError("没有找到地方，没有可以打印的内容。")
    columns = [Column("地名"), Column("区号"), Column("邮政编码"), Column("行政区划代码"), Column("拼音")]
    names = ("full_name", "area_code", "postcode", "code", "pinyin")
    cut = f"共找到 {answered.total:,} 处，这里只有前 {MOST_ANSWERED} 处。" if answered.total > len(rows) else ""
    heading = tuple(filter(None, (f"查询：{' '.join(text.split())}", answered.note, cut)))
    return Table(ANSWER_TITLE, columns, [tuple(row[name] for name in names) for row in chosen], heading_lines=heading)
