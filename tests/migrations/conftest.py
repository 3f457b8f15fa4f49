"""Both engines for the tests of the migrations."""

from tests.databases import *  # noqa: F403
