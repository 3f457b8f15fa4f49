"""Each job: what it records, how late, what it says when it fails, and that nothing happens twice."""

import smtplib
import ssl
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from app.core.statuses.agent import ClockKind, JobEnd, MailState, NewsState
from app.interchange.notice_files import LARGEST
from app.models.agents import Mail, News, Reminder
from app.models.persons import Setting
from app.models.proof import AuditSeal
from app.models.recalls import RecallCase
from app.services.agent import mailing
from app.services.agent.backing_up import BackingUp, BackupFolderError, BackupUnsoundError, copy_sound
from app.services.agent.leasing import LeaseLostError
from app.services.agent.mailing import Mailing, MailRefusedError, MailUnsureError, compose
from app.services.agent.reminding import Reminding
from app.services.agent.sealing import Sealing
from app.services.agent.watching import FolderError, Watching
from tests.services.agent.tasks import send_task
from tests.stock_life import StockLife

MAIL = {"host": "mail.example", "sender": "rd@example.org", "recipients": "a@example.org; b@example.org", "port": "x"}


def rows(watch, table):
    with watch.database.reading() as session:
        return list(session.scalars(select(table).order_by(table.id)))


def set_up_mail(watch, **values):
    with watch.database.writing(None) as session:
        for key, value in (MAIL | values).items():
            session.merge(Setting(key=f"mail.{key}", value=value, changed_by=None, changed_at=watch.now))


def holding(watch, name="one"):
    leasing = watch.leasing(name)
    return leasing, leasing.hold(watch.person)


def test_clocks_are_recorded_once_with_how_late_and_mailed_with_them(watch):
    """Of a launched case: what was noticed in time, what nobody watched, what was done meanwhile."""
    set_up_mail(watch)
    life = StockLife(watch.database, watch.hospital)
    watch.hospital.batch("CVC", "A1", 5)
    case_id = life.recall("A1")
    with watch.database.reading() as session:
        case = session.get_one(RecallCase, case_id)
        launched, received = case.launched_at, case.notice_received_at
    watch.now = max(launched, received)
    assert Reminding(watch.clock).run(*holding(watch)).count == 0

    task = send_task(watch, case_id, launched, timedelta(hours=2), timedelta(hours=10))
    watch.now = launched + timedelta(minutes=61)
    assert Reminding(watch.clock).run(*holding(watch)).count == 1
    assert Reminding(watch.clock).run(*holding(watch)).count == 0
    first = rows(watch, Reminder)[0]
    assert (first.clock, first.percent, first.late_seconds) == (ClockKind.ACKNOWLEDGE, 50, 60)

    watch.now = launched + timedelta(hours=8)
    Reminding(watch.clock).run(*holding(watch))
    found = {(row.clock.value, row.percent): row.late_seconds for row in rows(watch, Reminder) if row.task_id == task}
    assert found["acknowledge", 100] == 6 * 3600
    assert found["done", 80] == 0
    assert ("done", 100) not in found
    subjects = [mail.subject for mail in rows(watch, Mail)]
    assert len(subjects) == 3
    assert "逾期" in subjects[1]
    assert "ended at" in rows(watch, Mail)[1].body


class Server:
    """Takes, refuses or breaks, in turn; ``got`` are the Message-IDs that it certainly has."""

    def __init__(self, *answers):
        self.answers, self.got = list(answers), []

    def __call__(self, settings, message, recipients):
        assert recipients == ["a@example.org", "b@example.org"]
        assert settings.port == 587
        error = self.answers.pop(0) if self.answers else None
        if error is not None:
            raise error
        self.got.append(message["Message-ID"])


def put_mail(watch, count=1):
    with watch.database.writing(watch.person) as session:
        for number in range(count):
            compose(session, watch.now, "news", {"name": f"n{number}.txt"})


def test_a_mail_is_retried_ever_less_often_and_never_sent_twice(watch):
    put_mail(watch)
    assert rows(watch, Mail) == []
    set_up_mail(watch)
    put_mail(watch)
    refused = MailRefusedError(host="mail.example", number="1", reason="450 later")
    server = Server(refused, refused)
    job = Mailing(watch.clock, server)
    for rest in (60, 120):
        assert job.run(*holding(watch)).ended is JobEnd.FAILED
        assert job.run(*holding(watch)).count == 0
        mail = rows(watch, Mail)[0]
        assert (mail.next_try_at - watch.now).total_seconds() == rest
        watch.later(seconds=rest)
    assert job.run(*holding(watch)).count == 1
    assert server.got == [mail.message_id]
    watch.later(days=9)
    assert job.run(*holding(watch)).count == 0
    assert rows(watch, Mail)[0].state is MailState.SENT


def test_a_broken_line_or_a_killed_agent_leaves_a_mail_that_is_said_and_not_sent_again(watch):
    """The server may have it: the text was handed over. A holder that lost the lease meanwhile notes nothing."""
    set_up_mail(watch)
    put_mail(watch, 2)
    server = Server(MailUnsureError(host="mail.example", number="1", reason="gone"))
    Mailing(watch.clock, server).run(*holding(watch))
    assert [mail.state for mail in rows(watch, Mail)] == [MailState.UNSURE, MailState.SENT]

    put_mail(watch)
    old = holding(watch)

    def slow(settings, message, recipients):
        watch.later(seconds=30)
        assert watch.leasing("two").hold(watch.person) is not None

    with pytest.raises(LeaseLostError):
        Mailing(watch.clock, slow).run(*old)
    assert rows(watch, Mail)[2].state is MailState.SENDING
    Mailing(watch.clock, server).run(*holding(watch, "two"))
    assert rows(watch, Mail)[2].state is MailState.UNSURE
    with watch.database.writing(None) as session:
        for key in ("mail.host",):
            session.get_one(Setting, key).value = ""
    assert Mailing(watch.clock, server).run(*holding(watch, "two")).ended is JobEnd.UNSET


def test_a_mail_that_is_always_refused_is_given_up(watch):
    set_up_mail(watch)
    put_mail(watch)
    with watch.database.writing(None) as session:
        session.scalars(select(Mail)).one().tries = mailing.MOST_TRIES - 1
    refused = MailRefusedError(host="mail.example", number="1", reason="550 never")
    Mailing(watch.clock, Server(refused)).run(*holding(watch))
    assert rows(watch, Mail)[0].state is MailState.GIVEN_UP


class Line:
    """What ``smtplib`` would be; ``fails`` says where."""

    def __init__(self, *_, **__):
        self.closed = False

    fails, sent = {}, []

    def _step(self, name):
        if name in self.fails:
            raise self.fails[name]

    def starttls(self, context):
        assert isinstance(context, ssl.SSLContext)
        self._step("starttls")

    def login(self, login, password):
        self._step("login")
        self.sent.append((login, password))

    def send_message(self, message, sender, recipients):
        self._step("send")
        self.sent.append(recipients)

    def close(self):
        self.closed = True


@pytest.mark.parametrize(
    ("where", "error", "raised"),
    [
        ("starttls", smtplib.SMTPNotSupportedError("no TLS"), MailRefusedError),
        ("login", smtplib.SMTPAuthenticationError(535, b"no"), MailRefusedError),
        ("send", smtplib.SMTPDataError(554, b"spam"), MailRefusedError),
        ("send", smtplib.SMTPServerDisconnected("gone"), MailUnsureError),
        ("send", TimeoutError("slow"), MailUnsureError),
        ("", None, None),
    ],
)
def test_what_a_server_may_do_is_told_apart(monkeypatch, tmp_path, where, error, raised):
    (tmp_path / "key").write_text("geheim\n")
    monkeypatch.setenv(mailing.CREDENTIAL_FILE, str(tmp_path / "key"))
    for name in ("SMTP", "SMTP_SSL"):
        monkeypatch.setattr(smtplib, name, Line)
    monkeypatch.setattr(Line, "fails", {where: error} if error else {})
    monkeypatch.setattr(Line, "sent", [])
    message = EmailMessage()
    message["Message-ID"] = "<1@x>"
    for security in ("starttls", "tls"):
        settings = mailing.MailSettings("h", 25, security, "rd", "a@b", "c@d")
        if raised is None or (security == "tls" and where == "starttls"):
            mailing.post_by_smtp(settings, message, ["c@d"])
            assert Line.sent[-2:] == [("rd", "geheim"), ["c@d"]]
        else:
            with pytest.raises(raised):
                mailing.post_by_smtp(settings, message, ["c@d"])


def test_notices_are_taken_from_a_folder_and_bad_files_lie_aside_with_the_reason(watch, tmp_path):
    set_up_mail(watch)
    folder = tmp_path / "in"
    job = Watching(folder, watch.clock)
    with pytest.raises(FolderError):
        job.run(*holding(watch))
    folder.mkdir()
    (folder / "a.txt").write_bytes("召回通知：批号 A1".encode("gb18030"))
    (folder / "empty.txt").write_bytes(b" \n")
    (folder / "picture.txt").write_bytes(b"\x89PNG\0\xff\xff")
    (folder / "large.txt").write_bytes(b"x" * (LARGEST + 1))
    (folder / ".hidden").write_bytes(b"x")
    assert job.run(*holding(watch)).count == 0
    (folder / "a.txt").write_bytes("召回通知：批号 A1、A2".encode("gb18030"))
    ran = job.run(*holding(watch))
    assert (ran.ended, ran.count, len(ran.troubles)) == (JobEnd.FAILED, 0, 3)
    assert sorted(path.name for path in (folder / "aside").iterdir() if path.suffix == ".txt")[:2] == [
        "empty.txt",
        "empty.txt.reason.txt",
    ]
    assert "of a kind that is not read" in (folder / "aside" / "picture.txt.reason.txt").read_text(encoding="utf-8")
    assert job.run(*holding(watch)).count == 1
    news = rows(watch, News)[0]
    assert (news.text, news.state) == ("召回通知：批号 A1、A2", NewsState.WAITING)
    assert (folder / "taken" / "a.txt").exists()
    assert len(rows(watch, Mail)) == 1

    for _ in range(2):  # the same again, as after a cut between keeping and moving
        (folder / "a.txt").write_bytes("召回通知：批号 A1、A2".encode("gb18030"))
        job.run(*holding(watch))
        job.run(*holding(watch))
    assert len(rows(watch, News)) == 1
    assert len(list((folder / "taken").iterdir())) == 2
    assert Watching(None, watch.clock).run(*holding(watch)).ended is JobEnd.UNSET


def test_the_record_is_sealed_every_day(watch):
    assert Sealing(watch.database).run(*holding(watch)).count == 1
    with watch.database.reading() as session:
        assert session.query(AuditSeal).count() == 1


def test_the_file_is_copied_read_back_and_only_the_newest_are_kept(watch, tmp_path):
    folder, source = tmp_path / "copies", watch.database.path
    job = BackingUp(source, folder, watch.clock, every=timedelta(hours=4), keep=2)
    if source is None:
        assert job.run(*holding(watch)).ended is JobEnd.UNSET
        return
    for _ in range(3):
        watch.later(hours=4)
        assert job.run(*holding(watch)).count == 1
    copies = sorted(path.name for path in folder.iterdir())
    assert copies == [f"recalldesk-{watch.now - timedelta(hours=h):%Y%m%dT%H%M%SZ}.db" for h in (4, 0)]

    leasing, lease = holding(watch)
    watch.later(minutes=1)
    with pytest.raises(LeaseLostError):
        job.run(leasing, lease)
    assert sorted(path.name for path in folder.iterdir()) == copies
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BackupFolderError):
        BackingUp(source, tmp_path / "file", watch.clock, every=timedelta(hours=4)).run(*holding(watch))
    (tmp_path / "broken.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    with pytest.raises(BackupUnsoundError):
        copy_sound(tmp_path / "broken.db", tmp_path / "copy.db")
