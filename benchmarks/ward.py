"""The nurse's question: may I use this box? Against the two rows that answer it, read by a bare driver."""

from collections.abc import Iterator

from app.services.ward import WardService
from app.udi.building import gs1_element_string
from app.udi.reader import read
from benchmarks.ledger import DI, EXPIRY, Plain
from benchmarks.registry import Figure, benchmark, compare
from benchmarks.stage import Stage

SCANS = 100
FLOOR = "SELECT * FROM batch JOIN balance ON balance.batch_id = batch.id WHERE lot_key = ?"


@benchmark("verdict")
def verdict(stage: Stage) -> Iterator[Figure]:
    """From the raw scan to the verdict with its reasons, without the screen."""
    raw = "]d2" + gs1_element_string([("01", DI), ("17", EXPIRY), ("10", "A1")])
    for engine, hospital in stage.hospitals.items():
        plain = Plain(hospital)
        ward, place = WardService(hospital.database), hospital.places["icu"]
        yield compare(
            f"ward verdict, {engine}",
            lambda _turn, ward=ward, place=place: ward.may_i_use(read(raw), place),
            lambda _turn, plain=plain: (
                plain.run(FLOOR, "A1"),
                plain.run("SELECT * FROM lot_lock WHERE lot_key = ?", "A1"),
            ),
            SCANS,
        )
        plain.close()
