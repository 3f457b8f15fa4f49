"""What a scan means on each tab, and what is registered."""

from datetime import timedelta

import pytest

from app.core.statuses.ward import WardAnswer, WardReason
from app.models.refusals import OutOfReachError
from app.services.signing_in import WrongPasswordError, hash_password
from app.services.ward import UseAheadError, UseDespiteLockError
from app.ui import language
from app.ui.pages.ward.presenter import UseForm, usable
from app.ui.pages.ward.sign import sign_of
from tests.stock_life import DI, gs1

PASSWORD = "Long-enough-1"


@pytest.fixture
def box(presenter, listen):
    answers = listen(presenter.answered)
    presenter.check(gs1())
    return answers[0]


def with_password(life, login):
    from sqlalchemy import update

    from app.models.persons import Person

    with life.database.writing(None) as session:
        hashed = hash_password(PASSWORD)
        session.execute(update(Person).where(Person.login == login).values(password_hash=hashed))


def test_a_scan_is_answered_for_the_ward_of_this_workstation(presenter, listen):
    answers = listen(presenter.answered)

    presenter.check(gs1())

    assert answers[0].verdict.answer is WardAnswer.OK
    assert answers[0].seconds >= 0
    assert answers[0].wanted.lot == "A1"
    assert answers[0].name.en == "CVC catheter"


def test_a_workstation_without_a_place_takes_the_persons_own_ward(presenter, seat, listen):
    seat.move_to(None)
    answers = listen(presenter.answered)

    presenter.check(gs1())

    assert answers[0].verdict.answer is WardAnswer.OK


def test_without_any_ward_it_says_so(presenter, seat, life, listen):
    seat.take(life.actor("coordinator"))
    seat.move_to(None)
    missing = listen(presenter.place_missing)

    presenter.check(gs1())
    presenter.reload()

    assert len(missing) == 2


def test_two_codes_of_one_label_are_one_box(presenter, listen):
    answers = listen(presenter.answered)

    presenter.check(f"]C101{DI}")
    presenter.check("]C11749123110A1")

    assert [finding.reason for finding in answers[0].verdict.findings] == [WardReason.LOT_MISSING]
    assert answers[0].wanted is None
    assert answers[1].verdict.answer is WardAnswer.OK


def test_a_wristband_on_the_use_tab_is_the_visit_number(presenter, listen):
    visits, boxes = listen(presenter.visit_scanned), listen(presenter.box_chosen)

    presenter.choose_box("ZY20260312004471")
    presenter.choose_box(gs1())

    assert visits == ["ZY20260312004471"]
    assert boxes[0].verdict.lot == "A1"


def test_a_use_is_registered(presenter, box, listen):
    used = listen(presenter.used)

    presenter.use(box, UseForm("ZY1", 2, None))

    assert used[0].document_no.startswith("SY-")


def test_a_held_box_asks_for_the_second_person_and_then_is_registered(presenter, box, life, listen):
    life.hold("A1")
    with_password(life, "head")
    held, used, refused = listen(presenter.use_held), listen(presenter.used), listen(presenter.sign_failed)

    presenter.use(box, UseForm("ZY1", 1, None))
    presenter.use_despite(box, UseForm("ZY1", 1, None), "head", "wrong", "抢救")
    presenter.use_despite(box, UseForm("ZY1", 1, None), "head", PASSWORD, "抢救")

    assert isinstance(held[0], UseDespiteLockError)
    assert isinstance(refused[0], WrongPasswordError)
    assert used[0].despite_lock


def test_a_use_in_the_future_is_refused_at_its_field(presenter, box, life, listen):
    failed = listen(presenter.use_failed)

    presenter.use(box, UseForm("ZY1", 1, life.database.clock() + timedelta(days=1)))

    assert isinstance(failed[0], UseAheadError)


def test_scanned_boxes_gather_and_go_back_together(presenter, life, listen):
    lines, returned = listen(presenter.returns_changed), listen(presenter.returned)

    presenter.add_return(gs1())
    presenter.add_return(gs1())
    assert [(line.quantity, line.is_locked) for line in lines[-1]] == [(2, False)]
    presenter.set_return_quantity(lines[-1][0].id, 3)
    presenter.give_back(life.house.places["store"])

    assert returned[0][0].quantity == 3
    assert lines[-1] == []


def test_a_return_that_fails_keeps_its_line(presenter, life, listen):
    lines, failed = listen(presenter.returns_changed), listen(presenter.failed)

    presenter.add_return(gs1())
    presenter.set_return_quantity(lines[-1][0].id, 99)
    presenter.give_back(life.house.places["store"])

    assert failed[0].code == "too_few"
    assert lines[-1][0].quantity == 99


def test_an_unreadable_box_is_not_returned_but_answered(presenter, listen):
    answers, lines = listen(presenter.answered), listen(presenter.returns_changed)

    presenter.add_return("nonsense")

    assert lines == []
    assert answers[0].verdict.answer is WardAnswer.ASK


def test_another_place_starts_an_empty_return(presenter, seat, life, listen):
    lines = listen(presenter.returns_changed)
    presenter.add_return(gs1())

    seat.move_to(life.house.places["clinic"])

    assert lines[-1] == []


def test_stock_and_stores_are_loaded_and_counted(presenter, life, listen):
    stock, stores = listen(presenter.stock_changed), listen(presenter.stores_changed)
    life.hold("A1")

    presenter.reload()

    assert usable(stock[-1]) == (1, 10, 10)
    assert stores[-1][0].code == "store"


def test_a_database_that_does_not_answer_is_no_yes(presenter, life, listen, monkeypatch):
    answers, failed = listen(presenter.answered), listen(presenter.failed)
    presenter.check(gs1())

    def silent(*_given):
        raise OutOfReachError

    monkeypatch.setattr(life.ward, "may_i_use", silent)
    presenter.check(gs1())

    verdict = answers[-1].verdict
    assert (verdict.answer, verdict.gravest.reason) == (WardAnswer.ASK, WardReason.NOT_CHECKED)
    assert (verdict.lot, verdict.phone) == ("A1", answers[0].verdict.phone)
    assert answers[-1].wanted is None
    assert failed == []
    for tongue, words in (("zh", "没能核对"), ("en", "was not checked")):
        language.switch_language(tongue)
        sign = sign_of(verdict, person="N", seconds=0.1)
        assert words in sign.reason
        assert len(sign.steps) == 3
        assert not sign.holds
