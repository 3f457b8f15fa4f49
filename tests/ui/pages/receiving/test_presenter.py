"""What the receiving page is told, without a page."""

from datetime import timedelta

import pytest

from app.core.actor import Bilingual
from app.core.statuses.stock import LineState, ProductClass
from app.services.cataloguing import NewProduct, Package
from app.services.receiving import DeliveryHead
from app.services.receiving_lines import Typed
from tests.services.receiving_bay import BOX, CARTON, FAR, PASSWORD, label


def focus(presenter):
    line = presenter.focus
    return (line.lot_no, line.packages, line.state)


def test_without_a_delivery_the_drafts_and_the_suppliers_are_shown(presenter, bay):
    shown = []
    presenter.start_shown.connect(shown.append)
    presenter.set_visible(True)
    assert [row.id for row in shown[-1].deliveries] == [bay.delivery_id]
    assert [row.code for row in shown[-1].suppliers] == ["S1"]


def test_a_scan_before_the_delivery_waits_and_is_taken_when_it_begins(presenter, head, played):
    shown = []
    presenter.start_shown.connect(shown.append)
    presenter.set_visible(True)
    presenter.scan(label(lot="26A0418", expiry=FAR))
    assert shown[-1].held_scan
    presenter.start(head)
    assert focus(presenter) == ("26A0418", 1, LineState.READY)
    assert played == ["look", "taken"]


def test_a_held_scan_goes_into_the_draft_that_is_continued(presenter, bay):
    presenter.set_visible(True)
    presenter.scan(label(lot="26A0418", expiry=FAR))
    presenter.resume(bay.delivery_id)
    assert focus(presenter)[0] == "26A0418"


def test_each_scan_is_answered_with_its_line_in_focus(opened, played):
    answers = []
    opened.answered.connect(answers.append)
    opened.scan(label(lot="26A0418", expiry=FAR))
    opened.scan(label(lot="26A0419"))
    opened.scan("hello")
    assert [answer.line.line_no for answer in answers] == [1, 2, 3]
    assert [answer.sound for answer in answers] == ["taken", "look", "stop"] == played
    assert opened.focus.line_no == 3


def test_the_same_label_again_returns_to_its_line(opened):
    opened.scan(label(CARTON, "26A0418", FAR))
    opened.scan(label(CARTON, "26A0419", FAR))
    opened.scan(label(CARTON, "26A0418", FAR))
    assert focus(opened) == ("26A0418", 2, LineState.READY)


def test_taking_back_undoes_the_last_scan_only(opened):
    opened.scan(label(CARTON, "26A0418", FAR))
    opened.scan(label(CARTON, "26A0418", FAR))
    opened.take_back()
    assert focus(opened) == ("26A0418", 1, LineState.READY)
    opened.take_back()
    assert opened.focus is None
    opened.take_back()
    assert opened.refusals == []


def test_a_missing_date_is_typed_into_the_line_in_focus(opened):
    opened.scan(label(lot="26A0418"))
    opened.complete(Typed(expiry_on=FAR))
    assert focus(opened) == ("26A0418", 1, LineState.READY)


def test_quantities_of_the_line_in_focus(opened):
    opened.scan(label(CARTON, "26A0418", FAR))
    opened.times_ten()
    assert opened.card.units == 200
    opened.set_packages(3)
    assert opened.card.units == 60
    opened.set_packages(0)
    assert opened.refusals == [("NotPositiveError", "line")]
    assert opened.card.units == 60


def test_choosing_a_reading(opened):
    opened.scan(f"01{BOX}10AB17401231")
    opened.choose(0)
    assert focus(opened) == ("AB", 1, LineState.READY)


def test_confirming_a_doubtful_reading(opened):
    opened.scan(f"(01){BOX}(17)401231(10)A2(93)x(12)401399")
    opened.confirm()
    assert focus(opened)[2] is LineState.READY


def test_an_older_line_can_be_chosen_and_taken_back(opened):
    opened.scan(label(lot="A", expiry=FAR))
    opened.scan(label(lot="B", expiry=FAR))
    opened.choose_line(opened.card.lines[0].id)
    opened.take_back()
    assert [line.lot_no for line in opened.card.lines] == ["B"]


def test_posting_leads_back_to_the_start_with_the_receipt(opened):
    posted, shown = [], []
    opened.posted.connect(posted.append)
    opened.start_shown.connect(shown.append)
    opened.scan(label(lot="26A0418", expiry=FAR))
    opened.post()
    assert posted[0].receipt_no.startswith("RK-")
    assert shown[-1].deliveries == ()
    assert opened.card is None


def test_a_recall_seen_by_nobody_stops_the_posting_and_is_shown(opened, bay):
    opened.scan(label(lot="26A0418", expiry=FAR))
    bay.recall("26A0418")
    opened.post()
    assert opened.refusals == [("LinesChangedError", "post")]
    assert opened.focus.state is LineState.RECALL_STOP


def test_two_persons_let_a_line_in(opened, bay):
    bay.give_password()
    bay.recall("26A0418")
    opened.scan(label(lot="26A0418", expiry=FAR))
    opened.override("inspector", "wrong", "供应商约定")
    assert opened.refusals == [("WrongPasswordError", "sign")]
    opened.override("inspector", PASSWORD, "供应商约定")
    assert opened.focus.state is LineState.OVERRIDDEN


def test_only_others_who_may_witness_are_offered_as_second_person(presenter):
    presenter.set_visible(True)
    logins = {person.login for person in presenter.witnesses}
    assert {"inspector", "keeper2"} <= logins
    assert not logins & {"keeper", "auditor"}


NEW = NewProduct(
    name=Bilingual("一次性使用喉罩", "Laryngeal mask"),
    spec="4#",
    ref="LM-4",
    product_class=ProductClass.II,
    certificate_no="苏械注准20232080001",
    certificate_valid_until=None,
    maker=Bilingual("测试喉罩厂", ""),
    packages=(Package(Bilingual("件", "pc"), 1, "06901234567892"),),
)


def test_a_product_registered_beside_its_line(opened):
    told = []
    opened.registered.connect(lambda: told.append(True))
    opened.scan(label("06901234567892", "L1", FAR))
    assert opened.can_register
    opened.register(NEW)
    assert (told, focus(opened)) == ([True], ("L1", 1, LineState.READY))
    opened.register(NEW)
    assert opened.refusals == [("IdentifierTakenError", "register")]


def test_a_box_by_hand_is_found_and_answered(opened, bay):
    found, answers = [], []
    opened.products_found.connect(found.append)
    opened.answered.connect(answers.append)
    opened.find_products("CVC")
    opened.add_by_hand(found[0][0].id, Typed(lot="L9", expiry_on=FAR), 2, 20)
    assert (answers[0].line.quantity, focus(opened)[0]) == (40, "L9")


def test_the_papers_can_be_corrected_or_the_delivery_given_up(opened, bay, head):
    opened.change_head(head)
    assert opened.card.order_no == "PO-9"
    opened.change_head(DeliveryHead(head.supplier_id, temperature_tenths=9999))
    assert opened.refusals == [("TemperatureError", "head")]
    opened.cancel()
    assert opened.card is None


@pytest.mark.parametrize("act", ["times_ten", "confirm", "take_back", "post", "cancel"])
def test_nothing_happens_without_a_delivery(presenter, act):
    getattr(presenter, act)()
    assert presenter.refusals == []


def test_a_workstation_without_a_place_says_so(presenter, bay, head):
    errors = []
    presenter.failed.connect(errors.append)
    bay.hospital.person("new", __import__("app.core.permissions", fromlist=["Role"]).Role.STOREKEEPER)
    presenter.seat.take(bay.actor("new"))
    presenter.seat.move_to(None)
    presenter.set_visible(True)
    presenter.start(head)
    assert presenter.refusals == [("NotAStoreError", "head")]
    assert [error.code for error in errors] == ["receiving.not_a_store"]


def test_a_change_elsewhere_is_shown(opened, bay):
    opened.scan(label(lot="26A0418", expiry=FAR))
    bay.scan(label(lot="26A0419", expiry=FAR))
    bay.hold("26A0418")
    opened._background.announce(frozenset({next(iter(opened.topics))}))
    assert [line.state for line in opened.card.lines] == [LineState.RECALL_STOP, LineState.READY]


def test_locking_the_screen_keeps_the_delivery_for_later(opened, bay):
    opened.scan(label(lot="26A0418", expiry=FAR))
    opened.seat.leave()
    assert opened.card is None
    opened.seat.take(bay.actor())
    opened.resume(bay.delivery_id)
    assert focus(opened)[0] == "26A0418"


def test_an_expired_box_sounds_like_a_stop(opened, played):
    opened.scan(label(lot="OLD", expiry=opened.card.today - timedelta(days=1)))
    assert played[-1] == "stop"
