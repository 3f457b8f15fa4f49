"""Real databases for the journeys."""

from tests.databases import *  # noqa: F403
