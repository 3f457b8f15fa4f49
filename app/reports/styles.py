"""The type and the inks of every sheet, on a grid of three points.

Black carries the meaning; the colours only help, since most of these papers leave a black-and-white printer.
"""

from app.reports.fonts import Face
from app.reports.typesetting import Ink, Style

PAPER = Ink(1, 1, 1)
INK = Ink(0.078, 0.114, 0.157)
MUTED = Ink(0.298, 0.345, 0.404)
LINE = Ink(0.690, 0.729, 0.776)
SOFT = Ink(0.922, 0.933, 0.949)
STOP = Ink(0.647, 0.106, 0.071)
STOP_SOFT = Ink(0.992, 0.925, 0.918)
WATERMARK = Ink(0.905, 0.915, 0.930)

TITLE = Style(24, 30, Face.BOLD, INK)
TITLE_SECOND = Style(13, 18, Face.SANS, MUTED)
STRIP = Style(16, 21, Face.BOLD, INK)
HEADING = Style(13, 18, Face.BOLD, INK)
HEADING_SECOND = Style(10.5, 15, Face.SANS, MUTED)
BODY = Style(10.5, 15, Face.SANS, INK)
STRONG = Style(10.5, 15, Face.BOLD, INK)
SECOND = Style(9.5, 12, Face.SANS, MUTED)
SMALL = Style(9, 12, Face.SANS, INK)
SMALL_STRONG = Style(9, 12, Face.BOLD, INK)
NOTE = Style(9, 12, Face.SANS, MUTED)
NOTE_SECOND = Style(8, 12, Face.SANS, MUTED)
CODE = Style(10, 15, Face.MONO, INK)
CODE_STRONG = Style(10.5, 15, Face.MONO_BOLD, INK)
CODE_SMALL = Style(8.5, 12, Face.MONO, INK)
CODE_SMALL_STRONG = Style(8.5, 12, Face.MONO_BOLD, INK)
CODE_HEAD = Style(12, 18, Face.MONO_BOLD, INK)


def inked(style: Style, ink: Ink) -> Style:
    """The style in another ink."""
    return Style(style.size, style.leading, style.face, ink)
