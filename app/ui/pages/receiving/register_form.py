"""A product that is new to the catalogue, entered from its label and certificate beside the line that waits for it."""

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from app.core.actor import Bilingual
from app.core.errors import AppError
from app.core.statuses.stock import ProductClass
from app.core.words import describe
from app.queries.deliveries import LineRow
from app.services.cataloguing import NewProduct, Package
from app.ui.language import language, say, spoken
from app.ui.pages.receiving.forms import PaneForm
from app.ui.pages.receiving.head import leads_to
from app.ui.widgets.fields import ComboField, DateField, Field, NumberField, Option, TextField
from app.ui.widgets.labels import Label, muted
from app.ui.words import word

_FLAGS = ("lot", "expiry", "production", "serial", "implant", "contract")


class RegisterForm(PaneForm):
    """The identifier comes from the scan; what the label carried is ticked already."""

    described = Signal(object)
    """NewProduct."""

    def __init__(self) -> None:
        super().__init__(spoken("receiving.register.title"), spoken("receiving.register.button"))
        self._di = ""
        self.code = Label("", "muted", 10.0, mono=True)
        self.add(self.code)
        self.name = TextField(spoken("receiving.register.name"))
        self.name_en = TextField(spoken("receiving.register.name_en"))
        self.spec = TextField(spoken("receiving.register.spec"))
        self.ref = TextField(spoken("receiving.register.ref"), mono=True)
        self.product_class = ComboField(
            spoken("receiving.register.class"),
            [Option(each.value, lambda each=each: word(each)) for each in ProductClass],
        )
        self.certificate = TextField(
            spoken("receiving.register.certificate"), placeholder=spoken("receiving.register.certificate_hint")
        )
        self.since = DateField(spoken("receiving.register.since"))
        self.until = DateField(spoken("receiving.register.until"))
        self.maker = TextField(spoken("receiving.register.maker"))
        self.contract_maker = TextField(spoken("receiving.register.contract_maker"))
        self.unit = TextField(spoken("receiving.register.unit"))
        self.units = NumberField(spoken("receiving.register.units"), least=1, most=100_000)
        self._fields: tuple[Field, ...] = (
            self.name, self.name_en, self.spec, self.ref, self.product_class, self.certificate, self.since, self.until,
            self.maker, self.unit, self.units,
        )  # fmt: skip
        for field in self._fields:
            self.add(field)
        self.add(muted(spoken("receiving.register.label_has")))
        self.flags = {name: QCheckBox() for name in _FLAGS}
        for box in self.flags.values():
            box.setMinimumHeight(28)
            self.add(box)
        self.add(self.contract_maker)
        self.contract_maker.hide()
        self.flags["contract"].toggled.connect(self.contract_maker.setVisible)
        self._enter_goes_on()
        self.finish()
        self.retranslate()

    def _enter_goes_on(self) -> None:
        texts = [field for field in self._fields if isinstance(field, TextField)]
        for field, following in pairwise(texts):
            leads_to(field, following)

    def retranslate(self) -> None:
        for name, box in self.flags.items():
            box.setText(say(f"receiving.register.has.{name}"))

    def begin(self, line: LineRow) -> None:
        """Ask for the product of a line nobody knows yet."""
        self._di = line.di
        self.code.set_text(line.di)
        self.trouble.hide()
        for field in self._fields:
            field.set_error("")
        for field in (self.name, self.name_en, self.spec, self.ref, self.certificate, self.maker, self.contract_maker):
            field.set_value("")
        self.contract_maker.set_error("")
        for day in (self.since, self.until):
            day.set_day(None)
        self.product_class.set_value("")
        self.unit.set_value(say("receiving.register.piece"))
        self.units.set_number(1)
        told = {
            "lot": line.lot_no,
            "expiry": line.expiry_on,
            "production": line.production_on,
            "serial": line.serial_no,
        }
        for name, box in self.flags.items():
            box.setChecked(bool(told.get(name)))
        self.name.setFocus()

    def submit(self) -> None:
        super().submit()
        units = self.units.number()
        chosen = self.product_class.value()
        if not chosen:
            self.product_class.set_error(spoken("receiving.register.class_missing"))
        if units is None or not chosen or self.until.error() or self.since.error():
            return
        self.described.emit(
            NewProduct(
                name=Bilingual(self.name.value(), self.name_en.value()),
                spec=self.spec.value(),
                ref=self.ref.value(),
                product_class=ProductClass(chosen),
                certificate_no=self.certificate.value(),
                certificate_valid_from=self.since.day(),
                certificate_valid_until=self.until.day(),
                maker=Bilingual(self.maker.value(), ""),
                packages=self._packages(units),
                is_implant=self.flags["implant"].isChecked(),
                is_contract_made=self.flags["contract"].isChecked(),
                contract_maker=self.contract_maker.value() if self.flags["contract"].isChecked() else "",
                needs_lot=self.flags["lot"].isChecked(),
                needs_serial=self.flags["serial"].isChecked(),
                needs_expiry=self.flags["expiry"].isChecked(),
                needs_production=self.flags["production"].isChecked(),
            )
        )

    def _packages(self, units: int) -> tuple[Package, ...]:
        """The identifier belongs to the package that was scanned; the base unit may have another, or none."""
        agency = "gs1" if self._di.isdecimal() else "other"
        unit = self.unit.value() or say("receiving.register.piece")
        if units == 1:
            return (Package(Bilingual(unit, ""), 1, self._di, agency),)
        package = say("receiving.register.package")
        return Package(Bilingual(unit, ""), 1), Package(Bilingual(package, ""), units, self._di, agency)

    def refuse(self, error: AppError) -> None:
        """At its field where there is one."""
        places: dict[str, Field] = {
            "cataloguing.certificate_number": self.certificate,
            "cataloguing.certificate_maker": self.maker,
            "cataloguing.packaging": self.units,
        }
        named = error.values.get("field")
        by_field: dict[str, Field] = {
            "name": self.name, "maker": self.maker, "spec": self.spec, "ref": self.ref,
            "contract_maker": self.contract_maker,
        }  # fmt: skip
        field = places.get(error.code) or by_field.get(named.value if named is not None else "")
        if field is None:
            super().refuse(error)
            return
        field.set_error(lambda: describe(error, language()))
        field.setFocus()
