"""Where warnings and errors are kept."""

import json
import logging
from logging.handlers import RotatingFileHandler

from platformdirs import user_log_path

LOG_BYTES, LOG_FILES = 2_000_000, 5


class JsonLines(logging.Formatter):
    """One JSON object a line: moment, level, where from, message, and the trace where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "from": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def keep_log() -> None:
    """Warnings and errors go to a rotating file of this user; never what a patient or a password is."""
    folder = user_log_path("RecallDesk", appauthor=False, ensure_exists=True)
    handler = RotatingFileHandler(
        folder / "recalldesk.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
    )
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
