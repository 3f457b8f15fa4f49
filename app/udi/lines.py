"""The scan reader as a conversation in JSON lines: one question, one answer."""

import json
from typing import Any

from app.udi.reader import as_json, read, refused


def answer(line: str) -> str:
    """The answer to ``{"raw": "…"}`` as one line of JSON, without line end; a line that is no question is refused."""
    try:
        asked: Any = json.loads(line)
    except (ValueError, RecursionError):
        asked = None
    raw = asked.get("raw") if isinstance(asked, dict) else None  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    reading = read(raw) if isinstance(raw, str) else refused("", "bad_line")
    return json.dumps(as_json(reading))
