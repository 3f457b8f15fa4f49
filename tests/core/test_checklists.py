"""Checklists by kind of product."""

from app.core.checklists import checklist
from app.core.statuses.stock import ProductClass


def keys(product_class=ProductClass.II, is_implant=False, has_serial=False, storage="常温"):
    return [
        item.key
        for item in checklist(product_class, is_implant=is_implant, has_serial=has_serial, storage=storage).items
    ]


def test_every_product_is_checked_for_papers_label_package_and_expiry():
    assert keys() == ["supplier", "certificate", "conformity", "label", "package", "expiry"]


def test_class_iii_is_checked_for_its_identifier():
    assert "udi" in keys(ProductClass.III)


def test_cold_goods_are_checked_for_their_temperature():
    assert "storage" in keys(storage="2–8 ℃ 冷藏")
    assert "storage" in keys(storage="Refrigerated")


def test_implants_and_serials_have_items_of_their_own():
    assert keys(is_implant=True, has_serial=True)[-2:] == ["serial", "implant"]


def test_the_list_says_its_version_in_both_languages():
    told = checklist(ProductClass.I, is_implant=False, has_serial=False, storage="")
    assert told.version
    assert all(item.text.zh and item.text.en for item in told.items)
