"""What the inspection page is told, without a page."""

from app.core.statuses.stock import Inspection
from tests.services.receiving_bay import BOX, CARTON, FAR, PASSWORD, label


def lots(presenter):
    return [row.lot_no for row in presenter.queues[-1].rows]


def test_the_queue_of_this_place_comes_first_and_its_first_batch_is_on_the_desk(presenter):
    presenter.set_visible(True)
    queue = presenter.queues[-1]
    assert (lots(presenter), queue.here, queue.everywhere) == (["26A0418", "26A0419"], 2, 3)
    assert presenter.desks[-1].card.row.lot_no == "26A0418"
    presenter.show_all(True)
    assert len(lots(presenter)) == 3


def test_where_nothing_waits_here_everything_is_shown(presenter, bay):
    presenter.seat.move_to(bay.hospital.places["icu"])
    presenter.set_visible(True)
    assert len(lots(presenter)) == 3


def test_answers_stay_with_their_batch(presenter):
    presenter.set_visible(True)
    first, second = (row.id for row in presenter.queues[-1].rows)
    presenter.answer("supplier", True)
    presenter.choose(second)
    assert presenter.desks[-1].answers == ()
    presenter.choose(first)
    assert [answer.item for answer in presenter.desks[-1].answers] == ["supplier"]


def test_passing_the_rest_keeps_what_was_failed(presenter):
    presenter.set_visible(True)
    presenter.answer("package", False)
    presenter.pass_all()
    desk = presenter.desks[-1]
    assert desk.open_items == 0
    assert desk.answer("package").passed is False


def test_a_release_takes_the_batch_off_the_queue(presenter):
    done = []
    presenter.inspected.connect(done.append)
    presenter.set_visible(True)
    presenter.release("wrong")
    presenter.pass_all()
    presenter.release("wrong")
    presenter.release(PASSWORD)
    assert presenter.errors == ["UncheckedError", "WrongPasswordError"]
    assert done[0].outcome is Inspection.RELEASED
    assert lots(presenter) == ["26A0419"]
    assert presenter.desks[-1].card.row.lot_no == "26A0419"


def test_a_rejection_needs_no_complete_checklist(presenter):
    presenter.set_visible(True)
    presenter.reject("外包装破损", PASSWORD)
    assert presenter.errors == []
    assert lots(presenter) == ["26A0419"]


def test_a_scan_finds_its_batch_at_any_place(presenter, bay):
    found = []
    presenter.scan_found.connect(lambda row, raw: found.append(getattr(row, "lot_no", None) or row.code))
    presenter.set_visible(True)
    presenter.scan(label(CARTON, "26A0419", FAR))
    assert presenter.desks[-1].card.row.lot_no == "26A0419"
    presenter.scan(label(CARTON, "26A0420", FAR))
    assert len(lots(presenter)) == 3
    presenter.scan(f"RD:RECEIPT:{bay.receipt_no}")
    presenter.scan(f"]E0{BOX[1:]}")
    presenter.scan(label(CARTON, "NEVER", FAR))
    presenter.scan("hello")
    presenter.scan(label("09999999999994", "X"))
    assert found == [
        "26A0419", "26A0420", "26A0418", "26A0418", "inspecting.not_received", "no_scan", "unknown_product",
    ]  # fmt: skip


def test_a_scan_of_what_is_inspected_says_who_did_it_and_when(presenter):
    presenter.set_visible(True)
    presenter.pass_all()
    presenter.release(PASSWORD)
    assert presenter.errors == []
    missed = []
    presenter.scan_found.connect(lambda error, _raw: missed.append(error))
    presenter.scan(label(CARTON, "26A0418", FAR))

    assert missed[0].code == "inspecting.nothing_pending"
    assert missed[0].values["outcome"] is Inspection.RELEASED
    assert missed[0].values["by"].zh == "测试inspector"


def test_who_received_the_goods_is_told_so_at_once(presenter, bay):
    presenter.set_visible(True)
    assert not presenter.desks[-1].is_mine
    presenter.seat.take(bay.actor("keeper"))
    assert presenter.desks[-1].is_mine


def test_nobody_signs_what_another_person_has_looked_at(presenter, bay):
    presenter.set_visible(True)
    presenter.pass_all()
    presenter.seat.take(bay.actor("inspector"))
    assert presenter.desks[-1].answers == ()


def test_an_empty_queue_leaves_the_desk_empty(presenter, bay):
    presenter.set_visible(True)
    for _ in range(3):
        presenter.show_all(True)
        presenter.reject("x", PASSWORD)
    assert presenter.desks[-1] is None
    presenter.answer("supplier", True)
    presenter.pass_all()
    presenter.release(PASSWORD)
    assert presenter.errors == []
