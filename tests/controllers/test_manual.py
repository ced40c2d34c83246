"""使用帮助 is read from the shipped pages, and put on paper with its pictures."""

import pypdfium2
import pytest

from crm_desktop.errors import NotFound


def text_of(document):
    pdf = pypdfium2.PdfDocument(document.to_bytes())
    return [page.get_textpage().get_text_bounded() for page in pdf]


def pictures_of(document):
    pdf = pypdfium2.PdfDocument(document.to_bytes())
    return [len(list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))) for page in pdf]


def test_the_pages_are_read_once(office):
    pages = office.manual.pages()
    assert {"index", "start", "customers", "keys"} <= pages.keys()
    assert office.manual.pages() is pages


def test_a_picture_that_this_installation_lacks_is_said(office):
    assert office.manual.picture("customers.png").is_file()
    with pytest.raises(NotFound):
        office.manual.picture("nothing.png")


def test_one_page_has_its_own_title_its_picture_and_its_steps(office):
    document = office.manual.pdf(["postcodes"])
    (text,) = text_of(document)
    assert text.count("国内城市区号邮编查询") == 1
    assert "长春朝阳" in text and "长春宏达" in text
    assert pictures_of(document) == [1]


def test_several_pages_begin_on_sheets_of_their_own(office):
    texts = text_of(office.manual.pdf(["index", "keys", "company"]))
    starts = [number for number, text in enumerate(texts) if "本单位信息" in text and "撤销修改" in text]
    assert texts[0].startswith("使用帮助")
    assert starts == [len(texts) - 1]
    assert "锁定屏幕" not in texts[0] and "锁定屏幕" in "".join(texts)


def test_the_whole_manual_is_made_without_a_missing_character(office):
    document = office.manual.pdf(list(office.manual.pages()))
    assert document.pages >= len(office.manual.pages())
    assert document.warnings == []
