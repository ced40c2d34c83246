"""No line of the manual begins with a mark that belongs to the line above."""

from itertools import pairwise
from tkinter import Text

import pytest

from crm_desktop.models.line_breaks import NEVER_FIRST
from crm_desktop.views.line_starts import break_lines, keep_marks_off_line_starts
from crm_desktop.views.theme import text_width


@pytest.fixture
def text(root):
    made = Text(root, wrap="char", font="TkDefaultFont", borderwidth=0, highlightthickness=0, padx=0)
    made.place(x=0, y=0, width=10 * text_width("国") + 2, height=400)
    root.update()
    return made


def lines(text):
    places = ["1.0"]
    while text.compare(following := text.index(f"{places[-1]} + 1 display lines"), ">", places[-1]):
        places.append(following)
    return [line for start, end in pairwise([*places, "end"]) if (line := text.get(start, end).strip("\n"))]


def test_a_comma_takes_the_character_before_it_along(text):
    text.insert("end", "一二三四五六七八九十，甲乙")
    assert lines(text)[1].startswith("，")
    keep_marks_off_line_starts(text)
    assert lines(text) == ["一二三四五六七八九", "十，甲乙"]


def test_two_marks_are_kept_together_with_their_character(text):
    text.insert("end", "一二三四五六七八九）。甲乙")
    keep_marks_off_line_starts(text)
    assert lines(text) == ["一二三四五六七八", "九）。甲乙"]


def test_a_wider_text_takes_its_lines_anew(text, root):
    text.insert("end", "一二三四五六七八九十，甲乙")
    keep_marks_off_line_starts(text)
    text.place_configure(width=20 * text_width("国"))
    root.update()
    keep_marks_off_line_starts(text)
    assert lines(text) == ["一二三四五六七八九十，甲乙"]


def test_no_line_of_a_page_begins_badly(window, root):
    screen = window.open("help")
    for page in ("start", "faq", "general"):
        screen.show(page)
        root.update()
        assert [line for line in lines(screen.text.text) if line[0] in NEVER_FIRST] == []


def test_the_lines_of_a_label_begin_and_end_well(root):
    ten = 10 * text_width("国") + 2

    def broken(text):
        return break_lines(text, ten).split("\n")

    assert broken("一二三四五六七八九十，甲乙") == ["一二三四五六七八九", "十，甲乙"]
    assert broken("一二三四五六七八九“十”。甲") == ["一二三四五六七八九", "“十”。甲"]
    assert broken("一二三四五六 Ctrl+Delete 七\n八") == ["一二三四五六", "Ctrl+Delete 七", "八"]
    assert broken("一二三四五六七八九 3 条") == ["一二三四五六七八九", "3 条"]
    assert broken("短") == ["短"] and broken("") == [""]
