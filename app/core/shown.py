"""What a signature stands under, word for word, and its digest; the database and an auditor compute the same one."""

import hashlib
from collections.abc import Sequence

Facts = Sequence[tuple[str, object]]
"""Names and values of what was on the screen, in its order; never a patient's."""


def shown_text(meaning: str, facts: Facts = (), reason: str = "") -> str:
    """One line for the meaning, one for each fact, one for the reason; a line break inside a value is a space."""
    lines = [("meaning", meaning), *facts, ("reason", reason)]
    return "\n".join(f"{name}: {' '.join(str(value).splitlines())}" for name, value in lines if str(value))


def digest(content: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()
