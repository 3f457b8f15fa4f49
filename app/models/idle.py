"""A connection that lay idle is asked whether it lives before it is used: the server may have been started anew."""

import time
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

ASKED_AFTER = 2.0
"""Seconds of idleness. One that was in use a moment ago is taken as it is: asking costs a journey to the server."""
_LAST = "last used"


def ask_the_idle(engine: Engine) -> None:
    """Dead connections are replaced without anybody noticing; one that breaks in use is the caller's error."""
    dialect = engine.dialect

    def used(_connection: object, record: Any) -> None:
        record.info[_LAST] = time.monotonic()

    def taken(connection: Any, record: Any, _proxy: object) -> None:
        if time.monotonic() - record.info[_LAST] < ASKED_AFTER:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "connect", used)
    event.listen(engine, "checkin", used)
    event.listen(engine, "checkout", taken)
