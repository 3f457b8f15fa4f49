"""The master of a batch: exactly the seeded holes are reported, whoever made them."""

import time

import pytest

from app.core.batch_master import MasterGroup, master_rules
from app.queries.batches import BatchFilter, count_batches, find_batches
from app.queries.completeness import completeness, count_with_gaps, gap_rows
from tests.builders import small_hospital
from tests.queries.seeded_holes import Holes

SEED = 20261122
ALLOWED_SECONDS = 2.0


@pytest.fixture
def holes(database):
    return Holes(small_hospital(database), SEED)


def keys_of(told) -> set[str]:
    return {item.key for item in told.gaps}


def test_a_thousand_batches_report_exactly_their_holes(holes):
    holes.make(1000)
    seconds = []
    with holes.hospital.database.reading() as session:
        for _ in range(3):
            began = time.perf_counter()
            found = completeness(session)
            seconds.append(time.perf_counter() - began)
        listed = {(row.batch_id, row.item.key) for row in gap_rows(session)}
        counted = count_with_gaps(session)

    wrong = {
        key: (keys_of(told), holes.expected[key]) for key, told in found.items() if keys_of(told) != holes.expected[key]
    }
    assert (len(found), wrong) == (1000, {})
    assert listed == {(batch_id, key) for batch_id, keys in holes.expected.items() for key in keys}
    assert counted == sum(bool(keys) for keys in holes.expected.values())
    assert {key for keys in holes.expected.values() for key in keys} >= {"lot", "expiry", "patient", "accounted"}
    assert min(seconds) < ALLOWED_SECONDS


def test_a_registrant_without_a_name_is_a_gap(holes):
    holes.make(40)
    holes.nobody_registers("WHOLE")

    with holes.hospital.database.reading() as session:
        lacking = {row.batch_id for row in gap_rows(session) if row.item.key == "registrant"}
        of_product = {row.id for row in find_batches(session, "REF-WHOLE")}

    assert lacking == of_product != set()


def test_a_whole_batch_scores_a_hundred_and_a_hole_costs_its_weight(holes):
    holes.make(60)
    with holes.hospital.database.reading() as session:
        found = completeness(session)

    for told in found.values():
        assert (told.score == 100) == (not told.gaps)
        whole = sum(item.weight for item in told.asked)
        assert told.score <= 100 - 100 * sum(item.weight for item in told.gaps) / whole + 1


def test_the_list_filters_by_gaps_and_shows_the_score(holes):
    holes.make(60)
    with holes.hospital.database.reading() as session:
        rows = find_batches(session, show=BatchFilter.GAPS)
        counts = count_batches(session)

    wanted = {key for key, told in holes.expected.items() if told}
    assert {row.id for row in rows} == wanted
    assert all(row.score < 100 and row.gaps == len(holes.expected[row.id]) for row in rows)
    assert counts[BatchFilter.GAPS] == len(wanted)


def test_every_group_asks_something_and_every_item_says_why():
    rules = master_rules()

    assert {item.group for item in rules.items} == set(MasterGroup)
    assert len({item.key for item in rules.items}) == len(rules.items)
    assert all(item.source.zh and item.source.en and item.weight > 0 for item in rules.items)
