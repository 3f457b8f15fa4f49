"""Where the program's own files lie, in a checkout and in an installation."""

import sys
from pathlib import Path


def root() -> Path:
    """The folder that holds ``resources`` and ``alembic``."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).parents[2]


def resources() -> Path:
    """Icons, fonts, words, templates, law."""
    return root() / "resources"


def migrations() -> Path:
    """Alembic's folder."""
    return root() / "alembic"
