"""What the self-test tries through the controllers: one use of every library and of every file that is shipped."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from crm_desktop import paths, system
from crm_desktop.controllers import Office
from crm_desktop.controllers.word_letters import SAMPLE
from crm_desktop.models import Query
from crm_desktop.models.lunar import lunar_words
from crm_desktop.models.phones import parse_phone
from crm_desktop.models.working_time import is_working_day
from crm_desktop.reports import EnvelopeOptions
from crm_desktop.views.about import installed_versions

COMPANY, PASSWORD = "自检单位", "zijian-2026"
NAME, FOREIGN = "长春宏达机械制造有限公司", "+81 3-1234-5678"
CUSTOMER = {
    "name": NAME, "region": "220104", "address": "西安大路58号", "postcode": "130061", "phone": FOREIGN,
}  # fmt: skip
YEAR_BEGINS = date(2026, 2, 17)
"""A first day of the lunar year, and of the holidays."""
ADDRESS, EXCEL, SECRET = "envelopes.pdf", "customers.xlsx", "crm-desktop-self-test"
Check = Callable[[Office, Path], None]


class Broken(Exception):
    """Something came out otherwise than it must."""


def demand(is_right: object, what: object) -> None:
    if not is_right:
        raise Broken(what)


def shipped_files(office: Office, folder: Path) -> None:
    """Pages and pictures of the manual, fonts, regions, the licence."""
    demand(office.manual.pages(), paths.manual_folder())
    for wanted in (paths.schema_file(), SAMPLE, paths.asset("regions.csv"), *paths.asset("fonts").glob("*.ttf")):
        demand(wanted.stat().st_size, wanted)
    demand(len(list(paths.picture_folder().glob("*.png"))) > 1, paths.picture_folder())


def records(office: Office, folder: Path) -> None:
    """Pinyin, regions and numbers of other countries."""
    customer = office.customers.create(CUSTOMER)
    office.contacts.create({"name": "单小明", "customer": customer, "birthday": "1980-02-16"})
    demand([row["id"] for row in office.customers.search(Query(text="hdjx")).rows] == [customer], "hdjx")
    demand(parse_phone(FOREIGN), FOREIGN)


def calendars(office: Office, folder: Path) -> None:
    demand("正月初一" in lunar_words(YEAR_BEGINS), lunar_words(YEAR_BEGINS))
    demand(not is_working_day(YEAR_BEGINS), YEAR_BEGINS)


def papers(office: Office, folder: Path) -> None:
    """Fonts and pages, and that the pages can be looked at."""
    office.reports.envelopes(Query(), EnvelopeOptions(size="DL", art=True)).save(folder / ADDRESS)
    office.reports.run("customer_list", {}).save(folder / "list.pdf")
    office.reports.blank_form("customers").save(folder / "form.pdf")
    office.manual.pdf(list(office.manual.pages())[:2]).save(folder / "manual.pdf")
    with system.PdfPages(folder / ADDRESS) as pages:
        demand(pages.picture(1, 50).width > 0, ADDRESS)


def charts(office: Office, folder: Path) -> None:
    today = office.clock.today()
    table = office.satisfaction.complaints(today.replace(month=1, day=1), today, "month")
    office.analyses.pdf(table).save(folder / "chart.pdf")
    office.analyses.save(table, folder / "chart.xlsx")


def workbooks(office: Office, folder: Path) -> None:
    """Written, and read by the other library."""
    office.exchange.export("customers", Query(), folder / EXCEL)
    demand(office.exchange.preview("customers", folder / EXCEL).rows, EXCEL)


def letters(office: Office, folder: Path) -> None:
    ids = list(office.customers.ids(Query()))
    demand(office.word_letters.write(SAMPLE, "customers", ids, folder / "letter.docx").count == len(ids), SAMPLE)


def backups(office: Office, folder: Path) -> None:
    made = office.backups.create(folder, password=PASSWORD)
    demand(office.backups.inspect(made.path, PASSWORD).counts["customers"] == 1, made.path)


def duplicates(office: Office, folder: Path) -> None:
    office.customers.create({**CUSTOMER, "name": f"{NAME}（长春）"})
    demand(office.duplicates.find("customers").groups, NAME)


def libraries(office: Office, folder: Path) -> None:
    """The keyring answers, if only that there is none; 关于 knows the versions."""
    demand(system.secrets.read(SECRET) == "", SECRET)
    demand(len(installed_versions()) > 10, installed_versions())


CHECKS: tuple[tuple[str, Check], ...] = (
    ("随程序的文件", shipped_files),
    ("客户、联系人、拼音、电话", records),
    ("农历和节假日", calendars),
    ("信封、列表、登记表和预览", papers),
    ("统计图", charts),
    ("Excel 导出和导入", workbooks),
    ("Word 信函", letters),
    ("加密备份", backups),
    ("查重", duplicates),
    ("密码库和各个库的版本", libraries),
)
