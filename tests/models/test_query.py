"""Pages and counts, as a controller hands them out."""

from crm_desktop.models import Count, Page


def test_a_page_counts_when_it_is_asked_and_only_once() -> None:
    asked: list[int] = []
    page = Page([], None, lambda: asked.append(1) or 7)
    assert asked == []
    assert (page.total, page.total) == (7, 7)
    assert asked == [1]


def test_a_capped_count_says_so() -> None:
    assert str(Count(1234, exact=True)) == "1,234"
    assert str(Count(1000, exact=False)) == "1,000+"
