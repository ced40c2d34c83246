"""An office's database: opened, created or migrated in one place."""

import weakref
from pathlib import Path
from typing import ClassVar

from crm_desktop.db.connection import Connections
from crm_desktop.db.migrate import prepare


class Database(Connections):
    """One office's file, ready to use from any thread."""

    instances: ClassVar[weakref.WeakSet["Database"]] = weakref.WeakSet()

    def __init__(self, path: Path) -> None:
        """Use ``open``: it also creates or migrates the file."""
        super().__init__(path)
        Database.instances.add(self)

    @classmethod
    def open(cls, path: Path | str, create: bool = False) -> "Database":
        """Open an office's file, migrating an older one; DatabaseError says why it cannot be used."""
        database = cls(Path(path))
        try:
            prepare(database, create)
        except BaseException:
            database.close_all()
            raise
        return database
