"""Mail over real TLS: sent once to a server that proves who it is; every other one is named, and the mail stays."""

import socket

import pytest
from sqlalchemy import select

from app.core.statuses.agent import JobEnd, MailState
from app.core.words import describe
from app.models.agents import Mail
from app.services.agent import mailing
from app.services.agent.mailing import Mailing
from tests.faults.test_connecting import LONG_AGO, NOT_YET
from tests.mail_server import MailServer
from tests.services.agent.test_jobs import holding, put_mail, rows, set_up_mail
from tests.tls_gate import Authority


@pytest.fixture(scope="module")
def authorities(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mail")
    return Authority(folder / "own"), Authority(folder / "other", "Another CA")


@pytest.fixture
def office(watch, authorities, monkeypatch, tmp_path):
    """One mail waits; the agent knows the hospital's own authority and the password."""
    (tmp_path / "key").write_text("geheim\n")
    monkeypatch.setenv(mailing.CREDENTIAL_FILE, str(tmp_path / "key"))
    monkeypatch.setenv("RECALLDESK_SMTP_CA", str(authorities[0].file))
    set_up_mail(watch, host="localhost", login="rd")
    put_mail(watch)
    return watch


def send(watch, port, security):
    """How it ended, and the trouble in words of both languages."""
    set_up_mail(watch, host="localhost", login="rd", port=str(port), security=security)
    ran = Mailing(watch.clock).run(*holding(watch))
    watch.later(hours=4)
    return ran.ended, [error.code for error in ran.troubles], [describe(error, "zh") for error in ran.troubles]


def test_a_server_that_cannot_prove_itself_gets_nothing_and_the_mail_is_sent_when_it_can(office, authorities):
    own, other = authorities
    good = own.certificate("localhost")
    troubles = {
        "mail_untrusted": other.certificate("localhost"),
        "mail_other_host": own.certificate("mail.hospital.example"),
        "mail_expired": own.certificate("localhost", **LONG_AGO),
        "mail_expired ": own.certificate("localhost", **NOT_YET),
        "mail_no_tls": None,
    }
    for code, certificate in troubles.items():
        for security in ("starttls", "tls"):
            with MailServer(certificate, is_implicit=security == "tls") as server:
                ended, codes, words = send(office, server.port, security)
            assert (ended, codes) == (JobEnd.FAILED, [f"agent.{code.strip()}"])
            assert "localhost" in words[0]
            assert "_ssl.c" not in words[0]
            assert (server.got, server.logins) == ([], [])
            assert rows(office, Mail)[0].state is MailState.WAITING
    with MailServer(good) as server:
        server.answers["AUTH"] = "535 no"
        assert send(office, server.port, "starttls")[1] == ["agent.mail_login"]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert send(office, port, "starttls")[1] == ["agent.mail_away"]

    with MailServer(good) as server:
        server.answers["RCPT"] = "550 nobody"
        assert send(office, server.port, "starttls")[1] == ["agent.mail_refused"]
        assert rows(office, Mail)[0].state is MailState.WAITING, "refused for certain is not in doubt"
        server.answers.clear()
        assert send(office, server.port, "starttls")[0] is JobEnd.DONE
    mail = rows(office, Mail)[0]
    ((recipients, letter),) = server.got
    assert (mail.state, recipients) == (MailState.SENT, ("a@example.org", "b@example.org"))
    assert mail.message_id in letter.replace("\n ", "")
    assert len(server.logins) == 2

    put_mail(office)
    with MailServer(good, is_implicit=True) as server:
        assert send(office, server.port, "tls")[0] is JobEnd.DONE
    assert len(server.got) == 1
    with office.database.reading() as session:
        assert set(session.scalars(select(Mail.state))) == {MailState.SENT}


def test_whom_the_server_does_not_know_is_named_and_tried_again_alone(office, authorities):
    with MailServer(authorities[0].certificate("localhost")) as server:
        server.strangers.add("b@example.org")
        ended, codes, words = send(office, server.port, "starttls")
        assert (ended, codes) == (JobEnd.FAILED, ["agent.mail_partly"])
        assert "b@example.org" in words[0]
        assert "a@example.org" not in words[0]
        first, rest = rows(office, Mail)
        assert (first.state, first.trouble) == (MailState.SENT, "b@example.org: 550 nobody of that name")
        assert (rest.state, rest.recipients, rest.body) == (MailState.WAITING, "b@example.org", first.body)

        server.strangers.clear()
        assert send(office, server.port, "starttls")[0] is JobEnd.DONE

    assert [recipients for recipients, _ in server.got] == [("a@example.org",), ("b@example.org",)]
    assert {mail.state for mail in rows(office, Mail)} == {MailState.SENT}
