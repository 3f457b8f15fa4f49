"""The evidence pack: whole, without patients, and one changed byte anywhere is named by the verifier alone."""

import hashlib
import io
import json
import random
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.cli.terminal import DONE, REFUSED
from app.core.errors import NotFoundError
from app.core.places import resources
from app.models.recalls import RecallCase
from app.queries.impact import impact
from app.services.arriving import ArrivingService
from app.services.auditing import seal
from app.services.keeping import BackupThereError
from app.services.packing import pack
from tests.cli.test_main import Answer
from tests.services.recall_stage import NOTICE, recall_stage

VISIT = "ZY-4711-0815"
FLIPS = 12


@pytest.fixture
def stage(database):
    stage = recall_stage(database)
    seal(database)
    return stage


@pytest.fixture
def packed(stage, tmp_path):
    case_id = stage.launched()
    with stage.database.writing(stage.hospital.persons["nurse"]) as session:
        (used,) = session.execute(text("SELECT max(id) FROM movement WHERE kind = 'use'")).one()
        session.execute(
            text("INSERT INTO patient_use (movement_id, visit_no, used_at) VALUES (:id, :visit, :at)"),
            {"id": used, "visit": VISIT, "at": stage.database.clock().strftime("%Y-%m-%d %H:%M:%S.%f")},
        ) if stage.database.is_sqlite else None
    seal(stage.database)
    with stage.database.reading() as session:
        stage.number = session.get_one(RecallCase, case_id).number
    stage.case_id = case_id
    path = tmp_path / "evidence.zip"
    stage.pack = pack(stage.database, stage.number, path)
    return path


def verified(place):
    """The verifier alone, by a Python without our packages."""
    command = [sys.executable, "-I", "-S", str(resources() / "verify" / "verify.py"), str(place)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_it_holds_the_case_and_verifies_with_python_alone(stage, packed):
    code, said = verified(packed)
    assert (code, said.startswith("sound")) == (0, True), said
    files = parts(packed)
    case = json.loads(files["case.json"])
    assert (case["number"], case["state"], case["registered_by"]) == (stage.number, "active", "coordinator")
    assert {"notice.txt", "scope.csv", "movements.csv", "diary.csv", "verify.py"} < set(files)
    with stage.database.reading() as session:
        received = sum(impact(session, stage.case_id).by_state.values())
    lines = files["movements.csv"].decode("utf-8-sig").splitlines()[1:]
    assert sum(int(line.split(",")[9]) for line in lines if ",receipt," in line) == received
    assert stage.pack.sha256 == hashlib.sha256(packed.read_bytes()).hexdigest()


def test_no_visit_number_and_no_password_is_in_it(packed):
    for name, content in parts(packed).items():
        assert VISIT.encode() not in content, name
        assert b"argon2" not in content.replace(b"argon2id", b"argon2") or name == "verify.py", name


def test_the_unpacked_folder_verifies_too(packed, tmp_path):
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    assert verified(folder)[0] == 0
    (folder / "papers").mkdir(exist_ok=True)
    (folder / "papers" / "more.pdf").write_bytes(b"%PDF")
    assert "papers/more.pdf: not part of the pack" in verified(folder)[1]


def test_one_changed_byte_in_any_file_is_named(packed, tmp_path):
    files, chance = parts(packed), random.Random(20261122)
    for name, content in files.items():
        place = chance.randrange(len(content))
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        code, said = verified(zipped(tmp_path / "changed.zip", files | {name: changed}))
        assert code == 1, name
        assert name in said or "cannot be read" in said, (name, said)


def test_one_changed_byte_of_the_archive_itself_is_found(packed):
    whole, chance = packed.read_bytes(), random.Random(7)
    for place in chance.sample(range(len(whole)), FLIPS):
        packed.write_bytes(whole[:place] + bytes([whole[place] ^ 64]) + whole[place + 1 :])
        assert verified(packed)[0] == 1, place


def test_a_record_that_was_rewritten_with_its_manifest_still_breaks_the_chain(packed, tmp_path):
    files = parts(packed)
    entries = [json.loads(line) for line in files["audit.jsonl"].decode().splitlines()]
    wanted = next(entry for entry in entries if entry.get("table") == "lot_lock")
    wanted["after"] = wanted["after"].replace("A100", "A999")
    files["audit.jsonl"] = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entries).encode()
    manifest = json.loads(files["manifest.json"])
    manifest["files"]["audit.jsonl"] = hashlib.sha256(files["audit.jsonl"]).hexdigest()
    plain = json.dumps(manifest | {"itself": ""}, sort_keys=True, ensure_ascii=False).encode()
    manifest["itself"] = hashlib.sha256(plain).hexdigest()
    files["manifest.json"] = json.dumps(manifest).encode()
    code, said = verified(zipped(tmp_path / "forged.zip", files))
    assert code == 1
    assert f"lot_lock row {wanted['row']} changed" in said


def test_the_chains_are_given_from_the_last_seal_before_the_case(sqlite_database, tmp_path):
    stage = recall_stage(sqlite_database)
    seal(stage.database)
    stage.database.clock.advance(timedelta(hours=1))
    case_id = stage.launched()
    with stage.database.reading() as session:
        number = session.get_one(RecallCase, case_id).number
        before, whole = session.execute(text("SELECT min(n), (SELECT count(*) FROM audit_entry) FROM audit_seal")).one()
    made = pack(stage.database, number, tmp_path / "evidence.zip")
    assert 0 < made.entries < whole
    files = parts(tmp_path / "evidence.zip")
    assert json.loads(files["seals.json"])[0]["n"] == before
    assert json.loads(files["manifest.json"])["anchors"]
    assert verified(tmp_path / "evidence.zip")[0] == 0


def test_it_is_not_written_over_a_file_and_not_made_of_no_case(stage, packed, tmp_path):
    with pytest.raises(BackupThereError):
        pack(stage.database, stage.number, packed)
    with pytest.raises(NotFoundError):
        pack(stage.database, "RC-0", tmp_path / "none.zip")
    assert not (tmp_path / "none.zip").exists()


def test_at_the_terminal(stage, packed, tmp_path):
    url = stage.database.url.render_as_string(hide_password=False)
    told = Answer("recall", "impact", "--case", stage.number, "--json", database=url).json
    with stage.database.reading() as session:
        assert sum(told["by_state"].values()) == sum(impact(session, stage.case_id).by_state.values())
    assert Answer("recall", "impact", "--case", str(stage.case_id), database=url).code == DONE
    assert Answer("recall", "impact", "--case", "RC-0", database=url).code == REFUSED
    out = tmp_path / "b.zip"
    assert Answer("recall", "pack", "--case", stage.number, "--out", str(out), database=url).code == DONE
    assert verified(out)[0] == 0
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as archive:
        assert archive.testzip() is None


def test_the_original_file_of_the_notice_is_in_it_as_it_came(stage, tmp_path):
    content = NOTICE.encode("utf-16")
    (row,) = (
        ArrivingService(stage.database)
        .bring_in(actor=stage.actor("coordinator"), name="../信 1.txt", content=content)
        .rows
    )
    case_id = stage.registered(news_id=row.id)
    with stage.database.reading() as session:
        number = session.get_one(RecallCase, case_id).number
    path = tmp_path / "evidence.zip"
    pack(stage.database, number, path)
    with zipfile.ZipFile(path) as archive:
        (name,) = (one for one in archive.namelist() if one.startswith("originals/"))
        assert archive.read(name) == content
    assert ".." not in name
    assert verified(path)[0] == 0
