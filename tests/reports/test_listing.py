"""One list, three kinds of file, chosen by the name; and importing it stays light."""

import subprocess
import sys

import pytest

from crm_desktop.errors import ReportError
from crm_desktop.reports import Column, Table
from crm_desktop.reports.listing import Listing

TABLE = Table("客户", [Column("客户名称")], [("宏达",)])


@pytest.mark.parametrize(("name", "start"), [("a.pdf", b"%PDF"), ("a.XLSX", b"PK"), ("a.csv", b"\xef\xbb\xbf")])
def test_the_name_decides(tmp_path, name, start):
    Listing(TABLE, office="长春宏达").save(tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


@pytest.mark.parametrize("name", ["a.doc", "a"])
def test_other_names_are_refused(tmp_path, name):
    with pytest.raises(ReportError, match=r"\.pdf、\.xlsx 或 \.csv"):
        Listing(TABLE).save(tmp_path / name)


def test_imports_are_light():
    program = (
        "import sys, crm_desktop.reports.listing, crm_desktop.reports.envelope, crm_desktop.reports.calibration;"
        "print({name.split('.')[0] for name in sys.modules} & {'reportlab', 'openpyxl', 'PIL', 'lxml'})"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True)
    assert result.stdout.strip() == "set()"
