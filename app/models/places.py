"""Where things are: regions, sites, locations."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.statuses.stock import LocationKind, StockState
from app.models.base import Base, Code, Name, enum_column


class Region(Base):
    """A province or city, as the authorities count."""

    __tablename__ = "region"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    name_zh: Mapped[Name]
    name_en: Mapped[Name]


class Site(Base):
    """A campus of the hospital; ``time_zone`` (IANA) decides what day it is there."""

    __tablename__ = "site"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    code: Mapped[Code]
    name_zh: Mapped[Name]
    name_en: Mapped[Name]
    time_zone: Mapped[Code]


class Location(Base):
    """A store, a department or a quarantine area; ``keeps_stock`` departments have par stock."""

    __tablename__ = "location"
    __table_args__ = (UniqueConstraint("code"), CheckConstraint("length(code) > 0", name="code_given"))

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    kind: Mapped[LocationKind] = mapped_column(enum_column(LocationKind))
    code: Mapped[Code]
    name_zh: Mapped[Name]
    name_en: Mapped[Name]
    keeps_stock: Mapped[bool]
    is_active: Mapped[bool]
    phone: Mapped[Code]

    @property
    def shelf(self) -> StockState:
        """The state in which free goods lie here."""
        return free_state(self.kind, keeps_stock=self.keeps_stock)


def free_state(kind: LocationKind, *, keeps_stock: bool) -> StockState:
    """The state in which free goods lie at a place of this kind."""
    if kind is LocationKind.STORE:
        return StockState.IN_STOCK
    if kind is LocationKind.QUARANTINE:
        return StockState.QUARANTINED
    return StockState.PAR if keeps_stock else StockState.EXPENSED
