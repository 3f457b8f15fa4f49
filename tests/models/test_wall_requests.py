"""The wall around supplements, part rejections, requisitions and orders, at a prompt on both engines."""

import pytest

from tests.models.arranging import LOCK, MOVEMENT
from tests.models.besieged import Besieged
from tests.models.false_requests import REQUESTS, arrange, reversal_of_the_part


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def besieged(request):
    database = request.getfixturevalue("shared_sqlite" if request.param == "sqlite" else "shared_postgres")
    besieged = Besieged(database)
    arrange(besieged)
    yield besieged
    besieged.prompt.close()


@pytest.mark.parametrize("name", REQUESTS)
def test_a_false_record_is_refused(besieged, name):
    sql, values = REQUESTS[name]
    besieged.prompt.act_as(besieged.hospital.persons["keeper"])

    assert besieged.prompt.refusal(sql, **values(besieged))


def test_the_rejected_part_stays_where_it_is(besieged):
    besieged.prompt.act_as(besieged.hospital.persons["keeper"])

    assert besieged.prompt.refusal(MOVEMENT, **reversal_of_the_part(besieged)) == "part_rejected"


def test_a_lock_ends_what_was_kept(besieged):
    prompt = besieged.prompt
    prompt.act_as(besieged.hospital.persons["coordinator"])
    standing = "SELECT count(*) FROM reservation WHERE ended_at IS NULL"
    assert prompt.one(standing) == 1

    prompt.run(
        LOCK, product_id=1, lot_key="A1", layer="on_hold", case_id=None, locked_at=besieged.now,
        locked_by=besieged.hospital.persons["coordinator"],
    )  # fmt: skip

    assert prompt.one(standing) == 0
    assert prompt.refusal("UPDATE reservation SET ended_at = NULL") == "append_only"
