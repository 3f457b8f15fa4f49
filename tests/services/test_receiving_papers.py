"""Licences and certificates at receipt: lapsed, not valid yet, missing, malformed, or not for the class."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.errors import RuleError
from app.core.statuses.receipt import LineElement, LineWarning
from app.core.statuses.stock import LineState, ProductClass
from app.core.words import describe
from app.models.receipt_errors import (
    CertificateEarlyError,
    CertificateLapsedError,
    CertificateMalformedError,
    CertificateMissingError,
    LicenceEarlyError,
    LicenceLapsedError,
    LicenceMissingError,
    LicenceScopeError,
)
from app.models.stock import Batch
from tests.builders import small_hospital
from tests.services.receiving_bay import FAR, Bay, label
from tests.services.test_receiving_checks import refused


@pytest.fixture
def bay(database):
    return Bay(database, small_hospital(database))


@pytest.mark.parametrize("number", ["国械注准20233", "abc", "国械备20230001", "粤械注准20233030001"])
def test_a_malformed_certificate_number_is_refused(bay, number):
    bay.change_certificate(number=number)
    refused(bay.scan(label(lot="L1", expiry=FAR)), CertificateMalformedError)


@pytest.mark.parametrize(
    ("number", "product_class"),
    [
        ("国械注进20193166001", ProductClass.III),
        ("粤械注准20232030001", ProductClass.II),
        ("苏泰械备20150001号", ProductClass.I),
        ("国械备２０２３０００１号", ProductClass.I),
        ("国食药监械（准）字2012第3660001号", ProductClass.III),
    ],
)
def test_every_form_of_certificate_number_is_known(bay, number, product_class):
    bay.change_certificate(number=number)
    bay.change_product(product_class=product_class)
    assert bay.scan(label(lot="L1", expiry=FAR)).state is LineState.READY


def test_a_lapsed_supplier_licence_refuses_everything(bay):
    bay.change_supplier(licence_valid_until=bay.card().today - timedelta(days=1))
    refused(bay.scan(label(lot="L1", expiry=FAR)), LicenceLapsedError)


def test_a_licence_that_is_not_valid_yet_is_refused_until_its_day(bay):
    bay.change_supplier(licence_valid_from=bay.card().today + timedelta(days=1))
    line = refused(bay.scan(label(lot="L1", expiry=FAR)), LicenceEarlyError, element=LineElement.DEVICE)
    bay.change_supplier(licence_valid_from=bay.card().today)
    bay.service.recheck(actor=bay.actor(), delivery_id=bay.delivery_id)
    assert bay.line(line.id).state is LineState.READY


@pytest.mark.parametrize("number", ["", " "])
def test_a_supplier_without_a_licence_is_refused_for_class_two_and_three(bay, number):
    bay.change_supplier(licence_no=number)
    told = refused(bay.scan(label(lot="L1", expiry=FAR)), LicenceMissingError).problem
    assert "III" in describe(told, "en")
    bay.change_product(product_class=ProductClass.I)
    bay.change_certificate(number="京械备20230001", valid_until=None)
    assert bay.scan(label(lot="L2", expiry=FAR)).state is LineState.READY


@pytest.mark.parametrize(
    ("scope", "state"), [("II", LineState.REFUSED), ("II,III", LineState.READY), ("", LineState.READY)]
)
def test_a_licence_that_does_not_cover_the_class_is_refused(bay, scope, state):
    bay.change_supplier(licence_scope=scope)
    line = bay.scan(label(lot="L1", expiry=FAR))
    assert line.state is state
    if state is LineState.REFUSED:
        refused(line, LicenceScopeError)
        assert describe(line.problem, "zh").startswith("供应商许可证 TEST-0001 只覆盖Ⅱ类，不含本品的Ⅲ类。请拒收")
        assert "covers class II and not class III" in describe(line.problem, "en")


def test_a_refused_line_is_not_posted_and_nothing_is_written(bay):
    bay.change_supplier(licence_scope="II")
    bay.scan(label(lot="L1", expiry=FAR))
    with pytest.raises(RuleError):
        bay.post()
    with bay.database.reading() as session:
        assert session.scalars(select(Batch)).all() == []


def test_a_certificate_that_is_not_valid_yet_is_refused(bay):
    bay.change_certificate(valid_from=bay.card().today + timedelta(days=1))
    refused(bay.scan(label(lot="L1", expiry=FAR)), CertificateEarlyError)


@pytest.mark.parametrize("number", ["", " "])
def test_a_product_without_a_certificate_number_is_refused(bay, number):
    bay.change_certificate(number=number)
    refused(bay.scan(label(lot="L1", expiry=FAR)), CertificateMissingError)


def test_a_licence_is_good_on_its_last_day(bay):
    bay.change_supplier(licence_valid_until=bay.card().today)
    assert bay.scan(label(lot="L1", expiry=FAR)).state is LineState.READY


def test_a_lapsed_certificate_is_refused_unless_the_goods_are_older(bay):
    until = bay.card().today - timedelta(days=30)
    bay.change_certificate(valid_until=until)
    line = refused(bay.scan(label(lot="L1", expiry=FAR)), CertificateLapsedError)
    older = bay.complete(line, production_on=until)
    assert older.state is LineState.READY
    assert LineWarning.CERTIFICATE_OLD in older.warnings
    refused(bay.complete(line, production_on=until + timedelta(days=1)), CertificateLapsedError)
