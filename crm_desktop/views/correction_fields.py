"""How far a printer is off, as it is typed into settings and told in a few words."""

from tkinter import Misc
from typing import Any

from crm_desktop.controllers.reports import (
    CORRECTED,
    LARGEST_OFFSET_MM,
    LARGEST_STRETCH,
    Correction,
    is_stretched,
)
from crm_desktop.errors import FieldError
from crm_desktop.views.typed_numbers import number
from crm_desktop.views.widgets.text_inputs import NumberInput

LABELS = {"offset_x_mm": "向右移", "offset_y_mm": "向下移", "scale_x": "横向缩放", "scale_y": "纵向缩放"}
ADVICE = "墨迹要往右、往下移填正数，往左、往上移填负数。不知道差多少，就点“校准”，打一张量一量，自动算出。"


def correction_input(name: str) -> dict[str, Any]:
    """How a field of this measure is made: the arguments of a LabeledField after its label."""
    tidy = per_cent if _is_scale(name) else millimetres

    def make(parent: Misc) -> NumberInput:
        return NumberInput(parent, width=8, tidy=tidy)

    return {"make_input": make, "note": "%" if _is_scale(name) else "毫米"}


def shown(name: str, value: float) -> str:
    """What stands in its field."""
    return f"{value * 100:g}" if _is_scale(name) else f"{value:g}"


def taken(name: str, typed: str | None) -> float:
    """What was typed, as a correction has it; empty is none. FieldError when it cannot be."""
    text = (typed or "").strip()
    if _is_scale(name):
        return round(float(per_cent(text)) / 100, 4) if text else 1.0
    return float(millimetres(text)) if text else 0.0


def difference(old: Correction, new: Correction) -> str:
    """向右移 1.2 毫米，横向放大 0.4 %; "" when they are the same."""
    parts = [
        _moved(new.offset_x_mm - old.offset_x_mm, "向右", "向左"),
        _moved(new.offset_y_mm - old.offset_y_mm, "向下", "向上"),
        _stretched(new.scale_x / old.scale_x, "横向"),
        _stretched(new.scale_y / old.scale_y, "纵向"),
    ]
    return "，".join(filter(None, parts))


def told(correction: Correction) -> str:
    """右移 -0.8 下移 1.2 毫米 横 100.4 %: short, for a line that has other things to tell; "" when nothing is moved."""
    moves = [("右移", correction.offset_x_mm), ("下移", correction.offset_y_mm)]
    moved = [f"{name} {by:g}" for name, by in moves if by]
    scales = [("横", correction.scale_x), ("纵", correction.scale_y)]
    stretched = [f"{name} {scale * 100:g} %" for name, scale in scales if scale != 1]
    return " ".join([*moved, *(["毫米"] if moved else []), *stretched])


def values_of(correction: Correction) -> dict[str, float]:
    """By name, to be remembered or handed to other options."""
    return {name: getattr(correction, name) for name in CORRECTED}


def millimetres(typed: str) -> str:
    """A length in its proper form; FieldError when it is none or too far."""
    value = number(typed, "应填毫米数，例如 1.5 或 -2。")
    if not abs(value) <= LARGEST_OFFSET_MM:  # "nan" is a number to Python
        raise FieldError(f"最多移动 {LARGEST_OFFSET_MM:g} 毫米。")
    return f"{value:g}"


def per_cent(typed: str) -> str:
    """A scale in its proper form; FieldError when it is none or too far from 100."""
    value = number(typed, "应填百分数，例如 100.4。")
    if is_stretched(value / 100):
        raise FieldError(f"应在 {100 - LARGEST_STRETCH * 100:g} 到 {100 + LARGEST_STRETCH * 100:g} 之间。")
    return f"{value:g}"


def _is_scale(name: str) -> bool:
    return name.startswith("scale")


def _moved(by: float, forward: str, back: str) -> str:
    return f"{forward if by > 0 else back}移 {round(abs(by), 2):g} 毫米" if round(abs(by), 2) else ""


def _stretched(by: float, direction: str) -> str:
    share = round((by - 1) * 100, 2)
    return f"{direction}{'放大' if share > 0 else '缩小'} {abs(share):g} %" if share else ""
