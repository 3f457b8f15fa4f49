"""The program's own line icons, drawn as vectors at any scale in any token's colour."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.core.places import resources
from app.ui import theme

STROKE = 1.75
"""Line width on the 24 grid; below 16 px a little more keeps the lines even."""


@cache
def _source(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, colour: str, stroke: float) -> QSvgRenderer:
    svg = _source(name).replace("currentColor", colour).replace('stroke-width="1.75"', f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(svg.encode()))


def names() -> list[str]:
    """Every icon there is."""
    return sorted(path.stem for path in (resources() / "icons").glob("*.svg"))


def paint(painter: QPainter, name: str, colour: QColor, rect: QRectF, stroke: float = 0.0) -> None:
    """Draw an icon into a square; without ``stroke`` the width follows the size."""
    width = stroke or (2.0 if rect.width() < 17 else STROKE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour.name(), width).render(painter, rect)
    painter.restore()


def paint_token(painter: QPainter, name: str, token: str, x: float, y: float, size: float = 18.0) -> None:
    """Draw an icon with its top left corner at a point, in a token's colour."""
    paint(painter, name, theme.colour(token), QRectF(x, y, size, size))


def pixmap(name: str, ink: str = "text", size: int = 18, ratio: float = 1.0) -> QPixmap:
    """The icon as pixels for a device pixel ratio; prefer ``paint`` where there is a painter."""
    return _pixmap(name, theme.current().hex(ink), size, ratio)


@cache
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    image = QPixmap(round(size * ratio), round(size * ratio))
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint(painter, name, QColor(colour), QRectF(0, 0, size, size))
    painter.end()
    return image


def icon(name: str, ink: str = "text", size: int = 18) -> QIcon:
    """For Qt parts that want a QIcon (menus, line edits); made for one theme, ask again after a switch."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, ink, size, ratio))
    return made
