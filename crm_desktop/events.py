"""What has happened, as typed past-tense facts, and the bus that tells whoever asked to know."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RecordsChanged:
    """Records of one entity were written; ``ids`` is None when there were too many to list."""

    entity: str
    ids: frozenset[int] | None = None
    operation: int | None = None


@dataclass(frozen=True)
class SettingsChanged:
    """An office-wide setting or the office's own profile was written."""

    key: str


@dataclass(frozen=True)
class DatabaseReplaced:
    """A backup was restored over the open file: every reader must start again."""


@dataclass(frozen=True)
class BackupCreated:
    """A verified backup exists at ``path``."""

    path: str


Handler = Callable[[Any], None]


class EventBus:
    """Hands each event to its subscribers, through ``dispatch`` when a window must receive it on its own thread."""

    def __init__(self) -> None:
        self._handlers: dict[type, list[Handler]] = defaultdict(list)
        self.dispatch: Callable[[Callable[[], None]], None] = lambda deliver: deliver()

    def subscribe(self, event_type: type, handler: Handler) -> Callable[[], None]:
        """Call ``handler`` with every event of that type until the returned function is called."""
        handlers = self._handlers[event_type]
        handlers.append(handler)

        def unsubscribe() -> None:
            if handler in handlers:
                handlers.remove(handler)

        return unsubscribe

    def publish(self, event: object) -> None:
        self.dispatch(lambda: self._deliver(event))

    def _deliver(self, event: object) -> None:
        for handler in list(self._handlers[type(event)]):
            handler(event)
