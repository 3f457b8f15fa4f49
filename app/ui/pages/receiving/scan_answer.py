"""What became of a scan, as the strip and the sounds are told."""

from dataclasses import dataclass
from typing import Literal

from app.core.statuses.stock import LineState
from app.queries.deliveries import LineRow
from app.ui.pages.receiving.ordered import Overrun

Sound = Literal["taken", "look", "stop"]


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """The line of a scan, whether it went beyond the order, and how long the answer took."""

    line: LineRow
    is_repeat: bool
    is_joined: bool
    milliseconds: int
    over: Overrun | None = None

    @property
    def sound(self) -> Sound:
        if self.line.is_postable:
            return "look" if self.over else "taken"
        return "look" if self.line.state is LineState.INCOMPLETE else "stop"
