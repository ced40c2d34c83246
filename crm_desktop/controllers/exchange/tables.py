"""Find the table inside a sheet: its heading, which may have two levels, its rows, and what is neither."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crm_desktop.controllers.exchange import cells
from crm_desktop.controllers.exchange.aliases import FOOTERS, GROUP_WORDS, SERIAL_WORDS
from crm_desktop.controllers.exchange.extent import column_name
from crm_desktop.controllers.exchange.headers import GROUP_MARK, Mapping, guess, recognise
from crm_desktop.controllers.exchange.sheets import Row, Sheet, is_blank

HEAD_ROWS = 30  # a heading stands no lower than this
LONGEST_HEADING = 30  # characters
UNTITLED = "（{column} 列，无标题）"
TITLE_ENDINGS = ("表", "名录", "名单", "一览", "清单", "台账", "汇总")
IS_FOOTER, IS_REMARK = "合计行", "表尾说明"
IS_REPEATED, IS_NUMBER_ONLY = "重复的标题行", "只有序号"

_REMARK = re.compile(r"(?:(?:制表|审核|填表|填报|打印)[人日期时间]{0,4}|说明|备注|注)[:：]")
_COUNTED = re.compile(r"共\s*\d+\s*(?:家|户|条|个|人|项|行|笔)")


@dataclass(frozen=True)
class Skipped:
    """A row below the heading that is no record, and why."""

    number: int
    reason: str


@dataclass(frozen=True)
class Table:
    """The records of a sheet under one heading a column; ``header_row`` is the lowest row of the heading."""

    sheet: str
    headers: tuple[str, ...]
    header_row: int
    rows: list[Row]
    skipped: tuple[Skipped, ...]


def find_table(sheet: Sheet, entity: str) -> Table:
    """The table whose heading is recognised best; the first row is the heading when none is recognised."""
    headers, last = _heading(sheet.rows[:HEAD_ROWS + 1], entity)
    below = sheet.rows[last + 1:]
    titled = tuple(header or _untitled(below, column) for column, header in enumerate(headers))
    reasons = [(row, _reason_to_skip(row, titled)) for row in below]
    rows = [row for row, reason in reasons if reason is None]
    skipped = tuple(Skipped(row.number, reason) for row, reason in reasons if reason)
    return Table(sheet.name, titled, sheet.rows[last].number, rows, skipped)


def _heading(rows: Sequence[Row], entity: str) -> tuple[list[str], int]:
    """The headings and the index of their last row: of all rows and pairs of rows the most telling one."""
    lines = [[_heading_text(cell) for cell in row.cells] for row in rows]
    best, best_score, last = lines[0], 0.0, 0
    for index, line in enumerate(lines):
        options = [line]
        if index and (joined := _joined(lines[index - 1], line, entity)):
            options.append(joined)
        for option in options:
            score = _score(recognise(option, entity))
            if score > best_score or (score == best_score and option is not line and last == index):
                best, best_score, last = option, score, index
    return best, last


def _score(mapping: Mapping) -> float:
    return round(sum(column.confidence for column in mapping.columns), 1)


def _heading_text(cell: object) -> str:
    text = cells.text(cell) if isinstance(cell, str) else ""
    return text if len(text) <= LONGEST_HEADING else ""


def _joined(upper: list[str], lower: list[str], entity: str) -> list[str] | None:
    """Two levels as one, group·label, or None when the upper row is no row of groups over labels."""
    groups = {above for above, below in zip(upper, lower, strict=True) if above and below not in ("", above)}
    labels = [text for text in lower if text]
    if len({*upper, ""}) < 3 or not all(_is_group(text, entity) for text in groups):
        return None  # a title stands alone in its row, and is no group
    if sum(guess(text, entity) is not None for text in labels) * 2 < len(labels):
        return None
    joined: list[str] = []
    group = ""
    for above, below in zip(upper, lower, strict=True):
        if above:
            group = above if below and below != above else ""
        joined.append(f"{group}{GROUP_MARK}{below}" if group and below else below or above)
    return joined if any(GROUP_MARK in text for text in joined) else None


def _is_group(text: str, entity: str) -> bool:
    is_title = text.endswith(TITLE_ENDINGS)
    return not is_title and (any(word in text for word in GROUP_WORDS) or guess(text, entity) is not None)


def _untitled(rows: list[Row], column: int) -> str:
    """A column that holds data under no heading still gets a name, so that it can be mapped or reported."""
    has_data = any(not is_blank(row.cells[column]) for row in rows)
    return UNTITLED.format(column=column_name(column + 1)) if has_data else ""


def _reason_to_skip(row: Row, headers: Sequence[str]) -> str | None:
    """Decided by the first filled cell alone for nearly every row: a file may have a hundred thousand."""
    column = next(column for column, cell in enumerate(row.cells) if not is_blank(cell))
    first, header = row.cells[column], headers[column].rpartition(GROUP_MARK)[2]
    if not isinstance(first, str):
        is_number_only = header.casefold() in SERIAL_WORDS and len(_filled(row)) == 1
        return IS_NUMBER_ONLY if is_number_only else None
    text = cells.text(first)
    plain = text.rstrip(":：").replace(" ", "")
    if plain in FOOTERS or _COUNTED.match(plain):
        return IS_FOOTER
    if _REMARK.match(text) and len(_filled(row)) <= 2:
        return IS_REMARK
    return IS_REPEATED if text == header and _repeats(row, headers) else None


def _filled(row: Row) -> list[int]:
    return [column for column, cell in enumerate(row.cells) if not is_blank(cell)]


def _repeats(row: Row, headers: Sequence[str]) -> bool:
    """The heading again, as on every page of a printout."""
    filled = _filled(row)
    return len(filled) > 1 and all(
        _heading_text(row.cells[column]) == headers[column].rpartition(GROUP_MARK)[2] for column in filled)
