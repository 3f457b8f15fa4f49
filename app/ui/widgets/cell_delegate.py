"""Paints every table cell: text in one or two lines, chips, badges, lamps, bars, links."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui import icons, theme
from app.ui.widgets import painting
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.rows_model import CELL_ROLE, ROW_ROLE

PADDING_LEFT, PADDING_RIGHT, EDGE = 12.0, 6.0, 3.0
LINE_GAP = 19.0


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a whole row stands out: a bar at its left edge, a tinted ground, a sentence under its cells."""

    edge: str = ""
    tint: str = ""
    note: str = ""


PLAIN_ROW = RowLook()


class CellDelegate(QStyledItemDelegate):
    """One painter for all tables. ``look_of`` says how a row stands out; ``base_height`` is a row without a note."""

    def __init__(self, look_of: Callable[[Any], RowLook], base_height: int, parent: QObject) -> None:
        super().__init__(parent)
        self._look_of = look_of
        self._base_height = base_height

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cell: Cell = index.data(CELL_ROLE)
        look = self._look_of(index.data(ROW_ROLE))
        where: Any = option  # the stubs leave out the plain fields of style options
        rect = QRectF(where.rect)
        is_selected = bool(where.state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._ground(painter, rect, look, index.column(), is_selected=is_selected)
        body = QRectF(rect.x() + PADDING_LEFT, rect.y(), rect.width() - PADDING_LEFT - PADDING_RIGHT, self._base_height)
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)) & ~Qt.AlignmentFlag.AlignVCenter
        tinted = bool(look.tint) or is_selected
        draw_cell(painter, body, cell, align, is_tinted=tinted)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRectF, look: RowLook, column: int, *, is_selected: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if look.tint:
            painter.fillRect(rect, theme.tone_tint(look.tint))
        elif is_selected:
            painter.fillRect(rect, theme.colour("accent_bg"))
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), theme.colour("soft"))
        edge = "accent" if is_selected else look.edge
        if column == 0 and edge:
            painter.fillRect(QRectF(rect.x(), rect.y(), EDGE, rect.height() - 1), theme.colour(edge))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The width a column needs to show this cell whole; heights are the table's own business."""
        return QSize(round(cell_width(index.data(CELL_ROLE)) + PADDING_LEFT + PADDING_RIGHT + 1), self._base_height)


def cell_width(cell: Cell) -> float:
    """How wide the widest line of a cell is."""
    widths = [_text_width(cell), painting.width_of(cell.second, _second_font(cell))]
    if cell.chip is not None:
        widths.append(painting.chip_width(cell.chip))
    if cell.badge is not None:
        widths.append(painting.badge_width(cell.badge))
    return max(*widths, len(cell.lamps) * painting.LAMP_PITCH)


def _text_width(cell: Cell) -> float:
    unit = painting.width_of(f" {cell.unit}", theme.font(theme.SMALL)) if cell.unit else 0.0
    icon = 24.0 if cell.icon else 0.0
    link = 20.0 if cell.is_link else 0.0
    return painting.width_of(cell.text, _text_font(cell)) + unit + icon + link


def _text_font(cell: Cell) -> QFont:
    if cell.is_mono:
        return theme.font(theme.SMALL if cell.is_small else 10, bold=cell.is_bold, mono=True)
    return theme.font(theme.SMALL if cell.is_small else theme.BODY, bold=cell.is_bold)


def _second_font(cell: Cell) -> QFont:
    return theme.font(theme.SMALL, mono=cell.is_second_mono)


def draw_cell(painter: QPainter, body: QRectF, cell: Cell, align: Qt.AlignmentFlag, *, is_tinted: bool) -> None:
    """Draw a cell's parts into its padded rectangle."""
    middle = body.center().y()
    if cell.badge is not None:
        painting.draw_badge(painter, body.x(), middle, cell.badge)
        return
    if cell.chip is not None:
        look = cell.chip if not is_tinted else _on_tint(cell.chip)
        painting.draw_chip(painter, body.x() - 4, middle, look, most=body.width() + 8)
        return
    if cell.lamps:
        x = body.x()
        for lamp in cell.lamps:
            x += painting.draw_lamp(painter, x, middle, lamp)
        return
    _draw_lines(painter, body, cell, align)


def _on_tint(chip: ChipLook) -> ChipLook:
    return replace(chip, on_tint=True) if chip.fill != "solid" else chip


def _draw_lines(painter: QPainter, body: QRectF, cell: Cell, align: Qt.AlignmentFlag) -> None:
    if cell.icon:
        ink = theme.colour(cell.icon_ink or cell.ink)
        icons.paint(painter, cell.icon, ink, QRectF(body.x(), body.center().y() - 8, 16, 16))
        body = body.adjusted(24, 0, 0, 0)
    first = QRectF(body)
    if cell.bar is not None:
        first = QRectF(body.x(), body.y(), body.width(), body.height() - 14)
        painting.draw_text(
            painter, first, cell.bar.label, theme.font(theme.SMALL), theme.colour("muted"), painting.RIGHT
        )
        painting.draw_bar(painter, QRectF(body.x(), body.y() + body.height() - 17, body.width(), 5), cell.bar)
    elif cell.second:
        middle = body.center().y()
        first = QRectF(body.x(), middle - LINE_GAP, body.width(), LINE_GAP)
        second = QRectF(body.x(), middle, body.width(), LINE_GAP - 1)
        painting.draw_text(painter, second, cell.second, _second_font(cell), theme.colour(cell.second_ink), align)
    _draw_first(painter, first, cell, align)


def _draw_first(painter: QPainter, rect: QRectF, cell: Cell, align: Qt.AlignmentFlag) -> None:
    if cell.is_link:
        chevron = QRectF(rect.right() - 14, rect.center().y() - 7, 14, 14)
        icons.paint(painter, "chevron-right", theme.colour("accent"), chevron)
        rect = rect.adjusted(0, 0, -18, 0)
    if cell.unit:
        unit_font = theme.font(theme.SMALL)
        room = painting.width_of(cell.unit, unit_font)
        painting.draw_text(painter, rect, cell.unit, unit_font, theme.colour("muted"), painting.RIGHT)
        rect = rect.adjusted(0, 0, -room - 5, 0)
    ink = theme.colour("accent" if cell.is_link else cell.ink)
    painting.draw_text(painter, rect, cell.text, _text_font(cell), ink, align)
