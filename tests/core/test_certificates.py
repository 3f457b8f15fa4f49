"""Numbers of registrations and filings, in every form that is in use."""

import pytest

from app.core.certificates import certificate_forms, fits_class, read_certificate
from app.core.statuses.stock import ProductClass

GOOD = [
    ("国械注准20193030166", "registration", ProductClass.III),
    ("国械注进20152402658", "registration", ProductClass.II),
    ("国械注许20213060094", "registration", ProductClass.III),
    ("滇械注准20232140001", "registration", ProductClass.II),
    ("云械注准20232140001", "registration", ProductClass.II),
    ("黔械注准20232140001", "registration", ProductClass.II),
    ("陇械注准20232140001", "registration", ProductClass.II),
    ("国械备20160001号", "filing", ProductClass.I),
    ("沪浦械备20210001", "filing", ProductClass.I),
    ("国食药监械(进)字2013第3660001号(更)", "old_registration", ProductClass.III),
    ("苏食药监械（准）字２０１２第２６６０００１号", "old_registration", ProductClass.II),
    (" 国械注准 2019 303 0166 ", "registration", ProductClass.III),
]
BAD = [
    "",
    "国械注准",
    "国械注准2019303016",
    "国械注准201930301666",
    "国械注准20191030166",
    "国械注准20194030166",
    "械注准20193030166",
    "英械注准20193030166",
    "苏械注进20193030166",
    "苏械注许20192030166",
    "苏械注准20193030166",
    "国械注准19193030166",
    "国械备2016001号",
    "国食药监械字2013第3660001号",
    "K123456",
]


@pytest.mark.parametrize(("number", "form", "product_class"), GOOD)
def test_a_real_form_is_read(number, form, product_class):
    read = read_certificate(number)
    assert (read.form, read.product_class) == (form, product_class)
    assert fits_class(read, product_class)


@pytest.mark.parametrize("number", BAD)
def test_anything_else_is_not(number):
    assert read_certificate(number) is None


def test_a_number_of_another_class_does_not_fit():
    assert not fits_class(read_certificate("国械备20160001号"), ProductClass.III)
    assert not fits_class(read_certificate("国械注进20152402658"), ProductClass.III)


def test_the_forms_are_data_with_their_keys():
    assert [form.key for form in certificate_forms()] == ["registration", "filing", "old_registration"]
