"""A renewed paper: what it may say, who writes it, and that receipts are judged by it."""

from datetime import date

import pytest

from app.core.errors import NotFoundError
from app.core.permissions import NotEntitledError, Role
from app.core.validity import Validity, validity
from app.models.catalogue import Certificate, Product, Supplier
from app.models.refusals import ExistsError
from app.queries.reader import Reader
from app.queries.supplier_papers import supplier_papers
from app.services.renewing import Paper, PaperDatesError, PaperNumberError, PaperScopeError, RenewingService
from app.services.signing_in import actor_of
from tests.builders import small_hospital

GOOD = "国械注准20233030001"


@pytest.fixture
def house(database):
    hospital = small_hospital(database)
    hospital.person("buyer", Role.BUYER)
    return hospital


def actor(house, login="buyer"):
    with house.database.reading() as session:
        return actor_of(session, house.persons[login])


def test_a_day_decides_how_a_paper_stands():
    today = date(2026, 3, 12)
    cases = (
        ((None, None), Validity.VALID),
        ((None, date(2026, 6, 11)), Validity.VALID),
        ((None, date(2026, 6, 10)), Validity.SOON),
        ((None, today), Validity.SOON),
        ((None, date(2026, 3, 11)), Validity.LAPSED),
        ((date(2026, 3, 13), date(2027, 1, 1)), Validity.EARLY),
    )
    for (since, until), stands in cases:
        assert validity(today, since, until) is stands
    assert [one for one in Validity if one.blocks] == [Validity.LAPSED, Validity.EARLY]


def test_papers_are_renewed_as_the_new_ones_say(house):
    """A licence with its scope, a certificate with its number; what cannot be is refused and nothing is written."""
    service, me, supplier = RenewingService(house.database), actor(house), house.suppliers["supplier"]
    good = Paper("许 2026-1", date(2026, 1, 1), date(2031, 1, 1), "Ⅱ、Ⅲ类")
    wrong = (
        (PaperNumberError, Paper(" ", None, date(2031, 1, 1))),
        (PaperDatesError, Paper("1", None, None)),
        (PaperDatesError, Paper("1", date(2031, 1, 2), date(2031, 1, 1))),
        (PaperScopeError, Paper("1", None, date(2031, 1, 1), "IX")),
    )
    for error, paper in wrong:
        with pytest.raises(error):
            service.renew_licence(actor=me, supplier_id=supplier, paper=paper)
    with pytest.raises(NotEntitledError):
        service.renew_licence(actor=actor(house, "keeper"), supplier_id=supplier, paper=good)
    with pytest.raises(NotFoundError):
        service.renew_licence(actor=me, supplier_id=99, paper=good)
    service.renew_licence(actor=me, supplier_id=supplier, paper=good)

    house.product("ALT", certificate="国械注准20233030009")
    with house.database.reading() as session:
        one = session.get_one(Product, house.products["CVC"]).certificate_id
        row = session.get_one(Supplier, supplier)
        assert (row.licence_no, row.licence_scope, row.licence_valid_until) == ("许 2026-1", "II,III", date(2031, 1, 1))
    paper = Paper(GOOD, None, date(2032, 1, 1))
    with pytest.raises(PaperNumberError):
        service.renew_certificate(actor=me, certificate_id=one, paper=Paper("abc", None, None))
    with pytest.raises(NotFoundError):
        service.renew_certificate(actor=me, certificate_id=99, paper=paper)
    with pytest.raises(ExistsError):
        service.renew_certificate(actor=me, certificate_id=one, paper=Paper("国械注准20233030009", None, None))
    service.renew_certificate(actor=me, certificate_id=one, paper=paper)
    with house.database.reading() as session:
        assert session.get_one(Certificate, one).valid_until == date(2032, 1, 1)


def test_a_supplier_shows_the_papers_of_what_it_delivered_and_trouble_comes_first(house):
    house.batch("CVC", "A1", 5)
    house.batch("CVC", "A2", 5)
    with house.database.writing(None) as session:
        template = session.get_one(Supplier, house.suppliers["supplier"])
        values = {column.name: getattr(template, column.name) for column in Supplier.__table__.columns}
        session.add(Supplier(**values | {"id": None, "code": "S2", "name_zh": "乙公司", "licence_no": " "}))
    first, second = Reader(house.database).fetch(supplier_papers)
    assert (first.code, first.worst, len(first.papers)) == ("S2", Validity.LAPSED, 1)
    assert [len(paper.products) for paper in second.papers] == [0, 1]
