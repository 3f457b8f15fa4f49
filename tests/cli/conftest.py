"""Real databases for this room."""

from tests.databases import *  # noqa: F403
