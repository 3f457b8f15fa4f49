"""What is said of a server that cannot be reached as it must: each trouble by its own name, in both languages."""

import random
import socket
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from app.core.words import describe
from app.models import connecting
from app.models.connecting import UnsafeConnectionError, WrongClockError, WrongPasswordError
from app.models.personal import PersonalDatabase, WorkstationDatabase
from app.models.refusals import OutOfReachError
from app.services.listening import PostgresWire
from app.ui.background import Background
from app.ui.shell.newsroom import Newsroom
from app.ui.shell.outage_strip import OutageStrip
from tests.builders import small_hospital
from tests.personal import PASSWORD, let_in, opened, personal_copy
from tests.tls_gate import Authority, Gate

LONG_AGO = {"begins": "20200101000000Z", "ends": "20200102000000Z"}
NOT_YET = {"begins": "20480101000000Z", "ends": "20491231000000Z"}


@pytest.fixture(scope="module")
def house(postgres_dsn, personal_template, module_clock):
    with personal_copy(postgres_dsn, personal_template, module_clock) as database:
        small_hospital(database)
        let_in(database)
        yield database


@pytest.fixture(scope="module")
def authorities(tmp_path_factory) -> tuple[Authority, Authority]:
    folder = tmp_path_factory.mktemp("tls")
    return Authority(folder / "own"), Authority(folder / "other", "Another CA")


@contextmanager
def gate(house, certificate, clients: Path | None = None):
    server = f"{house.url.query['host']}/.s.PGSQL.5432"
    door = Gate(server, certificate, clients)
    try:
        yield door
    finally:
        door.close()


def trouble(house, port, ca, **query):
    """What signing in over the gate is answered with; None where it goes through."""
    asked = {"sslrootcert": str(ca.file), **query}
    url = house.url.set(username=None, host="localhost", port=port, query=asked)
    desk = PersonalDatabase(url.render_as_string(hide_password=False), house.clock, prefix=opened(house).prefix)
    try:
        desk.open_as("keeper", PASSWORD)
    except Exception as error:
        return error
    finally:
        desk.close()


def test_each_trouble_has_its_own_name(house, authorities):
    own, other = authorities
    good = own.certificate("localhost")
    cases = {
        "connecting.untrusted": (good, other),
        "connecting.other_host": (own.certificate("db.hospital.example"), own),
        "connecting.server_expired": (own.certificate("localhost", **LONG_AGO), own),
        "connecting.server_ahead": (own.certificate("localhost", **NOT_YET), own),
        # The gate's server knows no channel binding: nothing less is taken.
        "connecting.no_encryption": (good, own),
    }
    for code, (certificate, ca) in cases.items():
        with gate(house, certificate) as door:
            error = trouble(house, door.port, ca)
        assert (code, getattr(error, "code", error)) == (code, code)
        assert {describe(error, "zh"), describe(error, "en")}.isdisjoint({code, ""})
    with gate(house, None) as door:
        assert isinstance(trouble(house, door.port, own), connecting.NoEncryptionError)


def test_a_workstations_certificate_that_is_over_is_told_from_the_servers(house, authorities):
    own, _ = authorities
    good = own.certificate("localhost")
    for certificate, expected in (
        (own.certificate("icu-1", **LONG_AGO), connecting.WorkstationCertificateError),
        (own.certificate("icu-1"), type(None)),
    ):
        shown = {"sslcert": str(certificate[0]), "sslkey": str(certificate[1])}
        with gate(house, good, own.file) as door:
            assert isinstance(trouble(house, door.port, own, **shown), expected)


def test_a_desk_whose_certificate_ends_says_so_and_comes_back_with_the_new_file(house, authorities, qtbot, tmp_path):
    own, _ = authorities
    shown = tmp_path / "pc.crt", tmp_path / "pc.key"

    def lies_on_the_disk(**lasts) -> None:
        for made, kept in zip(own.certificate("icu-1", **lasts), shown, strict=True):
            kept.write_bytes(made.read_bytes())
            kept.chmod(0o600)

    lies_on_the_disk()
    query = {"sslmode": "verify-full", "sslrootcert": str(own.file), "sslcert": str(shown[0]), "sslkey": str(shown[1])}
    background, cuts, backs, strips = Background(), [], [], {where: OutageStrip(where) for where in ("page", "lock")}
    with gate(house, own.certificate("localhost"), own.file) as door:
        url = house.url.set(host="localhost", port=door.port, query=query)
        line = WorkstationDatabase(url.render_as_string(hide_password=False), house.clock)
        newsroom = Newsroom(PostgresWire(house, line), background, house.clock, random.Random(1))
        newsroom.cut.connect(cuts.append)
        newsroom.restored.connect(backs.append)
        newsroom.start()
        qtbot.waitUntil(lambda: newsroom._notifier is not None)

        lies_on_the_disk(**LONG_AGO)
        door.cut()
        qtbot.waitUntil(lambda: bool(cuts) and cuts[-1].because is not None)
        assert cuts[-1].because.code == "connecting.own_certificate"
        for strip in strips.values():
            strip.show_outage(cuts[-1])
            assert describe(cuts[-1].because, "zh") in strip.accessibleName()
        assert "照常保存" in strips["page"].accessibleName()

        lies_on_the_disk()
        qtbot.waitUntil(lambda: bool(backs), timeout=10_000)
        newsroom.close()
        background.wait()
        line.close()


def test_nothing_less_than_proof_is_taken_unless_it_was_allowed_openly(house):
    url = "postgresql://db.hospital.example/recalldesk?sslmode={}"
    for mode in ("disable", "allow", "prefer", "require", "verify-ca"):
        with pytest.raises(UnsafeConnectionError):
            PersonalDatabase(url.format(mode), house.clock, prefix="recalldesk.")
    trial = PersonalDatabase(url.format("disable"), house.clock, prefix="recalldesk.", allows_plain=True)
    assert trial.is_unprotected
    proved = PersonalDatabase(url.format("verify-full"), house.clock, prefix="recalldesk.")
    assert (proved.is_unprotected, proved.url.query["channel_binding"]) == (False, "require")
    assert not opened(house).is_unprotected


def test_a_server_that_is_away_a_wrong_password_and_a_wrong_clock_are_told_apart(house, authorities):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert isinstance(trouble(house, port, authorities[0]), OutOfReachError)
    desk = opened(house)
    with pytest.raises(WrongPasswordError):
        desk.open_as("keeper", "wrong")
    late = PersonalDatabase(
        desk.url.render_as_string(hide_password=False), lambda: house.clock() - timedelta(hours=1), prefix=desk.prefix
    )
    with pytest.raises(WrongClockError) as refused:
        late.open_as("keeper", PASSWORD)
    assert refused.value.values["minutes"] in (59, 60, 61)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('FATAL:  role "x" is not permitted to log in', "login_ended"),
        ("FATAL:  sorry, too many clients already", "connecting.full"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1"', "connecting.not_admitted"),
        ("FATAL:  LDAP authentication failed for user", "wrong_password"),
        ("server closed the connection unexpectedly", "out_of_reach"),
    ],
)
def test_what_the_server_says_is_said_in_words(house, said, code):
    assert connecting.trouble(psycopg.OperationalError(said), house.url).code == code
