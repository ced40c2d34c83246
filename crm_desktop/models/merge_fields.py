"""Merge fields: what stands in braces in a letter and is filled in for each recipient."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from crm_desktop.errors import FieldError

FIELDS = {
    "客户名称": "客户名称", "简称": "客户的简称，没有时用名称", "客户编号": "客户编号", "区域": "客户所在的区域",
    "联系人": "收件的联系人；个人客户是客户本人", "称谓": "先生、女士、经理等", "部门": "联系人的部门",
    "职务": "联系人的职务", "地址": "寄信的地址", "邮编": "寄信的邮编",
    "业务员": "客户的业务员", "我的姓名": "现在发信的操作员", "本单位": "本单位名称",
    "本单位简称": "本单位简称，没有时用名称", "本单位电话": "本单位电话", "本单位地址": "本单位地址",
    "今天": "发信的日期",
}  # fmt: skip
"""Every field there is, and what it becomes."""

PIECE = re.compile(r"\{\{|\}\}|[{｛]([^{}｛｝\n]*)[}｝]|[{}｛｝]")
FALLBACK = re.compile(r"[|｜]")


class Merged(NamedTuple):
    """A text with its fields filled in, and the fields for which nothing is known and nothing else was offered."""

    text: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Field:
    name: str
    fallback: str
    has_fallback: bool


Piece = str | _Field


def field_text(name: str) -> str:
    """How a field is written in a letter."""
    return f"{{{name}}}"


def check(text: str) -> None:
    """FieldError when there is a field nobody knows, or a brace without its other half."""
    _pieces(text)


def merge(text: str, values: Mapping[str, str], written: Callable[[str], str] = str) -> Merged:
    """Fill in each field; ``{联系人|您}`` says what to write when nothing is known. ``written`` escapes a value.

    ``{{`` and ``}}`` are braces. FieldError for a field that does not exist.
    """
    found, missing = [], []
    for piece in _pieces(text):
        if isinstance(piece, str):
            found.append(piece)
            continue
        value = values.get(piece.name, "")
        if not value and not piece.has_fallback:
            missing.append(piece.name)
        found.append(written(value or piece.fallback))
    return Merged("".join(found), tuple(dict.fromkeys(missing)))


def named(text: str) -> str:
    """For a list of letters: each field as 〔客户名称〕, without braces and fallback."""
    return "".join(piece if isinstance(piece, str) else f"〔{piece.name}〕" for piece in _pieces(text))


def _pieces(text: str) -> Sequence[Piece]:
    pieces: list[Piece] = []
    end = 0
    for match in PIECE.finditer(text):
        pieces.append(text[end : match.start()])
        pieces.append(_piece(match))
        end = match.end()
    return [*pieces, text[end:]]


def _piece(match: re.Match[str]) -> Piece:
    whole, inside = match[0], match[1]
    if inside is None and len(whole) == 2:
        return whole[0]
    if inside is None:
        raise FieldError(f"“{whole}”没有另一半，合并项要写成 {{客户名称}}；要写括号本身，请写两个：{{{{。")
    name, *fallback = FALLBACK.split(inside, maxsplit=1)
    name = name.strip()
    if name not in FIELDS:
        near = [each for each in FIELDS if name and each.startswith(name)] or get_close_matches(name, FIELDS, 1, 0.5)
        meant = f"是不是要写 {{{near[0]}}}？" if near else f"可以用：{'、'.join(FIELDS)}。"
        raise FieldError(f"没有叫“{name}”的合并项，{meant}")
    return _Field(name, fallback[0] if fallback else "", bool(fallback))
