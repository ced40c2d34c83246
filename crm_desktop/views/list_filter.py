"""The few usual ways of looking at a list, chosen beside its quick search: 全部, 未结, 超期, 我受理的."""

from collections.abc import Callable, Mapping
from tkinter import Misc
from typing import Any

from crm_desktop.models.query import AnyCondition
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.picker import ChoiceInput

Conditions = tuple[AnyCondition, ...]
EVERYTHING = "全部"
FROM_ELSEWHERE = "指定条件"


class ListFilter(ChoiceInput):
    """``filters()`` gives the conditions of each word, anew for each question, as time goes on.

    ``on_choose()`` hears of a choice. What another screen asked for stands as 指定条件 until something is chosen.
    """

    def __init__(
        self, parent: Misc, filters: Callable[[], Mapping[str, Conditions]], on_choose: Callable[[], Any]
    ) -> None:
        self._filters = filters
        self._items = [PickItem(word, word) for word in (EVERYTHING, *filters())]
        self._given: Conditions = ()
        self._taken = EVERYTHING
        self._on_choose = on_choose
        super().__init__(parent, self._items, width=9)
        self.set(EVERYTHING)
        self.bind(INPUT_CHANGED, lambda event: self._changed(), add="+")

    @property
    def word(self) -> str:
        """What is chosen; while something else is being typed, what was chosen before."""
        return self._taken

    @property
    def conditions(self) -> Conditions:
        """What the list is limited to now."""
        return self._given if self.word == FROM_ELSEWHERE else self._filters().get(self.word, ())

    def take(self, conditions: Conditions) -> None:
        """Another screen asks for these records, or for all."""
        self._given = conditions
        extra = [PickItem(FROM_ELSEWHERE, FROM_ELSEWHERE)] if conditions else []
        self.set_choices([*self._items, *extra])
        self._taken = FROM_ELSEWHERE if conditions else EVERYTHING
        self.set(self._taken)

    def check(self) -> bool:
        """What is no word of the list gives way to what was chosen before."""
        super().check()
        if self.chosen is None:
            self.set(self._taken)
        return True

    def _changed(self) -> None:
        if self.chosen is not None and self.chosen.key != self._taken:
            self._taken = self.chosen.key
            self._on_choose()
