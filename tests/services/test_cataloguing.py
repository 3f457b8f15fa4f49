"""A product registered where its first box was scanned."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.core.actor import Bilingual
from app.core.permissions import NotEntitledError
from app.core.statuses.stock import LineState, ProductClass
from app.models.catalogue import Certificate, DeviceIdentifier, Manufacturer, PackagingLevel, Product
from app.models.refusals import ExistsError
from app.services.cataloguing import (
    CataloguingService,
    CertificateMakerError,
    CertificateNumberError,
    FieldMissingError,
    FieldTooLongError,
    IdentifierError,
    IdentifierTakenError,
    NewProduct,
    Package,
    PackagingError,
)
from tests.builders import small_hospital
from tests.services.receiving_bay import BOX, FAR, Bay, label

NEW_BOX, NEW_CARTON = "06901234567892", "16901234567899"
MASK = NewProduct(
    name=Bilingual("一次性使用喉罩", "Laryngeal mask"),
    spec="4#",
    ref="LM-4",
    product_class=ProductClass.II,
    certificate_no="苏械注准20232080001",
    certificate_valid_until=date(2099, 1, 1),
    maker=Bilingual("测试喉罩厂", "Test Masks"),
    packages=(
        Package(Bilingual("件", "pc"), 1, NEW_BOX),
        Package(Bilingual("箱", "carton"), 24, NEW_CARTON),
    ),
)


@pytest.fixture
def bay(database):
    return Bay(database, small_hospital(database))


def register(bay, login="keeper", **changes):
    return CataloguingService(bay.database).register(actor=bay.actor(login), product=replace(MASK, **changes))


def count(bay, kind):
    with bay.database.reading() as session:
        return len(list(session.scalars(select(kind))))


def test_a_product_registered_at_the_line_makes_the_line_ready(bay):
    line = bay.scan(label(NEW_CARTON, "TF-0611C", FAR))
    assert line.state is LineState.INCOMPLETE
    register(bay)
    bay.service.recheck(actor=bay.actor(), delivery_id=bay.delivery_id)
    ready = bay.line(line.id)
    assert (ready.state, ready.quantity, ready.name.zh) == (LineState.READY, 24, "一次性使用喉罩")


def test_the_maker_and_the_certificate_are_found_again(bay):
    register(bay)
    before = count(bay, Manufacturer), count(bay, Certificate)
    register(bay, packages=(Package(Bilingual("件", "pc"), 1),), spec="5#")
    assert (count(bay, Manufacturer), count(bay, Certificate)) == before


def test_levels_and_identifiers_are_kept(bay):
    product_id = register(bay, code="LM4").product_id
    with bay.database.reading() as session:
        product = session.get(Product, product_id)
        levels = session.scalars(
            select(PackagingLevel).where(PackagingLevel.product_id == product_id).order_by(PackagingLevel.level)
        ).all()
        dis = session.scalars(select(DeviceIdentifier.di).where(DeviceIdentifier.product_id == product_id)).all()
    assert (product.code, [level.units for level in levels]) == ("LM4", [1, 24])
    assert set(dis) == {NEW_BOX, NEW_CARTON}


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({}, (False, "")),
        ({"is_contract_made": True}, (True, "")),
        ({"contract_maker": " 测试受托厂 "}, (True, "测试受托厂")),
    ],
)
def test_a_product_made_under_contract_names_its_maker_at_once_or_later(bay, changes, kept):
    product_id = register(bay, certificate_valid_from=date(2023, 5, 1), **changes).product_id
    with bay.database.reading() as session:
        product = session.get(Product, product_id)
        certificate = session.get(Certificate, product.certificate_id)
    assert (product.is_contract_made, product.contract_maker) == kept
    assert certificate.valid_from == date(2023, 5, 1)


PIECE = Bilingual("件", "pc")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": Bilingual(" ", "")}, FieldMissingError),
        ({"maker": Bilingual("", "")}, FieldMissingError),
        ({"ref": "R" * 65}, FieldTooLongError),
        ({"storage": "冷" * 101}, FieldTooLongError),
        ({"contract_maker": "厂" * 201}, FieldTooLongError),
        ({"certificate_no": "国械注准2023"}, CertificateNumberError),
        ({"product_class": ProductClass.III}, CertificateNumberError),
        ({"packages": ()}, PackagingError),
        ({"packages": (Package(PIECE, 2),)}, PackagingError),
        ({"packages": (Package(PIECE, 1), Package(PIECE, 1))}, PackagingError),
        ({"packages": (Package(PIECE, 1), Package(PIECE, 200_000))}, PackagingError),
        ({"packages": (Package(PIECE, 1, "06901234567891"),)}, IdentifierError),
        ({"packages": (Package(PIECE, 1, "abc"),)}, IdentifierError),
        ({"packages": (Package(PIECE, 1, "\x1d", "hibc"),)}, IdentifierError),
        ({"packages": (Package(PIECE, 1, BOX),)}, IdentifierTakenError),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_written(bay, changes, error):
    before = count(bay, Product), count(bay, Certificate), count(bay, Manufacturer)
    with pytest.raises(error):
        register(bay, **changes)
    assert (count(bay, Product), count(bay, Certificate), count(bay, Manufacturer)) == before


def test_a_certificate_belongs_to_one_maker(bay):
    register(bay)
    with pytest.raises(CertificateMakerError):
        register(bay, maker=Bilingual("另一家测试厂", "Another"), packages=(Package(PIECE, 1),))


def test_two_products_never_share_a_code(bay):
    with pytest.raises(ExistsError):
        register(bay, code="CVC")
    assert count(bay, Manufacturer) == 3


def test_a_short_number_is_the_same_identifier(bay):
    with pytest.raises(IdentifierTakenError):
        register(bay, packages=(Package(PIECE, 1, BOX.lstrip("0")),))


def test_other_agencies_have_identifiers_of_their_own(bay):
    register(bay, packages=(Package(PIECE, 1, "A123BJC5D1", "hibc"),))
    assert count(bay, Product) == 4


def test_only_buyers_and_storekeepers_register_products(bay):
    with pytest.raises(NotEntitledError):
        register(bay, login="nurse")
