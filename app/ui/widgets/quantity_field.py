"""A quantity in base units that may be typed in packages; under it stands at once what the number means."""

from collections.abc import Sequence
from typing import Unpack

from app.core.packages import Level, read_quantity, said
from app.ui.language import Caption, language, read, say
from app.ui.widgets.fields import Limits, NumberField


class QuantityField(NumberField):
    """``number`` gives base units of "205", "2 箱 5 件" or "2 cartons + 5"."""

    def __init__(self, label: Caption = "", **limits: Unpack[Limits]) -> None:
        self._levels: tuple[Level, ...] = ()
        self._plain_hint = limits.get("hint", "")
        super().__init__(label, **limits)
        self.entry.textChanged.connect(self._explain)

    def set_levels(self, levels: Sequence[Level]) -> None:
        """The packaging levels of the product that is counted."""
        if tuple(levels) != self._levels:
            self._levels = tuple(levels)
            self._explain()

    @property
    def is_in_packages(self) -> bool:
        """Whether packages are typed, not a plain number."""
        return self._plain() is None and self._in_packages() is not None

    def set_value(self, value: str) -> None:
        super().set_value(value)
        self._explain()

    def number(self) -> int | None:
        """Base units, or None after showing at the field why there are none."""
        number = self._in_packages()
        if not self._packages() or self._plain() is not None:
            return super().number()
        if number is None:
            self.set_error(lambda: say("widgets.number.packages", sizes=self._sizes()))
            return None
        if not self._least <= number <= self._most:
            self.set_error(lambda: say("widgets.number.range", least=self._least, most=self._most))
            return None
        return number

    def _plain(self) -> int | None:
        words = self.value().replace(",", "").replace("，", "")
        return int(words) if words.isdecimal() else None

    def _in_packages(self) -> int | None:
        return read_quantity(self.value(), self._levels)

    def _packages(self) -> list[Level]:
        return [level for level in self._levels if level.units > 1]

    def _explain(self, *_: str) -> None:
        self.set_hint(self._meaning)

    def _meaning(self) -> str:
        """What was typed, the other way round; else how packages are typed."""
        if not self._packages():
            return read(self._plain_hint)
        plain = self._plain()
        if plain is not None:
            words = said(plain, self._levels, language())
            return f"= {words}" if words else self._advice()
        number = self._in_packages()
        return self._advice() if number is None else f"= {number:,} {self._base()}"

    def _advice(self) -> str:
        return " ".join(part for part in (read(self._plain_hint), self._sizes()) if part)

    def _sizes(self) -> str:
        names = (f"1 {level.name.said_in(language())} = {level.units:,} {self._base()}" for level in self._packages())
        return " · ".join(names)

    def _base(self) -> str:
        base = next((level for level in self._levels if level.units == 1), None)
        return base.name.said_in(language()) if base else ""
