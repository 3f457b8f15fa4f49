"""Three of fifty are wet: the rest is released in the same signed act, and the three never come back to a shelf."""

import uuid

import pytest
from sqlalchemy import select

from app.core.statuses.requisition import AttachmentKind
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.refusals import PartRejectedError
from app.models.stock import Batch, Movement
from app.models.supplements import Attachment, PartRejection
from app.queries.attachments import attachments
from app.queries.batches import find_batches
from app.queries.inspections import CheckAnswer, inspection_card
from app.services.attaching import (
    AttachedAlreadyError,
    AttachingService,
    AttachmentDamagedError,
    AttachmentKindError,
    AttachmentSizeError,
)
from app.services.inspecting import (
    InspectingService,
    PartQuantityError,
    PartSerialsError,
    RejectedPart,
    UncheckedError,
    WhyRejectedError,
)
from app.services.quarantining import Portion, QuarantiningService
from app.services.signing_in import SigningInService, hash_password
from tests.stock_life import stock_life

PASSWORD = "Look-Closely-12"
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


@pytest.fixture
def life(database):
    life = stock_life(database)
    with database.writing(None) as session:
        from app.models.persons import Person

        session.get_one(Person, life.house.persons["inspector"]).password_hash = hash_password(PASSWORD)
    life.batch_id = life.house.batch("CVC", "A1", 50, released_by=None)
    return life


def release(life, part, batch_id=None, answers=None):
    key = batch_id or life.batch_id
    with life.database.reading() as session:
        items = inspection_card(session, key).checklist.items
    given = [CheckAnswer(item.key, True, "") for item in items] if answers is None else answers
    return InspectingService(life.database, SigningInService(life.database)).release_part(
        actor=life.actor("inspector"), batch_id=key, answers=given, part=part, password=PASSWORD,
        op_id=uuid.uuid4().hex,
    )  # fmt: skip


def quantities(life, batch_id=None):
    with life.database.reading() as session:
        return dict(find_batches(session, "A1")[0].quantities)


def aside(life, quantity):
    life.house.move(
        MovementKind.QUARANTINE, life.batch_id, quantity, ("store", StockState.IN_STOCK),
        ("quarantine", StockState.QUARANTINED),
    )  # fmt: skip


def back(life, quantity):
    op_id = uuid.uuid4().hex
    life.house.sign("boss", op_id)
    place = life.house.places["quarantine"]
    QuarantiningService(life.database).take_back(
        actor=life.actor("keeper"), op_id=op_id, second=life.actor("boss"), reason="复核",
        portion=Portion(life.batch_id, place, StockState.QUARANTINED, quantity),
        target_id=life.house.places["store"],
    )  # fmt: skip


def test_the_rest_is_released_and_the_part_lies_in_quarantine(life):
    done = release(life, RejectedPart(3, "外箱受潮"))

    assert quantities(life) == {StockState.IN_STOCK: 47, StockState.QUARANTINED: 3}
    with life.database.reading() as session:
        assert session.get_one(Batch, life.batch_id).inspection is Inspection.RELEASED
        part = session.scalars(select(PartRejection)).one()
        lines = session.scalars(select(Movement).where(Movement.document_no == done.document_no)).all()
    assert (part.quantity, part.reason) == (3, "外箱受潮")
    assert {line.op_id for line in lines} == {part.op_id}
    assert [(line.kind, line.quantity) for line in lines] == [
        (MovementKind.QUARANTINE, 3), (MovementKind.INSPECTION, 47),
    ]  # fmt: skip
    life.issue("A1", 47)


def test_the_rejected_part_never_comes_back_to_a_shelf(life):
    release(life, RejectedPart(3, "外箱受潮"))

    with pytest.raises(PartRejectedError):
        back(life, 1)
    aside(life, 5)
    with pytest.raises(PartRejectedError):
        back(life, 6)
    back(life, 5)
    with pytest.raises(PartRejectedError):
        back(life, 1)


def test_a_reversal_is_no_way_round(life):
    release(life, RejectedPart(3, "外箱受潮"))
    with life.database.reading() as session:
        moved = session.scalars(
            select(Movement).where(Movement.batch_id == life.batch_id, Movement.kind == MovementKind.QUARANTINE)
        ).one()

    with pytest.raises(PartRejectedError):
        life.house.move(
            MovementKind.REVERSAL, life.batch_id, 3, ("quarantine", StockState.QUARANTINED),
            ("store", StockState.IN_STOCK), reason="试", reverses_id=moved.id,
        )  # fmt: skip


def test_once_it_has_left_the_others_may_come_back(life):
    release(life, RejectedPart(3, "外箱受潮"))
    aside(life, 4)
    life.house.move(
        MovementKind.RETURN_TO_SUPPLIER, life.batch_id, 2, ("quarantine", StockState.QUARANTINED),
        ("quarantine", StockState.RETURNED), second="boss",
    )  # fmt: skip
    with pytest.raises(PartRejectedError):
        back(life, 5)
    life.house.move(
        MovementKind.DISPOSAL, life.batch_id, 1, ("quarantine", StockState.QUARANTINED),
        ("quarantine", StockState.DESTROYED), second="boss", reason="受潮",
    )  # fmt: skip
    back(life, 4)

    assert quantities(life)[StockState.IN_STOCK] == 47


@pytest.mark.parametrize("quantity", [0, -1, 50, 51])
def test_a_part_is_neither_nothing_nor_everything(life, quantity):
    with pytest.raises(PartQuantityError):
        release(life, RejectedPart(quantity, "受潮"))


def test_a_part_says_why_and_every_item_is_answered(life):
    with pytest.raises(WhyRejectedError):
        release(life, RejectedPart(3, " "))
    with pytest.raises(UncheckedError):
        release(life, RejectedPart(3, "受潮"), answers=[])
    assert quantities(life) == {StockState.IN_STOCK: 50}


def test_serial_units_are_rejected_by_number(life):
    life.house.product("PUMP", needs_serial=True)
    batch_id = life.house.batch("PUMP", "P1", serials=("S1", "S2", "S3"), released_by=None)

    for wrong in (RejectedPart(1, "坏"), RejectedPart(0, "坏", ("S9",)), RejectedPart(0, "坏", ("S1", "S1"))):
        with pytest.raises(PartSerialsError):
            release(life, wrong, batch_id)
    release(life, RejectedPart(0, "坏", ("s2",)), batch_id)

    with life.database.reading() as session:
        row = find_batches(session, "P1")[0]
    assert dict(row.quantities) == {StockState.IN_STOCK: 2, StockState.QUARANTINED: 1}


def test_a_file_is_known_by_its_bytes_and_kept_with_its_hash(life, tmp_path):
    service, actor = AttachingService(life.database), life.actor("inspector")

    def attach(name, content):
        return service.attach(
            actor=actor, batch_id=life.batch_id, kind=AttachmentKind.PHOTO, name=name, content=content
        )

    done = attach("wet.png", PNG)
    with life.database.reading() as session:
        (row,) = attachments(session, life.batch_id)
    assert (row.name, row.media_type, row.size, row.content_hash) == ("wet.png", "image/png", 15, done.content_hash)
    assert service.save(row.id, tmp_path).read_bytes() == PNG
    with pytest.raises(AttachedAlreadyError):
        attach("again.png", PNG)
    with pytest.raises(AttachmentKindError):
        attach("evil.pdf", b"MZ\x90")
    with pytest.raises(AttachmentSizeError):
        attach("big.pdf", b"%PDF-" + bytes(10 * 1024 * 1024))
    with pytest.raises(AttachmentSizeError):
        attach("empty.pdf", b"")


def test_a_changed_file_is_noticed(life, tmp_path, monkeypatch):
    service = AttachingService(life.database)
    done = service.attach(
        actor=life.actor("inspector"), batch_id=life.batch_id, kind=AttachmentKind.PHOTO, name="a.png", content=PNG
    )
    monkeypatch.setattr("app.services.attaching.attachment_bytes", lambda *_: PNG + b"!")
    with pytest.raises(AttachmentDamagedError):
        service.save(done.id, tmp_path)


def test_attached_files_are_never_changed(life):
    from app.models.refusals import AppendOnlyError

    done = AttachingService(life.database).attach(
        actor=life.actor("inspector"), batch_id=life.batch_id, kind=AttachmentKind.PHOTO, name="a.png", content=PNG
    )
    with pytest.raises(AppendOnlyError), life.database.writing(life.actor("inspector").id) as session:
        session.get_one(Attachment, done.id).name = "b.png"
