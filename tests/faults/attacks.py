"""What a login could type at a prompt, by target: nothing of it is anybody's work, whatever their role.

``{name}`` stands for a key of the hospital; see ``tests/faults/test_attacks.py``.
"""

from typing import NamedTuple


class Attack(NamedTuple):
    """One statement (or several); ``target`` says what it is after."""

    target: str
    sql: str


_LINE = (
    "INSERT INTO movement (op_id, line_no, kind, batch_id, quantity, source_id, source_state, target_id, target_state, "
    "document_no, despite_lock, reason, actor_id, second_person_id, acted_at, recorded_at) VALUES ('{op}', 1, %s, "
    "{batch}, %s, %s, %s, %s, %s, 'X-1', false, %s, %s, %s, now(), now())"
)


def _line(kind, quantity, source, was, target, becomes, reason="''", actor="{me}", second="NULL") -> str:
    return _LINE % (f"'{kind}'", quantity, source, was, target, becomes, reason, actor, second)


_STOCK, _PAR = "'in_stock'", "'par'"
_BY_TARGET: dict[str, tuple[str, ...]] = {
    "movement": (
        _line("issue", 1, "{store}", _STOCK, "{icu}", _PAR, actor="{someone}"),
        _line("issue", -1, "{store}", _STOCK, "{icu}", _PAR),
        _line("issue", 0, "{store}", _STOCK, "{icu}", _PAR),
        _line("issue", 100000, "{store}", _STOCK, "{icu}", _PAR),
        _line("issue", 1, "NULL", "NULL", "{icu}", _PAR),
        _line("disposal", 1, "{store}", _STOCK, "{store}", "'destroyed'", "'x'", second="{someone}"),
        _line("stock_gain", 5, "{store}", "'unaccounted'", "{store}", _STOCK, "'found'", second="{me}"),
        _line("unquarantine", 1, "{store}", _STOCK, "{store}", _STOCK),
        _line("issue", 1, "{store}", _STOCK, "{icu}", _PAR).replace("{batch}", "{locked}"),
        "UPDATE movement SET quantity = 1",
        "UPDATE movement SET actor_id = {someone}, reason = 'corrected'",
        "DELETE FROM movement",
        "TRUNCATE movement CASCADE",
        "COPY movement FROM PROGRAM 'cat /dev/null'",
        "INSERT INTO movement SELECT * FROM movement ON CONFLICT (id) DO UPDATE SET quantity = 7",
        "BEGIN ISOLATION LEVEL SERIALIZABLE; " + _line("issue", 1, "{store}", _STOCK, "{icu}", _PAR),
        "SET session_replication_role = replica; DELETE FROM movement",
        "SELECT nextval('movement_id_seq'), setval('movement_id_seq', 1)",
    ),
    "balance": (
        "UPDATE balance SET quantity = quantity + 1",
        "UPDATE balance SET quantity = 0 WHERE batch_id = {batch}",
        "INSERT INTO balance VALUES ({batch}, {icu}, 'par', 99, 1)",
        "INSERT INTO balance VALUES ({batch}, {store}, 'in_stock', 1, 1) ON CONFLICT DO NOTHING",
        "DELETE FROM balance",
        "TRUNCATE balance",
        "UPDATE serial_unit SET state = 'used'",
        "SELECT * FROM balance FOR UPDATE",
        "LOCK TABLE balance IN ACCESS EXCLUSIVE MODE",
        "MERGE INTO balance USING batch ON batch.id = batch_id WHEN MATCHED THEN UPDATE SET quantity = 1",
        "UPDATE batch SET inspection = 'released', expiry_on = '2099-01-01'",
        "SELECT movement_take(m) FROM movement AS m",
        "SELECT movement_give(m) FROM movement AS m",
    ),
    "locks": (
        "DELETE FROM lot_lock",
        "UPDATE lot_lock SET lot_key = 'NONE'",
        "UPDATE lot_lock SET layer = 'on_hold', case_id = NULL",
        "TRUNCATE lot_lock CASCADE",
        "INSERT INTO lock_lift (lock_id, lifted_by, second_person_id, op_id, reason, lifted_at) "
        "VALUES ({lock}, {someone}, {me}, '{op}', 'x', now())",
        "INSERT INTO lock_lift (lock_id, lifted_by, second_person_id, op_id, reason, lifted_at) "
        "VALUES ({lock}, {me}, {someone}, '{op}', 'x', now())",
        "INSERT INTO lock_lift (lock_id, lifted_by, second_person_id, op_id, reason, lifted_at) "
        "VALUES ({lock}, {me}, {me}, '{op}', 'x', now())",
        "INSERT INTO lot_lock (product_id, lot_key, layer, case_id, reason, locked_by, locked_at) "
        "VALUES ({product}, 'Z', 'on_hold', NULL, 'x', {someone}, now())",
        "INSERT INTO lot_lock (product_id, lot_key, layer, case_id, reason, locked_by, locked_at) "
        "VALUES ({product}, 'Z', 'recall_quarantine', NULL, 'x', {me}, now())",
        "UPDATE lock_lift SET lock_id = {lock}",
        "INSERT INTO signature (op_id, person_id, meaning, content, content_hash, reason, signed_at) "
        "VALUES ('{op}', {someone}, 'second', 'x', encode(sha256('x'), 'hex'), '', now())",
        "UPDATE signature SET person_id = {me}",
        "DELETE FROM signature",
        "UPDATE recall_case SET state = 'closed', closed_by = {someone}",
        "UPDATE recall_case SET approved_by = {someone}, approved_at = now()",
    ),
    "audit": (
        "DELETE FROM audit_entry",
        "UPDATE audit_entry SET after = ''",
        "INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, before, after, previous, hash) "
        "VALUES ({someone}, 999, 'x', 'movement', '1', 'insert', '', '', '', '')",
        "UPDATE audit_head SET sequence = 0, hash = ''",
        "INSERT INTO audit_head VALUES (999, 0, '')",
        "DELETE FROM audit_head",
        "TRUNCATE audit_entry, audit_head",
        "UPDATE audit_seal SET hash = 'x'",
        "DELETE FROM audit_seal",
        "INSERT INTO audit_seal (n, at, heads, hash) VALUES (999, now(), '[]', 'x')",
        "SELECT * FROM audit_head FOR UPDATE",
        "ALTER TABLE movement DISABLE TRIGGER audit_row",
        "INSERT INTO ended_session (pid, login, address, program, state, opened_at, ended_at) "
        "VALUES (1, 'x', '', '', '', now(), now())",
        "UPDATE operation SET answer = 'x'",
    ),
    "persons and roles": (
        "INSERT INTO person_role (person_id, role, granted_by, granted_at, scope) "
        "VALUES ({me}, 'executive', {someone}, now(), '')",
        "INSERT INTO person_role (person_id, role, granted_by, granted_at, scope) "
        "VALUES ({me}, 'security_admin', NULL, now(), '')",
        "UPDATE person_role SET role = 'executive' WHERE person_id = {me}",
        "UPDATE person_role SET ended_at = NULL",
        "DELETE FROM person_role",
        "UPDATE person SET is_active = true, login = 'boss2' WHERE id = {me}",
        "UPDATE person SET password_hash = 'x'",
        "SELECT password_hash FROM person",
        "SELECT * FROM past_password",
        "INSERT INTO person (login, name_zh, name_en, password_hash, is_active, failed_tries, created_at, must_change) "
        "VALUES ('ghost', 'x', 'x', '-', true, 0, now(), false)",
        'GRANT "{group}:executive" TO "{login}"',
        'GRANT "{group}:owner" TO "{login}"',
        'SET ROLE "{group}:owner"',
        "SET SESSION AUTHORIZATION postgres",
        'ALTER ROLE "{login}" SUPERUSER',
        "ALTER ROLE \"{other_login}\" PASSWORD 'mine'",
        "CREATE ROLE ghost LOGIN",
        "SELECT rolpassword FROM pg_authid",
        "UPDATE workstation SET location_id = NULL",
    ),
    "patient data": (
        "SELECT visit_no FROM patient_use",
        "SELECT * FROM patient_use",
        "SELECT to_jsonb(patient_use) FROM patient_use",
        "COPY patient_use TO STDOUT",
        "COPY (SELECT visit_no FROM patient_use) TO '/tmp/visits'",
        "UPDATE patient_use SET visit_no = 'V0'",
        "DELETE FROM patient_use",
        "TRUNCATE patient_use",
        "INSERT INTO patient_use (movement_id, visit_no, used_at) VALUES ({receipt}, 'V1', now())",
        "SELECT 1 FROM patient_use WHERE visit_no LIKE 'ZY%'",
        "CREATE TEMP VIEW peek AS SELECT visit_no FROM patient_use",
        "ALTER TABLE patient_use DISABLE ROW LEVEL SECURITY",
        "DELETE FROM patient_look",
        "INSERT INTO patient_look (person_id, at, batch_id, reason) VALUES ({someone}, now(), {batch}, 'x')",
        "SELECT patients_of({batch}, '')",
        "SELECT most_common_vals FROM pg_stats WHERE tablename = 'patient_use' AND attname = 'visit_no'",
    ),
    "definer functions": (
        "SELECT person_add('ghost', 'x', 'x', NULL, '', '{{security_admin,it_admin}}', '{{\"\",\"\"}}')",
        "SELECT person_set_roles({me}, '{{executive}}', '{{\"\"}}')",
        "SELECT person_set_active({me}, true)",
        "SELECT person_reset_password({me}, '')",
        "SELECT login_make('ghost', '', 'owner')",
        "SELECT login_secret('boss', 'SCRAM-SHA-256$4096:AAAA$AAAA:AAAA')",
        "SELECT login_groups({me})",
        "SELECT password_change('plain words')",
        "SELECT workstation_add('pc\"; DROP TABLE movement; --', NULL, '')",
        "SELECT person_add('x\"; DROP ROLE boss; --', 'x', 'x', NULL, '', '{{}}', '{{}}')",
        "SELECT set_config('recalldesk.actor', '{someone}', false); SELECT 1 WHERE current_actor() = {someone}",
        "SET search_path = pg_temp; CREATE TEMP TABLE person (id int, login text); SELECT public.current_actor()",
        "SELECT refuse_change()",
        "SELECT audit_row()",
        "SELECT movement_serial(m) FROM movement AS m",
        "SELECT group_of('executive')",
        "SELECT login_role('boss')",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'",
    ),
    "ddl": (
        "CREATE TABLE mine (id int)",
        "CREATE TEMP TABLE mine (id int)",
        "CREATE FUNCTION current_actor(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION current_actor() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA mine",
        "CREATE EXTENSION dblink",
        "DROP TABLE movement CASCADE",
        "DROP TRIGGER movement_wall ON movement",
        "ALTER TABLE movement ADD COLUMN x int",
        "ALTER TABLE movement DISABLE TRIGGER ALL",
        "CREATE RULE r AS ON INSERT TO movement DO INSTEAD NOTHING",
        "CREATE TRIGGER t BEFORE INSERT ON movement FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        "CREATE INDEX mine ON movement (id)",
        "COMMENT ON TABLE movement IS 'mine'",
        "GRANT ALL ON movement TO PUBLIC",
        "ALTER DATABASE {database} SET session_replication_role = replica",
        "DO $$ BEGIN EXECUTE 'DROP TABLE movement'; END $$",
        "VACUUM FULL movement",
        "CLUSTER movement USING pk_movement",
        "DROP POLICY own_place ON department_task",
        "SELECT lo_import('/etc/passwd')",
        "SELECT pg_read_file('/etc/passwd')",
    ),
}

ATTACKS: tuple[Attack, ...] = tuple(Attack(target, sql) for target, several in _BY_TARGET.items() for sql in several)

_MAIL = (
    "INSERT INTO mail (message_id, recipients, subject, body, cause, composed_at, state, tries, next_try_at, "
    "claimed_fence, sent_at, trouble) VALUES ('<{op}@x>', %s, 's', 'b', 'news', now(), %s, 0, now(), 0, %s, '')"
)
_NEWS = (
    "INSERT INTO news (file_name, content_hash, text, arrived_at, state, trouble, settled_reason, settled_by) "
    "VALUES ('a.txt', '{op}', 'x', now(), %s, '', '', %s)"
)
OF_THE_AGENT: tuple[Attack, ...] = tuple(
    Attack("the agent", sql)
    for sql in (
        "UPDATE agent_lease SET held_until = '2099-01-01'",
        "UPDATE agent_lease SET person_id = {someone}",
        "UPDATE agent_lease SET fence = 0",
        "UPDATE agent_lease SET fence = fence + 100",
        "UPDATE agent_lease SET holder = 'me'",
        "DELETE FROM agent_lease",
        "INSERT INTO agent_lease SELECT * FROM agent_lease ON CONFLICT (id) DO UPDATE SET held_until = '2099-01-01'",
        "DELETE FROM agent_job",
        "DELETE FROM reminder",
        "UPDATE reminder SET late_seconds = 0",
        _MAIL % ("'stranger@elsewhere.example'", "'waiting'", "NULL"),
        _MAIL % ("'it@hospital.example'", "'sent'", "now()"),
        "UPDATE mail SET recipients = 'stranger@elsewhere.example'",
        "UPDATE mail SET body = 'x'",
        "DELETE FROM mail",
        "UPDATE setting SET value = 'stranger@elsewhere.example' WHERE key = 'mail.recipients'",
        _NEWS % ("'aside'", "{me}"),
        _NEWS % ("'waiting'", "{someone}"),
        "UPDATE news SET state = 'aside', settled_by = {someone}, settled_at = now()",
        "UPDATE news SET text = 'nothing'",
        "DELETE FROM news",
        "INSERT INTO audit_seal (n, at, heads, hash) SELECT max(n) + 1, now(), '[]', 'x' FROM audit_seal",
        "DELETE FROM service_person",
        "INSERT INTO service_person (person_id, made_at) VALUES ({someone}, now())",
        "SELECT agent_admit('')",
        "UPDATE department_task SET state = 'done', finished_by = {me}, finished_at = now()",
    )
)
"""After what the agent and whoever stands in for it may write: never so."""
