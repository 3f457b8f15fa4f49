"""Cuts what a serial line brings into scans; pure, with the clock handed in."""

from dataclasses import dataclass

ENDS = {0x0D: "\r", 0x0A: "\n", 0x03: "\x03"}
"""CR, LF and ETX: none of them stands inside a code that is printed on a box."""
_STX = 0x02
MOST_BYTES = 8_192


@dataclass(frozen=True, slots=True)
class Frame:
    """The bytes of one scan without what ends it. ``ended_by``: CR, LF, ETX, or ``silence``.

    ``gap_ms`` is the longest pause inside it.
    """

    content: bytes
    ended_by: str
    gap_ms: float

    @property
    def text(self) -> str:
        """UTF-8 where it is that, else byte by byte; nothing is lost either way."""
        try:
            return self.content.decode("utf-8")
        except UnicodeDecodeError:
            return self.content.decode("latin-1")


class Framer:
    """One line's bytes so far. A scan of more than 8 KiB comes as its first 8,193 bytes, which every reader refuses."""

    def __init__(self, silence_ms: float = 100.0) -> None:
        self._silence_ms = silence_ms
        self._kept = bytearray()
        self._heard_at = self._longest = 0.0

    def feed(self, data: bytes, at_ms: float) -> list[Frame]:
        """The scans that are complete with these bytes; what came before a silence is one of its own."""
        done = self.settle(at_ms)
        if self._kept:
            self._longest = max(self._longest, at_ms - self._heard_at)
        self._heard_at = at_ms
        for byte in data:
            if byte in ENDS:
                done += self._cut(ENDS[byte])
            elif len(self._kept) <= MOST_BYTES and not (byte == _STX and not self._kept):
                self._kept.append(byte)
        return done

    def settle(self, at_ms: float) -> list[Frame]:
        """The scan that a silence has ended, if one has."""
        return self._cut("silence") if self._kept and at_ms - self._heard_at >= self._silence_ms else []

    def forget(self) -> None:
        """The line was cut: what came of a scan is not a scan."""
        self._kept.clear()
        self._longest = 0.0

    def _cut(self, ended_by: str) -> list[Frame]:
        content, gap = bytes(self._kept), self._longest
        self.forget()
        return [Frame(content, ended_by, gap)] if content else []
