"""Letters abroad: sender top left, addressee lower right, the country last; Chinese where it is read."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.errors import ReportError
from crm_desktop.models.countries import ENGLISH, READ_CHINESE, english_country
from crm_desktop.models.dictionaries import DICTIONARIES
from crm_desktop.reports import EnvelopeOptions, Recipient, Sender
from crm_desktop.reports.envelope import envelopes, stationery
from crm_desktop.reports.envelope_faces import layout_for
from crm_desktop.reports.envelope_sizes import GEOMETRIES, INTERNATIONAL, stationeries
from crm_desktop.reports.fonts import width

MM = 72 / 25.4
SIZES = [size for size in sorted(GEOMETRIES) if INTERNATIONAL in stationeries(size)]
OFFICE = Sender(
    "长春宏远机械设备有限公司", "长春市朝阳区前进大街2699号", "130012", "0431-85100001",
    "Changchun Hongyuan Machinery Equipment Co., Ltd.", "2699 Qianjin Street, Chaoyang District, Changchun, Jilin",
)  # fmt: skip
MUELLER = Recipient(
    "i001 Müller", "70469", "", "穆勒机械", "", "穆勒", gender="男", english_name="Hans Müller", country="德国",
    english_company="Müller Maschinenbau GmbH", english_address="Stuttgarter Straße 130, Stuttgart",
)  # fmt: skip
LONGEST = replace(
    MUELLER, english_name="Maximilian Alexander von Hohenstein-Wittgenstein",
    english_company="Internationale Werkzeugmaschinen und Automatisierungstechnik Vertriebsgesellschaft mbH & Co. KG",
    english_address="Business Park Neckarsulm West, Building 14B, Second Floor, Gottlieb-Daimler-Strasse 1234-1238, Neckarsulm",
)  # fmt: skip
WORDS = st.lists(st.sampled_from(["Street", "12-14", "Łódź,", "Co.,", "Ltd.", "长春", "𠮷", "Donaudampfschifffahrt"]), max_size=14)
TEXTS = WORDS.map(" ".join)


def options(size: str = "DL", **values) -> EnvelopeOptions:
    return EnvelopeOptions(size=size, stationery=INTERNATIONAL, **values)


@pytest.mark.parametrize("size", SIZES)
def test_who_stands_where(pages, size):
    page = pages(envelopes([MUELLER], OFFICE, options(size)))[0]
    wide, high = GEOMETRIES[size].width, GEOMETRIES[size].height
    assert (page.width, page.height) == pytest.approx((wide, high), abs=0.1)
    lines = page.text.split("\n")
    order = ["Hongyuan", "2699 Qianjin", "130012", "P. R. CHINA", "Mr. Hans Müller", "Maschinenbau", "Straße 130", "70469", "GERMANY"]
    places = [next(number for number, line in enumerate(lines) if text in line) for text in order]
    assert places == sorted(places)
    assert page.is_blank(0, high * 0.42, wide * 0.41, high)  # the addressee is at the right
    assert page.is_blank(wide - 32, 10, wide - 10, 36)  # the stamp
    assert page.is_blank(0, high - 14, wide, high)


@pytest.mark.parametrize("size", SIZES)
def test_long_names_fit_in_readable_type(pages, size):
    document = envelopes([LONGEST], OFFICE, options(size))
    assert document.warnings == []
    flat = " ".join(pages(document)[0].text.split())
    for text in (LONGEST.english_name, LONGEST.english_company, LONGEST.english_address, "GERMANY"):
        assert text in flat


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    st.builds(Recipient, label=st.just("x"), name=TEXTS, english_name=TEXTS, english_company=TEXTS, company=TEXTS,
              english_address=TEXTS, address=TEXTS, postcode=st.sampled_from(["", "SW1A 1AA"]), phone=st.sampled_from(["", "+49 711"]),
              country=st.sampled_from(["", "德国", "韩国", "月球"]), gender=st.sampled_from(["男", "女", ""])),
    st.builds(Sender, name=TEXTS, address=TEXTS, english_name=TEXTS, english_address=TEXTS, postcode=st.sampled_from(["", "130012"])),
    st.sampled_from(SIZES), st.booleans(),
)  # fmt: skip
def test_nothing_leaves_its_part_or_runs_into_another_line(recipient, sender, size, include_phone):
    layout = layout_for(options(size, include_phone=include_phone), sender)
    placed, _ = layout.envelope(recipient)
    face = layout.face
    for line in placed + layout.sender:
        right = line.x + width(line.text, line.font, line.size) / MM
        assert line.size >= 9
        assert line.x >= 12 and right <= face.width - 12
        assert line.y - line.size / MM >= 8 and line.y + 0.1 * line.size / MM <= face.height - 12
        in_stamp = right > face.stamp_left and line.y - 0.8 * line.size / MM < face.stamp_bottom
        assert not in_stamp
    for upper, lower in pairwise(sorted(placed + layout.sender, key=lambda line: line.y)):
        if lower.y - upper.y > 0.01:
            assert lower.y - upper.y >= 0.8 * lower.size / MM


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"country": ""}, ["没有国家/地区，国外信件必须写明。"]),
        ({"country": "月球"}, ["不认识国家/地区“月球”，照原样印，请用通用名称（例如 德国 或 Germany）。"]),
        ({"country": "Ruritania"}, ["不认识国家/地区“Ruritania”，照原样印，请用通用名称（例如 德国 或 Germany）。"]),
        ({"english_name": "", "country": "South Korea"}, ["没有英文名，用了中文。"]),
        ({"english_name": "", "country": "日本"}, ["没有英文名，用了中文。"]),
        ({"english_company": ""}, ["没有英文名称，用了中文，当地邮局可能不认识。"]),
        ({"english_address": "", "address": "首尔市中区"}, ["没有英文地址，用了中文，当地邮局可能不认识。"]),
        ({"english_address": "", "address": ""}, ["没有地址。"]),
        ({"english_name": "", "name": "", "english_company": "", "company": ""}, ["没有联系人，也没有单位名称。"]),
    ],
)
def test_what_is_missing_is_said(change, problems):
    document = envelopes([replace(MUELLER, **change)], OFFICE, options())
    assert [each.problem for each in document.warnings] == problems


def test_an_office_without_english_words_is_told_once():
    plain = replace(OFFICE, english_name="", english_address="")
    document = envelopes([MUELLER, MUELLER], plain, options())
    assert [each.problem for each in document.warnings] == ["没有英文名称或英文地址，请在“本单位信息”中填写。"]


@pytest.mark.parametrize(
    ("name", "gender", "honorific", "line"),
    [("Ann Lee", "女", "", "Ms. Ann Lee"), ("Dr. Ann Lee", "女", "", "Dr. Ann Lee"), ("Ann Lee", "", "", "Ann Lee"),
     ("Ann Lee", "女", "教授", "Prof. Ann Lee"), ("Ann Lee", "", "女士", "Ms. Ann Lee"), ("Ann Lee", "女", "同志", "Ms. Ann Lee")],
)  # fmt: skip
def test_how_a_person_is_addressed(pages, name, gender, honorific, line):
    letter = replace(MUELLER, english_name=name, gender=gender, honorific=honorific)
    page = pages(envelopes([letter], None, options()))[0]
    assert page.text.split("\n")[0].strip() == line


def test_the_maker_prints_a_stamp_frame_and_no_boxes(pages):
    page = pages(stationery(options("C6")))[0]
    assert page.is_blank(0, 0, 100, 40)
    assert not page.is_blank(162 - 33, 9, 162 - 9, 37)


def test_what_there_is_of_a_size():
    for size, kind in (("C6", "2003"), ("ZL", INTERNATIONAL)):
        with pytest.raises(ReportError, match="只有"):
            EnvelopeOptions(size=size, stationery=kind)


def test_every_country_of_a_new_office_has_its_english_name():
    names = [item.name for item in DICTIONARIES["country"].items if item.name != "其他"]
    assert set(names) == set(ENGLISH)
    assert set(ENGLISH) >= READ_CHINESE
    assert (english_country("Laos"), english_country("月球")) == ("LAOS", "")


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("USA", ["美国", "usa", "U.S.A.", " United States ", "united states of america", "ＵＳＡ", "U. S.", "美利坚合众国"]),
        ("UNITED KINGDOM", ["英国", "UK", "U.K.", "united kingdom", "Great Britain", "England"]),
        ("REPUBLIC OF KOREA", ["韩国", "Korea", "south korea", "Republic of Korea", "Rep. of Korea", "大韩民国"]),
        ("HONG KONG, CHINA", ["中国香港", "香港", "Hong Kong", "HONG KONG, CHINA", "Hongkong"]),
        ("NETHERLANDS", ["荷兰", "The Netherlands", "Holland"]),
        ("TÜRKIYE", ["土耳其", "Turkey", "türkiye", "Turkiye"]),
        ("P. R. CHINA", ["中国", "China", "P.R. China", "PRC"]),
    ],
)
def test_a_country_is_known_by_the_names_it_is_typed_with(pages, line, typed):
    assert {english_country(each) for each in typed} == {line}
    document = envelopes([replace(MUELLER, country=typed[1])], None, options())
    assert pages(document)[0].text.strip().endswith(line) and document.warnings == []


@pytest.mark.parametrize("typed", ["Ruritania", "月球"])
def test_a_country_nobody_knows_is_printed_as_it_was_typed(pages, typed):
    page = pages(envelopes([replace(MUELLER, country=typed)], None, options()))[0]
    assert page.text.strip().endswith(typed)


@pytest.mark.parametrize(("size", "least"), [("C6", 13), ("B6", 15), ("DL", 15), ("C5", 16), ("C4", 20)])
def test_a_long_firm_is_wrapped_before_it_is_set_smaller(size, least):
    letter = replace(MUELLER, english_company="Yamada Precision Machinery and Electronics Manufacturing Corporation")
    placed, problems = layout_for(options(size), OFFICE).envelope(letter)
    assert placed[0].size >= least - 0.5 and problems == []
    rows = [line.text for line in placed]
    assert " ".join(rows[1:-3]) == letter.english_company and len(rows) >= (5 if size == "C4" else 6)


@pytest.mark.parametrize(("size", "least"), [("C6", 10.5), ("B6", 11.5), ("DL", 12), ("C5", 15), ("C4", 19)])
def test_the_longest_is_set_smaller_only_as_far_as_it_must(size, least):
    layout = layout_for(options(size), OFFICE)
    placed, problems = layout.envelope(LONGEST)
    assert placed[0].size >= least and problems == []
    assert placed[-1].y <= layout.face.height - 15
