"""The manual's Markdown is read into blocks, listed by its index and searched."""

import pytest

from crm_desktop.models.manual import Hit, Kind, Span, Style, contents, page_of, parse, search

PAGE = """# 信封

![界面](../pictures/envelopes.png)

选收件人，按 `F9` 看**预览**，见[列表](list.md)。

## 做法

1. 放纸。
2. 打印。

- 校准 printer
"""


@pytest.fixture
def page():
    return parse("envelopes", PAGE)


def test_a_page_is_a_title_and_blocks_in_order(page):
    kinds = [block.kind for block in page.blocks]
    assert page.title == "信封"
    assert kinds == [Kind.PICTURE, Kind.PARAGRAPH, Kind.HEADING, Kind.STEP, Kind.STEP, Kind.ITEM]
    assert page.blocks[0].picture == "envelopes.png"
    assert [block.number for block in page.blocks if block.kind is Kind.STEP] == [1, 2]


def test_a_line_is_cut_into_plain_words_keys_words_of_the_screen_and_links(page):
    assert page.blocks[1].spans == (
        Span("选收件人，按 "), Span("F9", Style.KEY), Span(" 看"), Span("预览", Style.BOLD), Span("，见"),
        Span("列表", Style.LINK, "list"), Span("。"),
    )  # fmt: skip
    assert page.blocks[1].text == "选收件人，按 F9 看预览，见列表。"
    assert page.links == ("list",)


def test_a_page_without_a_title_is_refused():
    with pytest.raises(ValueError, match="begins with its title"):
        parse("envelopes", "选收件人。")


def test_the_contents_are_the_links_of_the_index_under_their_headings():
    index = parse("index", "# 目录\n\n[入门](start.md)\n\n## 客户\n\n- [信封](envelopes.md)\n- [标签](labels.md)\n")
    assert contents(index) == [("", [("start", "入门")]), ("客户", [("envelopes", "信封"), ("labels", "标签")])]


def test_families_of_screens_share_a_page():
    assert page_of("dictionary.level") == "dictionaries"
    assert page_of("query.complaints.satisfaction") == "query"
    assert page_of("customer_statistics") == "analysis"
    assert page_of("customers") == "customers"


def test_all_words_must_stand_in_one_line_and_capitals_do_not_matter(page):
    other = parse("labels", "# 标签\n\n校准一次。\n\nPrinter 另行说明。")
    pages = {"labels": other, "envelopes": page}
    assert search(pages, ["labels", "envelopes"], "PRINTER 校准") == [Hit("envelopes", 5, "校准 printer")]
    assert search(pages, ["labels", "envelopes"], "  ") == []
    assert search(pages, ["labels", "envelopes"], "界面") == []  # what a picture is called is not read


def test_a_page_that_is_called_so_comes_before_those_that_mention_it():
    pages = {
        "faq": parse("faq", "# 问题\n\n信封打歪了。"),
        "envelopes": parse("envelopes", "# 信封\n\n选信封。"),
    }
    found = search(pages, ["faq", "envelopes"], "信封")
    assert [(hit.page, hit.block) for hit in found] == [("envelopes", -1), ("envelopes", 0), ("faq", 0)]


def test_a_long_line_is_shown_from_a_little_before_the_word():
    page = parse("faq", f"# 问题\n\n{'很' * 40}校准一次。")
    (hit,) = search({"faq": page}, ["faq"], "校准")
    assert hit.text.startswith("…很") and hit.text.endswith("很校准一次。")
    assert len(hit.text) < 25
