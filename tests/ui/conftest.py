"""The desk over the full house, for whoever presses everything; no serial line of this computer is ever opened."""

import pytest
from serial.tools import list_ports

from tests.ui.full_house_desk import outside, stage, template

__all__ = ["no_lines", "outside", "stage", "template"]


@pytest.fixture(autouse=True)
def no_lines(monkeypatch):
    """Somebody's printer may hang on the line that a test would choose."""
    monkeypatch.setattr(list_ports, "comports", list)
