"""Both engines for the tests of the models and their wall."""

from tests.databases import *  # noqa: F403
