"""Numbers that are read off a ruler and typed: full-width digits, Chinese points and units are understood."""

import unicodedata

from crm_desktop.errors import FieldError

UNITS = ("毫米", "mm", "磅", "%")


def number(typed: str, sentence: str) -> float:
    """The number, to two places; FieldError with ``sentence`` when there is none."""
    text = unicodedata.normalize("NFKC", typed).strip().translate(str.maketrans("—–−。", "---."))
    for unit in UNITS:
        text = text.removesuffix(unit).rstrip()
    try:
        return round(float(text), 2)
    except ValueError:
        raise FieldError(sentence) from None
