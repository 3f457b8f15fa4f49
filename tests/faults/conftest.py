"""Both engines for the tests that break things."""

from tests.databases import *  # noqa: F403
