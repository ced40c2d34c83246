"""Patterns that find a text however wide or large its letters are: ＡＢＣ（北京） for abc(北京)."""

from crm_desktop.models.text import to_half_width

_WIDE = {code - 0xFEE0: chr(code) for code in range(0xFF01, 0xFF5F)} | {0x20: "\u3000"}


def whole(text: str) -> str:
    """A GLOB pattern of the text itself, in every width and case; SQLite compares it without a call into Python."""
    return "".join(_any_of(char) for char in text)


def begun(text: str) -> str:
    return f"{whole(text)}*"


def within(text: str) -> str:
    return f"*{whole(text)}*"


def has_variants(text: str) -> bool:
    """Whether the text may stand in another width, or in a case that SQLite's NOCASE does not know."""
    return any(len(_spellings(char)) > 1 for char in text)


def _any_of(char: str) -> str:
    spellings = _spellings(char)
    if len(spellings) == 1 and char not in "*?[":
        return char
    # in a class "]" is itself only at the beginning, "^" and "-" only elsewhere
    return f"[{''.join(sorted(spellings, key=lambda each: (each != ']', each in '^-', each)))}]"


def _spellings(char: str) -> set[str]:
    half = to_half_width(char)
    cases = {half, *(each for each in (half.lower(), half.upper()) if len(each) == 1)}
    return cases | {_WIDE[ord(each)] for each in cases if ord(each) in _WIDE}
