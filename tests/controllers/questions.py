"""Questions for hypothesis, with values drawn from an office's own records: the very ones, pieces, near misses."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from crm_desktop.errors import FieldError
from crm_desktop.models import ENTITIES
from crm_desktop.models.field import Field
from crm_desktop.models.fields import Choice, Date, DateTime, Flag, Options, Reference, Region, Text, Time, Timestamp
from crm_desktop.models.question import Part, Question, Row, sides
from crm_desktop.models.verbs import VERBS, verbs_of
from tests.controllers.oracle import NARROW, WIDE, Oracle, day_of

TO_WIDE = str.maketrans(NARROW, WIDE)
NAMED = (Choice, Reference, Region, Options, Flag)
STRANGE = ("%", "_", "'", "\\", "*", "?", "[", "]", "^-", "[^a]", "没有这样的", "🙂", "a b")
DAYS = ("0", "1", "6", "7", "8", "30", "90", "400")


class Asker:
    """Strategies of questions that this office's records make interesting."""

    def __init__(self, oracle: Oracle, today: date) -> None:
        self._oracle, self._today = oracle, today
        self._pools: dict[tuple[str, str], list[Any]] = {}
        self._words: dict[tuple[str, str], st.SearchStrategy[str]] = {}

    def questions(self, key: str) -> st.SearchStrategy[Question]:
        parts = st.lists(self.parts(key), min_size=1, max_size=3).map(tuple)
        return st.builds(Question, st.just(key), st.just(""), parts, st.sampled_from(["all", "any"]))

    def parts(self, key: str) -> st.SearchStrategy[Part]:
        others = ["", *sides(ENTITIES[key])]
        return st.sampled_from(["", "", *others]).flatmap(lambda of: self._part(key, of))

    def _part(self, key: str, of: str) -> st.SearchStrategy[Part]:
        rows = st.lists(self.rows(of or key), min_size=0 if of else 1, max_size=3).map(tuple)
        return st.builds(Part, rows, st.sampled_from(["all", "any"]), st.just(of), st.booleans())

    def rows(self, key: str) -> st.SearchStrategy[Row]:
        fields = st.sampled_from([*ENTITIES[key].by_name.values()])
        return fields.flatmap(lambda field: self._rows_of(key, field))

    def _rows_of(self, key: str, field: Field) -> st.SearchStrategy[Row]:
        return st.sampled_from([*verbs_of(field)]).flatmap(
            lambda verb: st.builds(Row, st.just(field.name), st.just(verb), self._values(key, field, verb))
        )

    def _values(self, key: str, field: Field, verb: str) -> st.SearchStrategy[Any]:
        one = st.sampled_from(self._pool(key, field))
        match VERBS[verb].takes:
            case "nothing":
                return st.none()
            case "days":
                return st.sampled_from(DAYS)
            case "pair":
                return st.tuples(one | st.none(), one | st.none()).map(self._in_order(field)).filter(any)
            case "list":
                return st.lists(one, min_size=1, max_size=4)
            case "text":
                return self._texts(key, field).filter(str.strip)
        return self._whole_texts(key, field).filter(str.strip) if isinstance(field, Text) else one

    def _in_order(self, field: Field) -> Any:
        def order(ends: tuple[Any, Any]) -> tuple[Any, Any]:
            low, high = ends
            if low is None or high is None:
                return ends
            raw = [end if isinstance(field, Timestamp) else field.accept(end, self._today) for end in ends]
            return (low, high) if raw[0] <= raw[1] else (high, low)

        return order

    # -- values ----------------------------------------------------------------------------------------------------

    def _pool(self, key: str, field: Field) -> list[Any]:
        """What the records hold, and what lies beside it, as a row of the editor gives it."""
        if (key, field.name) not in self._pools:
            stored = {each[field.name] for each in self._oracle.records[key].values()} - {None, ""}
            found = {near for each in stored or {self._unheard(field)} for near in self._near(field, each)}
            self._pools[key, field.name] = sorted(found, key=str)
        return self._pools[key, field.name]

    def _unheard(self, field: Field) -> Any:
        """What could stand in a field that no record has filled."""
        if isinstance(field, Options):
            return field.options[0]
        if isinstance(field, Text | Date | DateTime | Time | Region):
            return {Region: "220100", Time: "09:30"}.get(type(field), "1999-12-31")
        return 1

    def _near(self, field: Field, stored: Any) -> list[Any]:
        if isinstance(field, Region):
            return self._oracle.up(stored)
        if isinstance(field, Flag):
            return [0, 1]
        if isinstance(field, (*NAMED, Text, Time)):
            return [stored]
        if isinstance(field, Date | DateTime | Timestamp):
            return [(day_of(field, stored) + timedelta(days=more)).isoformat() for more in (-1, 0, 1)]
        numbers = [stored + more for more in (-1, 0, 1)] if isinstance(stored, int) else [1, 50]
        return [text for text in map(field.format, numbers) if self._is_accepted(field, text)]

    def _is_accepted(self, field: Field, text: str) -> bool:
        try:
            return field.accept(text, self._today) is not None
        except FieldError:
            return False

    def _whole_texts(self, key: str, field: Field) -> st.SearchStrategy[str]:
        if (key, field.name) not in self._words:
            stored = {each[field.name] for each in self._oracle.records[key].values()}
            words = sorted({self._oracle.words(field, each) for each in stored} - {""})
            self._words[key, field.name] = st.sampled_from([*words, *STRANGE]).flatmap(spelled)
        return self._words[key, field.name]

    def _texts(self, key: str, field: Field) -> st.SearchStrategy[str]:
        def piece(text: str) -> st.SearchStrategy[str]:
            places = st.integers(0, len(text) - 1)
            return st.builds(lambda at, size: text[at : at + size], st.just(0) | places, st.integers(1, 6))

        return self._whole_texts(key, field).flatmap(lambda text: st.just(text) | piece(text))


def spelled(text: str) -> st.SearchStrategy[str]:
    """The text in other cases and widths, with a sign in the place of a letter that would match anything elsewhere."""
    at = len(text) // 2
    wild = [text[:at] + sign + text[at + 1 :] for sign in "%_*?'\\"]
    return st.sampled_from([text, text, text, text.swapcase(), text.translate(TO_WIDE), f" {text} ", *wild])
