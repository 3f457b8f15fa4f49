"""A client killed in the middle of its work loses nothing that was acknowledged and leaves nothing by halves."""

import random
import subprocess
import sys

from sqlalchemy import text

from app.core.clock import system_clock
from app.models.database import Database
from app.services.auditing import verify
from tests.builders import small_hospital
from tests.faults.scale import KILLS

PLENTY = 1_000_000
LINES = 3


def test_no_acknowledged_posting_is_lost_when_the_client_is_killed(database):
    hospital = small_hospital(database)
    batches = [hospital.batch("CVC", f"A{number}", PLENTY) for number in range(LINES)]
    chance = random.Random(20260312)
    acknowledged: set[str] = set()
    for _ in range(KILLS):
        acknowledged |= killed_after(hospital, batches, chance.randint(1, 25), chance)
    again = Database(database.url.render_as_string(hide_password=False), system_clock)
    with again.reading() as session:
        rows = session.execute(
            text("SELECT op_id, count(*) FROM movement WHERE kind = 'issue' GROUP BY op_id")
        ).all()  # fmt: skip
        if again.is_sqlite:
            assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    found = verify(again)
    again.close()
    written = dict(rows)
    print(f"{KILLS} kills: {len(acknowledged)} acknowledged, {len(written)} written")
    assert acknowledged - written.keys() == set()
    assert len(written.keys() - acknowledged) <= KILLS, "written, but killed before it could be said"
    assert set(written.values()) == {LINES}
    assert found.is_intact, found.mismatches


def killed_after(hospital, batches: list[int], postings: int, chance: random.Random) -> set[str]:
    """The operations that one client acknowledged before it was killed."""
    command = [
        sys.executable,
        "-m",
        "tests.faults.posting_client",
        hospital.database.url.render_as_string(hide_password=False),
        str(hospital.persons["keeper"]),
        ",".join(map(str, batches)),
        str(hospital.places["store"]),
        str(hospital.places["icu"]),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout is not None
        assert client.stdout.readline() == "ready\n"
        said = [client.stdout.readline().strip() for _ in range(postings)]
        if chance.random() < 0.5:
            said.append(client.stdout.read(1) + client.stdout.readline().strip())
        client.kill()
        said += client.stdout.read().split("\n")
    return {op_id for op_id in said if len(op_id) >= 34}
