"""Small shapes drawn the same way in tables, cards and charts: text, chips, badges, lamps, keycaps, bars."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.ui import icons, theme
from app.ui.widgets.cells import BadgeLook, BarLook, ChipLook, LampLook

CHIP_HEIGHT, CHIP_ICON, LAMP, LAMP_PITCH, KEYCAP_HEIGHT = 22.0, 14.0, 18.0, 21.0, 18.0
LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter
MIDDLE = Qt.AlignmentFlag.AlignVCenter


def width_of(words: str, letters: QFont) -> float:
    """How wide a text is in a font, in logical pixels."""
    return QFontMetricsF(letters).horizontalAdvance(words)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    letters: QFont,
    ink: QColor,
    align: Qt.AlignmentFlag = LEFT,
    *,
    elide: bool = True,
) -> None:
    """One line, vertically centred; too long a text ends in an ellipsis unless ``elide`` is off."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(letters)
    painter.setPen(ink)
    if elide and width_of(words, letters) > rect.width() + 0.5:
        words = QFontMetricsF(letters).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect.translated(0, -0.5), int(align | MIDDLE | Qt.TextFlag.TextDontClip), words)


def draw_whole(painter: QPainter, rect: QRectF, words: str, letters: Sequence[QFont], ink: QColor) -> None:
    """Wrapped, in the first of the fonts in which nothing is cut off, else in the last of them."""
    wrap = int(LEFT | MIDDLE | Qt.TextFlag.TextWordWrap)
    chosen = next((one for one in letters if _fits(rect, words, one, wrap)), letters[-1])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(chosen)
    painter.setPen(ink)
    painter.drawText(rect, wrap, words)


def _fits(rect: QRectF, words: str, letters: QFont, wrap: int) -> bool:
    needed = QFontMetricsF(letters).boundingRect(rect, wrap, words)
    return needed.width() <= rect.width() + 0.5 and needed.height() <= rect.height() + 0.5


def rounded(painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, edge: QColor | None = None) -> None:
    """A rounded ground and, half a pixel inside, a crisp one-pixel edge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if edge is None else QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    painter.drawRoundedRect(rect if edge is None else rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()


def focus_ring(painter: QPainter, rect: QRectF, radius: float = 6.0) -> None:
    """The two-pixel accent ring of whatever has the keyboard."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def _grounds(tone: str, fill: str, *, on_tint: bool) -> tuple[QColor | None, QColor, QColor | None]:
    """Ground, ink and edge of a small shape."""
    if fill == "solid":
        return theme.colour(tone), theme.colour("on_solid"), None
    if fill == "outline":
        return (theme.colour("surface") if on_tint else None), theme.colour(tone), theme.colour("control")
    return (theme.colour("surface") if on_tint else theme.tone_tint(tone)), theme.colour(tone), None


def chip_width(look: ChipLook) -> float:
    """How wide ``draw_chip`` will draw."""
    letters = theme.font(theme.SMALL, bold=look.fill == "solid")
    return (7 + CHIP_ICON + 5 if look.icon else 9) + width_of(look.text, letters) + 9


def draw_chip(painter: QPainter, x: float, middle: float, look: ChipLook, most: float = 10_000.0) -> float:
    """Draw a chip with its left edge at ``x`` around the line ``middle``; returns the width used."""
    width = min(chip_width(look), most)
    ground, ink, edge = _grounds(look.tone, look.fill, on_tint=look.on_tint)
    rounded(painter, QRectF(x, middle - CHIP_HEIGHT / 2, width, CHIP_HEIGHT), 4, ground, edge)
    left = x + 9
    if look.icon:
        icons.paint(painter, look.icon, ink, QRectF(x + 7, middle - CHIP_ICON / 2, CHIP_ICON, CHIP_ICON))
        left = x + 7 + CHIP_ICON + 5
    letters = theme.font(theme.SMALL, bold=look.fill == "solid")
    draw_text(painter, QRectF(left, middle - 11, x + width - 6 - left, CHIP_HEIGHT), look.text, letters, ink)
    return width


def badge_width(look: BadgeLook) -> float:
    """How wide ``draw_badge`` will draw."""
    return width_of(look.text, theme.font(theme.SMALL, bold=True)) + 16


def draw_badge(painter: QPainter, x: float, middle: float, look: BadgeLook) -> float:
    """Draw a rank; returns the width used."""
    width = badge_width(look)
    ground, ink, edge = _grounds(look.tone, look.fill, on_tint=True)
    if look.fill == "soft":
        ground = theme.tone_tint(look.tone)
    rect = QRectF(x, middle - 11, width, 22)
    rounded(painter, rect, 4, ground, edge)
    draw_text(painter, rect, look.text, theme.font(theme.SMALL, bold=True), ink, CENTRE, elide=False)
    return width


def draw_lamp(painter: QPainter, x: float, middle: float, look: LampLook) -> float:
    """Draw one lamp; returns the pitch to the next."""
    ground, ink, edge = _grounds(look.tone, look.fill, on_tint=look.fill == "outline")
    if look.fill == "outline" and look.tone not in ("plain", "spent"):
        ground, edge = theme.tone_tint(look.tone), theme.colour(look.tone)
    rect = QRectF(x, middle - LAMP / 2, LAMP, LAMP)
    rounded(painter, rect, 4, ground, edge)
    bold = look.tone not in ("plain", "spent")
    draw_text(painter, rect, look.letter, theme.font(theme.SMALL, bold=bold), ink, CENTRE, elide=False)
    return LAMP_PITCH


def keycap_width(key: str) -> float:
    """How wide ``draw_keycap`` will draw."""
    return width_of(key, _keycap_font()) + 10


def draw_keycap(painter: QPainter, x: float, middle: float, key: str, ink: QColor, edge: QColor) -> float:
    """Draw the cap of a key; returns the width used."""
    rect = QRectF(x, middle - KEYCAP_HEIGHT / 2, keycap_width(key), KEYCAP_HEIGHT)
    rounded(painter, rect, 4, None, edge)
    draw_text(painter, rect, key, _keycap_font(), ink, CENTRE, elide=False)
    return rect.width()


def _keycap_font() -> QFont:
    return theme.font(8.25)


def draw_bar(painter: QPainter, rect: QRectF, look: BarLook) -> None:
    """A fully round bar in its trough."""
    radius = rect.height() / 2
    rounded(painter, rect, radius, theme.colour("soft"))
    share = max(0.0, min(1.0, look.share))
    if share <= 0:
        return
    filled = QRectF(rect.x(), rect.y(), max(rect.height(), rect.width() * share), rect.height())
    rounded(painter, filled, radius, theme.colour(look.fill))


def draw_count(painter: QPainter, right: float, middle: float, words: str, tone: str, *, solid: bool) -> float:
    """A small round count with its right edge at ``right``; returns the width used."""
    letters = theme.font(theme.SMALL, bold=True)
    width = max(20.0, width_of(words, letters) + 12)
    rect = QRectF(right - width, middle - 9, width, 18)
    rounded(painter, rect, 9, theme.colour(tone) if solid else theme.tone_tint(tone))
    ink = theme.colour("on_solid") if solid else theme.colour(tone)
    draw_text(painter, rect, words, letters, ink, CENTRE, elide=False)
    return width


def line(painter: QPainter, start: QPointF, end: QPointF, ink: str = "line") -> None:
    """A crisp one-pixel line, horizontal or vertical."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(QRectF(start, end).normalized().adjusted(0, 0, *_thickness(start, end)), theme.colour(ink))
    painter.restore()


def _thickness(start: QPointF, end: QPointF) -> tuple[float, float]:
    return (0.0, 1.0) if start.y() == end.y() else (1.0, 0.0)


def side_rounded(rect: QRectF, radius: float, *, left: bool, right: bool) -> QPainterPath:
    """A bar whose ends are round only where they are free."""
    path = QPainterPath(QPointF(rect.x() + (radius if left else 0), rect.y()))
    size = 2 * radius
    if right:
        path.arcTo(QRectF(rect.right() - size, rect.y(), size, size), 90, -90)
        path.arcTo(QRectF(rect.right() - size, rect.bottom() - size, size, size), 0, -90)
    else:
        path.lineTo(rect.right(), rect.y())
        path.lineTo(rect.right(), rect.bottom())
    if left:
        path.arcTo(QRectF(rect.x(), rect.bottom() - size, size, size), 270, -90)
        path.arcTo(QRectF(rect.x(), rect.y(), size, size), 180, -90)
    else:
        path.lineTo(rect.x(), rect.bottom())
    path.closeSubpath()
    return path


def ink_on(fill: QColor) -> QColor:
    """The darker or lighter ink, whichever reads better on a fill (WCAG relative luminance)."""
    parts = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in _rgb(fill)]
    luminance = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    return theme.colour("ink_dark" if (luminance + 0.05) / 0.056 > 1.05 / (luminance + 0.05) else "ink_light")


def _rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()
