"""What stands at the door of an office, for who has not signed in yet; all that is read before the sign-in page."""

import json

from crm_desktop.db import Database

SAMPLE_KEY = "sample_sign_in"
COMPANY_NAME = "SELECT name FROM company"
SAMPLE_SIGN_IN = "SELECT value FROM settings WHERE operator = 0 AND key = ?"


def is_founded(db: Database) -> bool:
    """Whether the database already holds an office."""
    return db.one("SELECT 1 FROM company") is not None


def company_name(db: Database) -> str:
    """What the office is called."""
    return str(db.value(COMPANY_NAME) or "")


def sample_sign_in(db: Database) -> tuple[str, str] | None:
    """Operator and password of a sample office, None for a real one: they stand on its sign-in page."""
    stored = db.value(SAMPLE_SIGN_IN, (SAMPLE_KEY,))
    if stored is None:
        return None
    operator, password = json.loads(stored)
    return operator, password
