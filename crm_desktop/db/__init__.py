"""Keeps records: the connection, the statements, the search tables, migrations and backups."""

from crm_desktop.db.database import Database

__all__ = ["Database"]
