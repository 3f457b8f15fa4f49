"""Real databases behind the pages."""

from tests.databases import *  # noqa: F403
