"""What the program looks at by itself once a week, because backups do not: whether the indexes are true."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.settings import OFFICE, READ, WRITE
from crm_desktop.db.soundness import has_true_indexes
from crm_desktop.errors import DatabaseError

WEEK = timedelta(days=7)
LAST = "last_index_check"
logger = logging.getLogger(__name__)


def are_indexes_true(context: Context, go_on: Callable[[], bool]) -> bool:
    """False when an index is not what its table holds; a few seconds of reading for a hundred thousand customers."""
    if not _is_due(context):
        return True
    is_true = has_true_indexes(context.db.path, go_on)
    if is_true and go_on():
        _remember(context)
    return is_true


def _remember(context: Context) -> None:
    """On a full disk it is done again the next time; nobody has asked for it, so nobody is told."""
    try:
        context.db.execute(WRITE, (OFFICE, LAST, json.dumps(context.clock.timestamp())))
    except DatabaseError as error:
        logger.warning("the day of the weekly look was not kept", exc_info=error)


def _is_due(context: Context) -> bool:
    """A time that is still to come was told by a clock that was wrong."""
    last = json.loads(context.db.value(READ, (OFFICE, LAST)) or '""')
    return not context.clock.timestamp(-WEEK) < last <= context.clock.timestamp()
