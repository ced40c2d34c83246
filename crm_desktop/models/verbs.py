"""How a field can be compared, in the words a clerk picks from."""

from dataclasses import dataclass

from crm_desktop.models.fields import Choice, Date, DateTime, Field, Flag, Options, Reference, Region, Time, Timestamp
from crm_desktop.models.periods import COUNTED, RELATIVE


@dataclass(frozen=True)
class Verb:
    """``operator`` is a Condition's; ``takes`` is "nothing", "value", "text", "pair", "list" or "days"."""

    label: str
    operator: str
    takes: str = "value"
    is_negated: bool = False
    of_days: str = ""
    """Its word for days and times, where that is another."""


VERBS = {
    "contains": Verb("包含", "contains", "text"),
    "not_contains": Verb("不包含", "contains", "text", is_negated=True),
    "starts": Verb("开头是", "starts", "text"),
    "within": Verb("在…内", "within"),
    "not_within": Verb("不在…内", "within", is_negated=True),
    "=": Verb("等于", "=", of_days="是"),
    "!=": Verb("不等于", "!=", of_days="不是"),
    "in": Verb("是其中之一", "in", "list"),
    "not_in": Verb("不是其中之一", "in", "list", is_negated=True),
    "between": Verb("介于", "between", "pair"),
    ">": Verb("大于", ">", of_days="晚于"),
    ">=": Verb("不小于", ">=", of_days="不早于"),
    "<": Verb("小于", "<", of_days="早于"),
    "<=": Verb("不大于", "<=", of_days="不晚于"),
    **{
        key: Verb(f"是{label}" if label.endswith("天") else f"在{label}", key, "nothing")
        for key, label in RELATIVE.items()
    },
    **{key: Verb(f"在{label.format('n')}", key, "days") for key, label in COUNTED.items()},
    "empty": Verb("未填写", "empty", "nothing"),
    "filled": Verb("已填写", "empty", "nothing"),
}
"""In the order they are offered."""

LISTED = (Choice, Options, Reference, Region)
"""Whose values are picked, so that 之一 is a short list to tick."""


def verbs_of(field: Field) -> dict[str, str]:
    """Key and word of every verb that suits a field, the likeliest first."""
    is_day = isinstance(field, Date | DateTime | Time | Timestamp)
    fitting = {
        key: verb.of_days if is_day and verb.of_days else verb.label
        for key, verb in VERBS.items()
        if verb.operator in field.operators and (verb.takes != "list" or isinstance(field, LISTED))
    }
    if isinstance(field, Flag):
        return {"=": "是"}
    first = next((key for key in _likeliest(field) if key in fitting), "")
    return {first: fitting[first], **fitting} if first else fitting


def _likeliest(field: Field) -> tuple[str, ...]:
    if isinstance(field, Date | DateTime | Time | Timestamp):
        return ("between",)
    return (
        ("within",) if isinstance(field, Region) else ("=",) if isinstance(field, Choice | Options | Reference) else ()
    )
