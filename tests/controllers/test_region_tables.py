"""Lists of regions on paper and as files: what was asked for, and a whole province."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from crm_desktop.controllers import Office
from crm_desktop.errors import PermissionDenied, ReportError

CHANGCHUN, CHAOYANG = "220100", "220104"


def pages(document: Any) -> str:
    pdf = pypdfium2.PdfDocument(document.to_bytes())
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_an_answer_on_paper_says_what_was_asked(office: Office) -> None:
    text = pages(office.reports.run("postcode_answer", {"text": " 吉林   长春 "}).pdf())
    assert "区号邮编查询结果" in text and "查询：吉林 长春" in text and "共 12 条" in text
    assert "吉林省长春市朝阳区" in text and "130012" in text
    assert office.audit.operations(limit=1)[0]["sentence"] == "生成区号邮编查询结果 12 条"


def test_a_guess_is_called_one_on_paper_too(office: Office) -> None:
    assert "邮编 130099 不在表内" in pages(office.reports.run("postcode_answer", {"text": "130099"}).pdf())


def test_the_rows_wanted_in_their_order(office: Office, tmp_path: Path) -> None:
    listing = office.reports.run("postcode_answer", {"text": "长春", "codes": [CHAOYANG, CHANGCHUN, "110000"]})
    listing.save(tmp_path / "a.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    start = next(place for place, row in enumerate(rows) if "地名" in row)
    assert [row[:4] for row in rows[start + 1 : start + 3]] == [
        ["吉林省长春市朝阳区", "0431", "130012", CHAOYANG], ["吉林省长春市", "0431", "130000", CHANGCHUN],
    ]  # fmt: skip
    assert not any("北京" in str(cell) for row in rows for cell in row)


def test_what_is_cut_off_is_said(office: Office) -> None:
    answered = office.regions.ask("县")
    assert len(answered.rows) == 500 < answered.total
    text = pages(office.reports.run("postcode_answer", {"text": "县"}).pdf())
    assert f"共找到 {answered.total:,} 处，这里只有前 500 处。" in text


def test_nothing_is_not_printed(office: Office) -> None:
    with pytest.raises(ReportError, match="没有可以打印的内容"):
        office.reports.run("postcode_answer", {"text": "火星"})


def test_a_province_out_of_use_keeps_its_name_on_paper(office: Office) -> None:
    office.regions.set_active("220000", False)
    assert "吉林省邮政编码信息" in pages(office.reports.run("postcodes", {"province": "220000"}).pdf())


@pytest.mark.parametrize(("name", "parameters"), [("postcodes", {"province": "220000"}), ("postcode_answer", {"text": "长春"})])
def test_lists_of_regions_need_the_rights_to_regions(
    office: Office, hire: Any, tmp_path: Path, name: str, parameters: dict[str, str]
) -> None:
    wang = hire("wang", "客服")
    wang.reports.run(name, parameters).save(tmp_path / "a.xlsx")
    office.db.execute("DELETE FROM permissions WHERE area = 'regions' AND verb = 'export'")
    listing = wang.reports.run(name, parameters)
    with pytest.raises(PermissionDenied, match="导出"):
        listing.save(tmp_path / "b.xlsx")
    listing.save(tmp_path / "b.pdf")
    office.db.execute("DELETE FROM permissions WHERE area = 'regions' AND verb = 'print'")
    with pytest.raises(PermissionDenied, match="打印"):
        wang.reports.run(name, parameters)
