"""信函: Word's own merge fields filled in for each addressee; a template that cannot be is told, and nothing is left."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from crm_desktop.controllers import Office
from crm_desktop.controllers.word_letters import MOST
from crm_desktop.errors import PermissionDenied, ReportError
from crm_desktop.models.merge_fields import FIELDS
from crm_desktop.paths import asset

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAMPLE = asset("letter.docx")


def letters(path: Path) -> list[str]:
    """The text of each section, as another program reads it."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        body = ElementTree.fromstring(package.read("word/document.xml")).find(f"{W}body")
    assert body is not None
    found, text = [], ""
    for paragraph in body:
        text += "".join(each.text or "" for each in paragraph.iter(f"{W}t"))
        if paragraph.tag == f"{W}sectPr" or paragraph.find(f"{W}pPr/{W}sectPr") is not None:
            found.append(text)
            text = ""
    return [each for each in found if each]


def template(path: Path, *fields: str) -> Path:
    """The sample with other fields in it."""
    with zipfile.ZipFile(SAMPLE) as sample, zipfile.ZipFile(path, "w") as made:
        for name in sample.namelist():
            content = sample.read(name)
            if name == "word/document.xml":
                inside = "".join(f'<w:fldSimple w:instr=" MERGEFIELD {each} "><w:r><w:t>x</w:t></w:r></w:fldSimple>' for each in fields)
                head, _, rest = content.decode().partition("<w:p>")
                content = f"{head}<w:p>{inside}</w:p>{rest[rest.index('<w:sectPr'):]}".encode()
            made.writestr(name, content)
    return path


@pytest.fixture
def people(office: Office) -> list[int]:
    first = office.customers.create({"name": "长春<一>厂 & 子公司", "address": "建设街 979 号", "postcode": "130012", "region": "吉林省长春市朝阳区"})
    second = office.customers.create({"name": "𠮷林二厂"})
    office.contacts.create({"customer": first, "name": "张三", "honorific": "先生"})
    return [first, second]


def test_each_addressee_gets_a_letter_of_its_own(office: Office, people: list[int], tmp_path: Path) -> None:
    target, told = tmp_path / "信 函.docx", []
    made = office.word_letters.write(SAMPLE, "customers", people, target, on_progress=lambda *done: told.append(done))
    assert made.count == 2 and told == [(1, 2), (2, 2)]
    first, second = letters(target)
    assert first.startswith("130012") and "长春<一>厂 & 子公司" in first and "尊敬的张三先生：" in first and "建设街 979 号" in first
    assert "𠮷林二厂" in second and "张三" not in second
    assert "2026年11月22日" in first and "«" not in first + second
    assert {"邮编", "地址"} <= set(made.missing["𠮷林二厂"])
    assert [path.name for path in tmp_path.glob("*.docx")] == ["信 函.docx"]
    last = office.audit.operations(limit=1)[0]
    assert last["sentence"] == "生成信函 2 封：信 函.docx"


def test_what_is_filled_in_has_the_font_of_its_field(office: Office, people: list[int], tmp_path: Path) -> None:
    office.word_letters.write(SAMPLE, "customers", people, tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))
    written = [each for each in body.iter(f"{W}r") if each.find(f"{W}t") is not None]
    assert len(written) > 20
    for run in written:
        size, font = run.find(f"{W}rPr/{W}sz"), run.find(f"{W}rPr/{W}rFonts")
        assert size is not None and size.get(f"{W}val") == "24"
        assert font is not None and font.get(f"{W}eastAsia") == "宋体"
    assert len(list(body.iter(f"{W}sectPr"))) == 2  # a page each


def test_contacts_get_letters_too(office: Office, people: list[int], tmp_path: Path) -> None:
    contact = office.contacts.search().rows[0]["id"]
    made = office.word_letters.write(SAMPLE, "contacts", [contact], tmp_path / "a.docx")
    assert made.count == 1 and "尊敬的张三先生：" in letters(tmp_path / "a.docx")[0]


def test_every_field_of_letters_by_mail_is_known(office: Office, people: list[int], tmp_path: Path) -> None:
    whole = template(tmp_path / "t.docx", *FIELDS)
    assert office.word_letters.write(whole, "customers", people[:1], tmp_path / "a.docx").count == 1


@pytest.mark.parametrize(("name", "content", "words"), [
    ("旧.doc", b"\xd0\xcf\x11\xe0", "不是 Word 文档"), ("空.docx", b"", "不是 Word 文档"), ("表.docx", b"PK\x03\x04", "不是 Word 文档"),
])  # fmt: skip
def test_what_is_no_template_is_told(office: Office, people: list[int], tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReportError, match=words):
        office.word_letters.write(path, "customers", people, tmp_path / "a.docx")
    assert not (tmp_path / "a.docx").exists()


def test_a_missing_file_is_told(office: Office, people: list[int], tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="打不开“没有"):
        office.word_letters.write(tmp_path / "没有.docx", "customers", people, tmp_path / "a.docx")


def test_a_field_nobody_knows_is_told_with_what_was_meant(office: Office, people: list[int], tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="“客户名”（是不是“客户名称”？）、“气候”。"):
        office.word_letters.write(template(tmp_path / "t.docx", "客户名", "气候"), "customers", people, tmp_path / "a.docx")
    with pytest.raises(ReportError, match="没有合并域"):
        office.word_letters.write(template(tmp_path / "n.docx"), "customers", people, tmp_path / "a.docx")


def test_cancelling_and_too_many_leave_nothing_behind(office: Office, people: list[int], tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="已取消"):
        office.word_letters.write(SAMPLE, "customers", people, tmp_path / "a.docx", cancelled=lambda: True)
    with pytest.raises(ReportError, match="一次最多"):
        office.word_letters.write(SAMPLE, "customers", list(range(MOST + 1)), tmp_path / "a.docx")
    with pytest.raises(ReportError, match="没有收件人"):
        office.word_letters.write(SAMPLE, "customers", [999], tmp_path / "a.docx")
    with pytest.raises(ReportError, match="不存在"):
        office.word_letters.write(SAMPLE, "customers", people, tmp_path / "没有的文件夹" / "a.docx")
    assert list(tmp_path.glob("*.docx")) == []


def test_the_right_to_print_is_asked(office: Office, people: list[int], hire: Callable[..., Office], tmp_path: Path) -> None:
    reader = hire("wang", "只读")
    with pytest.raises(PermissionDenied):
        reader.word_letters.write(SAMPLE, "customers", people, tmp_path / "a.docx")
