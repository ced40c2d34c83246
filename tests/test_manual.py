"""The manual speaks of every screen, in words and keys that exist, and every page of it can be reached."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from crm_desktop.controllers.manual import read_manual
from crm_desktop.models.manual import INDEX, Kind, Style, contents, page_of
from crm_desktop.reports.fonts import missing
from crm_desktop.views.keys import ALSO, KEYS, keys_page
from crm_desktop.views.modules import MODULES
from crm_desktop.views.preview.__main__ import pictures_shown
from crm_desktop.views.preview.scenes import SCENES

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ROOT / "docs" / "manual"
PAGES = read_manual(MANUAL)
PLAIN_KEYS = {"↑", "↓", "←", "→", "Tab"}
"""Keys that every list and text has, without an action of their own."""
MARKS = re.compile(r"[*`#|\[\]<>]|\]\(|^\d+\.\S")
MOST_PICTURES = 3
"""So that the page stays one to be read."""
MOST_BYTES = 4_000_000
"""Of all pictures: they are in every copy of the program."""
SHORTEST, LONGEST = 4, 60
"""Lines of a page: enough to be of use, few enough to be read."""


def spans(page, style):
    return [span for block in page.blocks for span in block.spans if span.style is style]


@pytest.fixture(scope="module")
def words(sources):
    """All that the program says anywhere, outside the manual's own reader."""
    return "\n".join(source.text for source in sources if source.path.startswith("crm_desktop/"))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.key)
def test_every_screen_has_a_page(module):
    assert page_of(module.key) in PAGES


def test_every_page_is_of_a_screen_or_is_named_here():
    screens = {page_of(module.key) for module in MODULES}
    assert PAGES.keys() - screens == {INDEX, "start", "general", "faq"}


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.key)
def test_a_page_is_read_without_leftovers(page):
    left = [block.text for block in page.blocks for span in block.spans if MARKS.search(span.text)]
    assert left == []
    assert SHORTEST <= len(page.blocks) <= LONGEST
    steps = [block.number for block in page.blocks if block.kind is Kind.STEP]
    assert all(later in (1, earlier + 1) for earlier, later in pairwise([0, *steps]))


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.key)
def test_every_link_and_picture_of_a_page_exists(page):
    pictures = [block.picture for block in page.blocks if block.picture]
    assert [target for target in page.links if target not in PAGES] == []
    assert [name for name in pictures if not (ROOT / "docs" / "pictures" / name).is_file()] == []
    assert len(pictures) <= MOST_PICTURES


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.key)
def test_every_key_and_every_word_of_the_screen_exists(page, words):
    keys = {key.label for key in KEYS.values()} | set(ALSO.values()) | PLAIN_KEYS
    assert [span.text for span in spans(page, Style.KEY) if span.text not in keys] == []
    assert [span.text for span in spans(page, Style.BOLD) if span.text not in words] == []


def test_every_page_is_reached_from_the_index_once():
    listed = [key for _, entries in contents(PAGES[INDEX]) for key, _ in entries]
    assert sorted(listed) == sorted(PAGES.keys() - {INDEX})


def test_the_index_calls_every_page_by_its_title():
    listed = [entry for _, entries in contents(PAGES[INDEX]) for entry in entries]
    assert [(key, title) for key, title in listed if PAGES[key].title != title] == []


def test_the_page_of_the_keys_is_the_table_of_the_keys():
    """Made by ``python -c "from crm_desktop.views.keys import keys_page; print(keys_page(), end='')"``."""
    assert (MANUAL / "keys.md").read_text(encoding="utf-8") == keys_page()


def test_every_picture_is_shown_and_is_one_that_can_be_taken_again():
    """``python tasks.py preview --manual`` takes them all."""
    kept = {path.stem for path in (ROOT / "docs" / "pictures").iterdir()}
    assert kept == pictures_shown()
    assert kept <= {scene.key for scene in SCENES}


def test_the_pictures_are_small():
    sizes = [path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()]
    assert sum(sizes) < MOST_BYTES


def test_every_character_can_be_printed():
    text = "".join(page.title + "".join(block.text for block in page.blocks) for page in PAGES.values())
    assert missing(text) == ""
