"""The one place that asks what time it is; everything else is handed a clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


class Clock:
    """The computer's clock."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The office's local date."""
        return self.now().astimezone().date()

    def local_minute(self) -> str:
        """The office's local time as typed times are stored: ``2026-11-22 14:30``."""
        return self.now().astimezone().strftime("%Y-%m-%d %H:%M")

    def timestamp(self, later_by: timedelta = timedelta()) -> str:
        """A machine time as it is stored: ISO 8601 in UTC, to the second, ending in ``Z``."""
        return (self.now() + later_by).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class FixedClock(Clock):
    """A clock that stands still, for tests and reproducible documents."""

    moment: datetime

    @classmethod
    def at(cls, day: str, hour: int = 9) -> "FixedClock":
        return cls(datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC))

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()
