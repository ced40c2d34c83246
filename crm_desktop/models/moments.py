"""Machine times as people read them."""

from datetime import datetime


def local_text(timestamp: str) -> str:
    """A stored UTC time in the office's local time: ``2026-11-22 17:05``; empty stays empty."""
    if not timestamp:
        return ""
    moment = datetime.fromisoformat(timestamp.replace("Z", "+00:00"))
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
