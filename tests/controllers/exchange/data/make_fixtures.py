"""Make the workbooks of this folder with LibreOffice: run by the system's Python, which has its `uno`.

Needs the packages libreoffice-calc and python3-uno. The results are committed, so that no test needs
LibreOffice. Every cell here is invented.
"""

import subprocess
import tempfile
import time
from datetime import date
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

FOLDER = Path(__file__).resolve().parent
PIPE = "pipe,name=crm_fixtures;urp;StarOffice.ComponentContext"
FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}
EXCEL_DAY_ZERO = date(1899, 12, 30)

# What an office keeps: a title, a group row over the labels, merged cells, numbers as text, a total.
OFFICE = [
    ["长春宏达机械制造有限公司客户名录"],
    ["制表日期：", date(2026, 11, 1)],
    ["序号", "单位名称", "所在地区", None, None, "联系人信息", None, None,
     "邮政编码", "通讯地址", "联系电话", "建立日期", "年营业额", "备注"],
    [None, None, "省", "市", "区县", "姓名", "职务", "手机", None, None, None, None, None, None],
    [1, "沈阳北方重型机器有限公司", "辽宁省", "沈阳市", "铁西区", "张建国", "总经理", 13800000001,
     110021, "兴华南街36号", "024-25800001", date(2020, 3, 15), "=1000*2.5", "老客户"],
    [None, None, None, None, None, "李秀英", "会计", "139-0000-0002", None, None, None, None, None, None],
    [2, "呼和浩特市草原乳品厂", "内蒙古自治区", "呼和浩特市", "新城区", "王芳", None, 13700000003,
     10050, "兴安北路5号", 4714900003, date(2021, 12, 1), "=M5+0.5", "/"],
    [None],
    [3, "吉林市松江贸易行", "吉林省", "吉林市", "船营区", "赵敏", "经理", "１３６００００００４",
     "132011", "解放中路8号", "0432-62000004", date(2022, 2, 28), None, "无"],
    ["合计", None, None, None, None, None, None, None, None, None, None, None, "=SUM(M5:M9)", None],
]
OFFICE_MERGES = ["A1:N1", "A3:A4", "B3:B4", "C3:E3", "F3:H3", "I3:I4", "J3:J4", "K3:K4", "L3:L4",
                 "M3:M4", "N3:N4", "A5:A6", "B5:B6", "C5:C6"]
PLAIN = [
    ["客户名称", "区号", "邮政编码", "在用", "折扣", "时间", "卡号"],
    ["宏达机械", 431, 130000, True, 0.15, 0.354166666666667, 6222020000000000],
    ["\u3000顺达贸易\u00a0", "0431", "'010050", False, 1, 0.5, "6222020000000000123"],
]


def connect():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(100):
        try:
            context = resolver.resolve("uno:" + PIPE)
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.3)
    raise SystemExit("LibreOffice did not start")


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def fill(document, sheet, rows, formats=(), merges=()):
    locale = uno.createUnoStruct("com.sun.star.lang.Locale")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            cell = sheet.getCellByPosition(x, y)
            if isinstance(value, bool):
                cell.Formula = "=TRUE()" if value else "=FALSE()"
            elif isinstance(value, date):
                cell.Value = float((value - EXCEL_DAY_ZERO).days)
                cell.NumberFormat = number_format(document, "YYYY-MM-DD", locale)
            elif isinstance(value, (int, float)):
                cell.Value = float(value)
            elif value is not None and value.startswith("="):
                cell.Formula = value
            elif value is not None:
                cell.String = value
    for area, code in formats:
        sheet.getCellRangeByName(area).NumberFormat = number_format(document, code, locale)
    for area in merges:
        sheet.getCellRangeByName(area).merge(True)


def number_format(document, code, locale):
    known = document.NumberFormats.queryKey(code, locale, False)
    return known if known >= 0 else document.NumberFormats.addNew(code, locale)


def save(document, name, **options):
    file_filter = FILTERS[name.rpartition(".")[2]]
    document.storeToURL((FOLDER / name).as_uri(), properties(FilterName=file_filter, **options))


def new(desktop):
    return desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True))


def make_office(desktop):
    document = new(desktop)
    sheet = document.Sheets.getByIndex(0)
    sheet.Name = "客户名录"
    fill(document, sheet, OFFICE, merges=OFFICE_MERGES)
    sheet.getCellRangeByName("A20:Z40").CellBackColor = 0xFFFF00  # coloured but empty: not data
    for ending in FILTERS:
        save(document, f"office.{ending}")
    document.close(True)


def make_plain(desktop):
    document = new(desktop)
    sheet = document.Sheets.getByIndex(0)
    sheet.Name = "客户"
    fill(document, sheet, PLAIN, formats=[("E2:E3", "0%"), ("F2:F3", "HH:MM")])
    for ending in FILTERS:
        save(document, f"plain.{ending}")
        save(document, f"locked.{ending}", **lock(ending))
    document.close(True)


def lock(ending):
    """The password where each filter looks for it."""
    if ending != "xlsx":
        return {"Password": "secret"}
    secret = (("CryptoType", "Standard"), ("OOXPassword", "secret"))
    kind = "com.sun.star.beans.NamedValue"
    values = tuple(uno.createUnoStruct(kind, name, value) for name, value in secret)
    return {"EncryptionData": uno.Any("[]" + kind, values)}


def make_sheets(desktop):
    document = new(desktop)
    document.Sheets.getByIndex(0).Name = "说明"
    for position, name in enumerate(("代码表", "客户", "联系人"), start=1):
        document.Sheets.insertNewByName(name, position)
        fill(document, document.Sheets.getByName(name), [["名称", "电话"], [name + "一", "0431-1"]])
    document.Sheets.getByName("代码表").IsVisible = False
    for ending in FILTERS:
        save(document, f"sheets.{ending}")
    document.close(True)


def make_margin(desktop):
    document = new(desktop)
    sheet = document.Sheets.getByIndex(0)
    sheet.Name = "客户"
    fill(document, sheet, [[None], [None], [None, None, "客户名称", "电话"], [None, None, "宏达", "0431-1"]])
    for ending in FILTERS:
        save(document, f"margin.{ending}")
    document.close(True)


def make_blank(desktop):
    document = new(desktop)
    for ending in FILTERS:
        save(document, f"blank.{ending}")
    document.close(True)


def main():
    with tempfile.TemporaryDirectory() as profile:
        office = subprocess.Popen(["soffice", "--headless", "--norestore", f"--accept={PIPE}",
                                   f"-env:UserInstallation={Path(profile).as_uri()}"], cwd=profile)
        desktop = connect()
        for make in (make_office, make_plain, make_sheets, make_margin, make_blank):
            make(desktop)
        desktop.terminate()
        office.wait(30)


if __name__ == "__main__":
    main()
