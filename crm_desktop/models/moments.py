"""Machine times as people read them."""

from datetime import UTC, date, datetime, time, timedelta


def local_text(timestamp: str) -> str:
    """A stored UTC time in the office's local time: ``2026-11-22 17:05``; empty stays empty."""
    if not timestamp:
        return ""
    moment = datetime.fromisoformat(timestamp.replace("Z", "+00:00"))
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def local_day(timestamp: str) -> date:
    """The office's local date at a stored UTC time."""
    return date.fromisoformat(local_text(timestamp)[:10])


def start_of_day(day: date, days_later: int = 0) -> str:
    """The UTC time at which a local day begins, or one some days later, as machine times are stored."""
    return as_stored(datetime.combine(day + timedelta(days=days_later), time()))


def as_stored(local: datetime) -> str:
    """A moment of the office's own time as machine times are stored: ``2026-11-22T09:05:00Z``."""
    try:
        moment = local.astimezone(UTC)
    except (OSError, OverflowError):  # Windows knows no zone before 1970 or after 3000, nor was a record written
        moment = local
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
