"""What the catalogue's words say about the temperature of cold goods."""

import pytest

from app.core.storage_ranges import StorageRange, cold_range


@pytest.mark.parametrize(
    ("storage", "found"),
    [
        ("2–8 ℃ 冷藏，避光", StorageRange(20, 80)),
        ("2℃～8℃", StorageRange(20, 80)),
        ("２－８℃", StorageRange(20, 80)),
        ("2至8度", StorageRange(20, 80)),
        ("Refrigerate at 2 °C to 8 °C", StorageRange(20, 80)),
        ("2.5-7.5°C", StorageRange(25, 75)),
        ("-25℃～-15℃", StorageRange(-250, -150)),
        ("–25 – –15 ℃", StorageRange(-250, -150)),
        ("-18℃以下", StorageRange(None, -180)),
        ("≤−18 ℃", StorageRange(None, -180)),
        ("Keep below -18 °C", StorageRange(None, -180)),
        ("湿度 30-60%，2-8℃", StorageRange(20, 80)),
        ("常温干燥", None),
        ("10–30 ℃", None),
        ("不超过 20℃", None),
        ("冷藏", None),
        ("湿度 30-60%", None),
        ("", None),
    ],
)
def test_only_the_numbers_of_cold_goods_make_a_range(storage, found):
    assert cold_range(storage) == found


def test_both_ends_belong_to_the_range():
    fridge, freezer = StorageRange(20, 80), StorageRange(None, -180)
    assert [fridge.holds(tenths) for tenths in (19, 20, 80, 81)] == [False, True, True, False]
    assert [freezer.holds(tenths) for tenths in (-700, -180, -179)] == [True, True, False]
