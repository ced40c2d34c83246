"""Commands about records and documents, as an operator with the rights of a role."""

import sys
from pathlib import Path

from crm_desktop.cli.common import Add, Options, signed_in
from crm_desktop.controllers import Office
from crm_desktop.controllers.reports import (
    GEOMETRIES,
    LETTERS_GO_TO,
    LISTS,
    SHEETS,
    STATIONERY_LABELS,
    Document,
    EnvelopeOptions,
    LabelOptions,
    stationeries,
)
from crm_desktop.errors import ImportRefused, NotFound, ReportError
from crm_desktop.models import RECORDS, Condition, Query
from crm_desktop.models.analysis import ANALYSES
from crm_desktop.models.blank_forms import BLANKS
from crm_desktop.models.papers import PAPERS, SIZES
from crm_desktop.models.periods import month_before, period

SERVICE_MONTH = "service_month"
SHOWN_ERRORS = 50
ENTITIES = tuple(each.key for each in RECORDS)
REPORTS = (*LISTS, "postcodes", SERVICE_MONTH, *ANALYSES)


def add_commands(add: Add) -> None:
    reading = add("import", import_file, "从 Excel 或 CSV 导入")
    reading.add_argument("entity", choices=ENTITIES)
    reading.add_argument("file", type=Path)
    reading.add_argument("--sheet", help="工作表名")
    reading.add_argument("--mode", choices=("add", "update", "skip"), default="add", help="已有的：新增、更新或跳过")
    reading.add_argument("--skip-bad", action="store_true", help="跳过错误行，导入其余")
    reading.add_argument("--bad-rows", type=Path, help="把错误行写到这个 xlsx 文件")
    writing = add("export", export_file, "导出到 xlsx 或 csv")
    writing.add_argument("entity", choices=ENTITIES)
    writing.add_argument("file", type=Path)
    writing.add_argument("--text", default="", help="快速查找的文字")
    envelopes = add("envelopes", print_envelopes, "把信封写到 PDF")
    envelopes.add_argument("file", type=Path)
    envelopes.add_argument("--size", choices=sorted(GEOMETRIES), default="DL", help="信封规格")
    envelopes.add_argument("--stationery", choices=sorted(STATIONERY_LABELS), default="", help="信封样式")
    envelopes.add_argument("--text", default="", help="快速查找的文字")
    envelopes.add_argument("--entity", choices=LETTERS_GO_TO, default="customers")
    envelopes.add_argument("--art", action="store_true", help="同时印出信封底图")
    labels = add("labels", print_labels, "把地址标签写到 PDF")
    labels.add_argument("file", type=Path)
    labels.add_argument("--sheet", choices=sorted(SHEETS), default=LabelOptions.sheet, help="标签纸")
    labels.add_argument("--start", type=int, default=1, help="从第几张标签开始")
    labels.add_argument("--copies", type=int, default=1, help="每人份数")
    labels.add_argument("--text", default="", help="快速查找的文字")
    labels.add_argument("--entity", choices=LETTERS_GO_TO, default="customers")
    report = add("report", print_report, "把列表、分析或客户服务月报写到 pdf、xlsx 或 csv")
    report.add_argument("report", choices=REPORTS)
    report.add_argument("file", type=Path)
    report.add_argument("--text", default="", help="快速查找的文字")
    report.add_argument("--province", default="220000", help="省份的行政区划代码（postcodes）")
    report.add_argument("--from", dest="start", default="", help="开始日期，默认本年一月一日（分析）")
    report.add_argument("--to", dest="end", default="", help="结束日期，默认今天（分析）")
    report.add_argument("--group-by", default="month", help="按什么分组，例如 month、region、type（分析）")
    report.add_argument("--month", default="", help="月份，例如 2026-10，默认上个月（service_month）")
    add("export-all", export_everything, "把全部数据导出为 xlsx、csv 和附件").add_argument("folder", type=Path)
    paper = add("paper", print_paper, "把一条记录的单据写到 PDF：投诉处理单、客户档案卡")
    paper.add_argument("entity", choices=sorted(PAPERS), help="complaints 按单号，customers 按客户编号")
    paper.add_argument("number", help="投诉单号或客户编号")
    paper.add_argument("file", type=Path)
    paper.add_argument("--size", choices=SIZES, default="", help="纸张，默认处理单用 A5、档案卡用 A4")
    blank = add("blank", print_blank, "把空白登记表写到 PDF，供手工填写")
    blank.add_argument("entity", choices=sorted(BLANKS))
    blank.add_argument("file", type=Path)
    blank.add_argument("--size", choices=SIZES, default=SIZES[0], help="纸张")


def import_file(options: Options) -> None:
    with signed_in(options) as office:
        preview = office.exchange.preview(options.entity, options.file, options.sheet, mode=options.mode)
        for row, column, reason in preview.errors[:SHOWN_ERRORS]:
            print(f"第 {row} 行 {column}：{reason}", file=sys.stderr)
        for word in preview.unknown:
            fate = "新增" if word.action == "add" else "留空"
            print(f"{word.label}“{word.value}”在 {word.count} 行里出现，办公室还没有：{fate}", file=sys.stderr)
        if preview.error_count and options.bad_rows:
            office.exchange.save_bad_rows(preview, options.bad_rows)
        if preview.error_count and not options.skip_bad:
            raise ImportRefused(f"有 {preview.error_count} 处错误，没有导入。")
        result = office.exchange.run(preview, skip_bad=options.skip_bad)
    counts = (result.added, result.updated, result.skipped, result.bad, result.contacts)
    print("新增 {}  更新 {}  跳过 {}  错误 {}  联系人 {}".format(*counts))


def export_file(options: Options) -> None:
    with signed_in(options) as office:
        count = office.exchange.export(options.entity, Query(options.text), options.file)
    print(f"已导出 {count} 条：{options.file}")


def export_everything(options: Options) -> None:
    with signed_in(options) as office:
        files = office.backups.export_everything(options.folder)
    print(f"已导出 {len(files)} 个文件：{files[0].parent}")


def print_envelopes(options: Options) -> None:
    with signed_in(options) as office:
        stationery = options.stationery or stationeries(options.size)[0]
        chosen = EnvelopeOptions(size=options.size, stationery=stationery, art=options.art)
        document = office.reports.envelopes(Query(options.text), chosen, options.entity)
        document.save(options.file)
    tell_problems(document)
    print(f"{document.pages} 个信封：{options.file}")


def print_labels(options: Options) -> None:
    with signed_in(options) as office:
        chosen = LabelOptions(sheet=options.sheet, start=options.start, copies=options.copies)
        document = office.reports.labels(Query(options.text), chosen, options.entity)
        document.save(options.file)
    tell_problems(document)
    print(f"{document.pages} 张标签纸：{options.file}")


def tell_problems(document: Document) -> None:
    """Who lacks what, where it does not mix with the result."""
    for warning in document.warnings:
        print(f"{warning.record_label}：{warning.problem}", file=sys.stderr)


def print_report(options: Options) -> None:
    with signed_in(options) as office:
        if options.report in ANALYSES:
            save_analysis(office, options)
        elif options.report == SERVICE_MONTH:
            year, month = month_of(options.month, office)
            office.analyses.monthly(year, month).save(options.file)
        else:
            chosen = {"query": Query(options.text)} if options.report != "postcodes" else {"province": options.province}
            office.reports.run(options.report, chosen).save(options.file)
    print(f"已生成：{options.file}")


def print_paper(options: Options) -> None:
    with signed_in(options) as office:
        entity = PAPERS[options.entity].entity
        same = Condition(entity.unique[0], "=", options.number)
        found = office.records[entity.key].ids(Query(conditions=(same,)))
        if not found:
            raise NotFound(f"没有找到{entity.label}“{options.number}”，或不是您的客户。")
        document = office.reports.paper(entity.key, found[0], options.size)
        document.save(options.file)
    tell_problems(document)
    print(f"已生成：{options.file}")


def print_blank(options: Options) -> None:
    with signed_in(options) as office:
        office.reports.blank_form(options.entity, options.size).save(options.file)
    print(f"已生成：{options.file}")


def save_analysis(office: Office, options: Options) -> None:
    this_year = period("this_year", office.clock.today())
    start, end = options.start or this_year.start, options.end or office.clock.today()
    table = office.analyses.run(options.report, start, end, options.group_by)
    if options.file.suffix.lower() == ".pdf":
        office.analyses.pdf(table).save(options.file)
    else:
        office.analyses.save(table, options.file)
    print(table.sentence)


def month_of(text: str, office: Office) -> tuple[int, int]:
    """The month that was named, or the last one."""
    if not text:
        today = office.clock.today()
        return month_before(today.year, today.month)
    year, _, month = text.partition("-")
    if not (year.isdecimal() and month.isdecimal()):
        raise ReportError(f"月份“{text}”应类似 2026-10。")
    return int(year), int(month)
