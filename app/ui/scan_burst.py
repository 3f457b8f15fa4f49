"""Tells a scanner's burst of characters from a person's typing by its rhythm; knows no Qt."""

from dataclasses import dataclass

GS = "\x1d"
"""The separator that ends a GS1 element of variable length."""


@dataclass(frozen=True, slots=True)
class ScanTiming:
    """What counts as a burst. With a ``prefix`` (which is then taken off) neither length nor rhythm matter."""

    least_chars: int = 6
    mean_gap_ms: float = 35.0
    max_gap_ms: float = 80.0
    prefix: str = ""
    framed_gap_ms: float = 500.0
    most_chars: int = 4096


@dataclass(frozen=True, slots=True)
class Capture:
    """One scan and how it came. ``ended_by``: a carriage return, a tab, or ``silence``; LF or ETX on a serial line.

    ``source`` names the scanner of a serial line; what came by the keyboard names none.
    """

    text: str
    mean_gap_ms: float
    longest_gap_ms: float
    ended_by: str
    is_composed: bool
    """True where an input method was on and passed the characters."""
    source: str = ""


class Burst:
    """The characters so far, with their moments in milliseconds."""

    def __init__(self, timing: ScanTiming) -> None:
        self.timing = timing
        self.text = ""
        self.is_composed = False
        self._first = self._last = 0.0
        self._longest = 0.0
        self._steps = 0

    def clear(self) -> None:
        self.text = ""
        self.is_composed = False
        self._longest = 0.0
        self._steps = 0

    @property
    def is_framed(self) -> bool:
        """Whether the agreed prefix came first."""
        return bool(self.timing.prefix) and self.text.startswith(self.timing.prefix)

    @property
    def allowed_gap_ms(self) -> float:
        return self.timing.framed_gap_ms if self.is_framed else self.timing.max_gap_ms

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > self.timing.most_chars

    @property
    def mean_gap_ms(self) -> float:
        return (self._last - self._first) / self._steps if self._steps else 0.0

    def could_go_on(self, moment: float) -> bool:
        """Whether a character at this moment still belongs to the burst; also before its first one."""
        return not self.text or moment - self._last < self.allowed_gap_ms

    def is_under_way(self, moment: float) -> bool:
        """Whether a burst has begun and has not paused."""
        return bool(self.text) and self.could_go_on(moment)

    def add(self, text: str, moment: float) -> None:
        """Take what one key brought: usually one character, nothing for a key that only repeats the last one."""
        if not text:
            return
        if self.text:
            self._longest = max(self._longest, moment - self._last)
            self._steps += 1
        else:
            self._first = moment
        self._last = moment
        self.text += text

    def is_scan(self) -> bool:
        """Whether these characters came from a scanner."""
        if self.is_framed:
            return len(self.text) > len(self.timing.prefix)
        return len(self.text) >= self.timing.least_chars and self.mean_gap_ms < self.timing.mean_gap_ms

    def capture(self, ended_by: str) -> Capture:
        text = self.text.removeprefix(self.timing.prefix) if self.is_framed else self.text
        return Capture(text, self.mean_gap_ms, self._longest, ended_by, self.is_composed)
