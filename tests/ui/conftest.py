"""The desk over the full house, for whoever presses everything."""

from tests.ui.full_house_desk import outside, stage, template

__all__ = ["outside", "stage", "template"]
