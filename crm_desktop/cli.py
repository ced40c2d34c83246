"""The same controllers without a window, for schedulers and scripts.

Exit codes: 0 done, 1 refused (the sentence is on stderr), 2 wrong usage.
"""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from crm_desktop.clock import Clock
from crm_desktop.console import speak_utf8
from crm_desktop.controllers import Office, create_office, recover_administrator, sign_in
from crm_desktop.controllers.backups import back_up, inspect, restore_backup
from crm_desktop.controllers.context import unattended
from crm_desktop.controllers.reports import LETTERS_GO_TO, LISTS
from crm_desktop.controllers.sample import build_sample
from crm_desktop.db import Database, search_index
from crm_desktop.db.backup import remove_database
from crm_desktop.errors import CrmError, DatabaseError, ImportRefused, NotFound, ReportError
from crm_desktop.models import RECORDS, Condition, Query
from crm_desktop.models.analysis import ANALYSES
from crm_desktop.models.moments import local_text
from crm_desktop.models.papers import PAPERS, SIZES
from crm_desktop.models.periods import month_before, period
from crm_desktop.reports import EnvelopeOptions
from crm_desktop.reports.envelope_sizes import GEOMETRIES

Options = argparse.Namespace
Command = Callable[[Options], None]
DONE, REFUSED = 0, 1
ENTITIES = tuple(each.key for each in RECORDS)
SERVICE_MONTH = "service_month"
REPORTS = (*LISTS, "postcodes", SERVICE_MONTH, *ANALYSES)
SHOWN_ERRORS = 50
SHOWN_FINDINGS = 5
PASSWORD, NEW_PASSWORD = "CRM_PASSWORD", "CRM_NEW_PASSWORD"  # names of environment variables


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; ``arguments`` default to the command line's."""
    speak_utf8()
    options = parser().parse_args(arguments)
    try:
        options.command(options)
    except CrmError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return REFUSED
    return DONE


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(prog="python -m crm_desktop", description="客户管理系统（命令行）")
    top.add_argument("--db", type=Path, required=True, metavar="FILE", help="数据库文件")
    top.add_argument("--operator", default="", help=f"操作员；密码取自环境变量 {PASSWORD}，否则询问")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help, description=help)
        added.set_defaults(command=command)
        return added

    init = add("init", init_office, f"建立新办公室（管理员密码取自 {NEW_PASSWORD}，否则询问）")
    init.add_argument("--company", required=True, help="单位名称")
    init.add_argument("--operator", default="admin", dest="administrator", help="管理员的操作员名")
    add("sample", make_sample, "建立示例办公室")
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
    envelopes.add_argument("--text", default="", help="快速查找的文字")
    envelopes.add_argument("--entity", choices=LETTERS_GO_TO, default="customers")
    envelopes.add_argument("--art", action="store_true", help="同时印出信封底图")
    report = add("report", print_report, "把列表、分析或客户服务月报写到 pdf、xlsx 或 csv")
    report.add_argument("report", choices=REPORTS)
    report.add_argument("file", type=Path)
    report.add_argument("--text", default="", help="快速查找的文字")
    report.add_argument("--province", default="220000", help="省份的行政区划代码（postcodes）")
    report.add_argument("--from", dest="start", default="", help="开始日期，默认本年一月一日（分析）")
    report.add_argument("--to", dest="end", default="", help="结束日期，默认今天（分析）")
    report.add_argument("--group-by", default="month", help="按什么分组，例如 month、region、type（分析）")
    report.add_argument("--month", default="", help="月份，例如 2026-10，默认上个月（service_month）")
    paper = add("paper", print_paper, "把一条记录的单据写到 PDF：投诉处理单、客户档案卡")
    paper.add_argument("entity", choices=sorted(PAPERS), help="complaints 按单号，customers 按客户编号")
    paper.add_argument("number", help="投诉单号或客户编号")
    paper.add_argument("file", type=Path)
    paper.add_argument("--size", choices=SIZES, default="", help="纸张，默认处理单用 A5、档案卡用 A4")
    add("backup", make_backup, "备份到文件夹").add_argument("folder", type=Path)
    add("restore", restore_file, "从备份恢复（保留安全副本）").add_argument("file", type=Path)
    add("check", check_file, "检查数据库并重建查找索引")
    recover = add("recover", recover_password, f"用找回码重设管理员密码（新密码取自 {NEW_PASSWORD}，否则询问）")
    recover.add_argument("code", help="管理员找回码")
    recover.add_argument("--operator", default="admin", dest="administrator", help="管理员的操作员名")
    return top


# -- without an operator -------------------------------------------------------------------------------------------


def init_office(options: Options) -> None:
    password = os.environ.get(NEW_PASSWORD) or ask_twice()
    with new_database(options.db) as database:
        code = create_office(database, options.company, options.administrator, password)
    print(f"已建立：{options.db}")
    print(f"管理员找回码（请抄写保存）：{code}")


def make_sample(options: Options) -> None:
    with new_database(options.db) as database:
        sample = build_sample(database, Clock())
    print(f"已建立示例办公室：{options.db}")
    print(f"操作员 {sample.operator}  密码 {sample.password}")


def make_backup(options: Options) -> None:
    with opened(options.db) as database:
        info = back_up(unattended(database, Clock()), options.folder)
    print(f"{info.path}  客户 {info.counts['customers']}  联系人 {info.counts['contacts']}  已校验")


def restore_file(options: Options) -> None:
    info = inspect(options.file)
    print(f"{info.company}  客户 {info.counts['customers']}  最后修改 {local_text(info.last_change)}")
    database = Database(options.db)
    try:
        safety = restore_backup(unattended(database, Clock()), options.file)
    finally:
        database.close_all()
    print(f"已恢复。原有数据的安全副本：{safety}")


def check_file(options: Options) -> None:
    with opened(options.db) as database:
        found = [row[0] for row in database.query("PRAGMA integrity_check")]
        orphans = len(database.query("PRAGMA foreign_key_check"))
        if found != ["ok"] or orphans:
            details = "；".join(map(str, found[:SHOWN_FINDINGS]))
            raise DatabaseError(f"数据库已损坏，请用最近的备份恢复：{details}，悬空引用 {orphans} 处。")
        search_index.rebuild(database)
    print("数据库完好，查找索引已重建。")


def recover_password(options: Options) -> None:
    password = os.environ.get(NEW_PASSWORD) or ask_twice()
    with opened(options.db) as database:
        recover_administrator(database, options.code, options.administrator, password)
    print("管理员密码已重设。")


# -- as an operator ------------------------------------------------------------------------------------------------


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


def print_envelopes(options: Options) -> None:
    with signed_in(options) as office:
        chosen = EnvelopeOptions(size=options.size, art=options.art)
        document = office.reports.envelopes(Query(options.text), chosen, options.entity)
        document.save(options.file)
    for warning in document.warnings:
        print(f"{warning.record_label}：{warning.problem}", file=sys.stderr)
    print(f"{document.pages} 个信封：{options.file}")


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
    for warning in document.warnings:
        print(f"{warning.record_label}：{warning.problem}", file=sys.stderr)
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


# -- inside --------------------------------------------------------------------------------------------------------


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    database = Database.open(path)
    try:
        yield database
    finally:
        database.close_all()


@contextmanager
def new_database(path: Path) -> Iterator[Database]:
    """A file that did not exist; it is gone again when founding the office fails."""
    if path.exists():
        raise DatabaseError(f"文件已经存在，没有改动：{path}")
    database = Database.open(path, create=True)
    try:
        yield database
        database.close_all()
    except BaseException:
        database.close_all()
        remove_database(path)
        raise


@contextmanager
def signed_in(options: Options) -> Iterator[Office]:
    with opened(options.db) as database:
        if not options.operator:
            raise DatabaseError("请用 --operator 指明操作员。")
        yield sign_in(database, options.operator, os.environ.get(PASSWORD) or getpass.getpass("密码："))


def ask_twice() -> str:
    password = getpass.getpass("新密码：")
    if password != getpass.getpass("再输一次："):
        raise DatabaseError("两次输入的密码不一样。")
    return password
