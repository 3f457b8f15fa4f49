-- People on PostgreSQL: who a login is, what the security administrator may do, what a workstation may see.
-- A login of the server is the installation's prefix and the person's own name; without a prefix a directory may answer.
CREATE FUNCTION login_role(person_login text) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT login_prefix || person_login FROM schema_info WHERE id = 1);
END $$
----
-- The place of the workstation behind this connection; NULL for a person and for a workstation without a fixed place.
CREATE FUNCTION workstation_place() RETURNS integer LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT location_id FROM workstation WHERE login_role(login) = session_user AND is_active);
END $$
----
-- What a locked screen may know. These two views run with the owner's rights: a workstation has no others.
CREATE VIEW place_alarm AS
  SELECT department_task.location_id, location.name_zh AS place_zh, location.name_en AS place_en,
    department_task.id AS task_id, department_task.number AS task_number, department_task.state,
    department_task.expected, department_task.acknowledge_by, department_task.done_by,
    recall_case.id AS case_id, recall_case.number AS case_number, recall_case.kind, recall_case.recall_class,
    recall_case.title, recall_case.hazard, recall_case.launched_at, site.name_zh AS site_zh, site.name_en AS site_en,
    coalesce((SELECT store.phone FROM location AS store WHERE store.site_id = location.site_id AND store.kind = 'store'
      AND store.is_active ORDER BY store.id LIMIT 1), '') AS phone,
    coalesce((SELECT string_agg(product.name_zh || E'\t' || product.name_en || E'\t' || batch.lot_no, E'\n'
        ORDER BY product.id, batch.lot_key, batch.id)
      FROM task_line JOIN batch ON batch.id = task_line.batch_id JOIN product ON product.id = batch.product_id
      WHERE task_line.task_id = department_task.id), '') AS goods
  FROM department_task JOIN recall_case ON recall_case.id = department_task.case_id
    JOIN location ON location.id = department_task.location_id JOIN site ON site.id = location.site_id
  WHERE recall_case.state IN ('active', 'reconciling') AND department_task.finished_at IS NULL
    AND department_task.location_id = coalesce(workstation_place(), department_task.location_id)
----
-- When each department had to sign for its task and to finish it: what the clocks need, and no goods. Whoever stands in
-- for the agent watches those of all departments.
CREATE VIEW task_clock AS
  SELECT id, case_id, location_id, number, state, acknowledge_by, done_by, acknowledged_at, finished_at FROM department_task
----
-- Three kinds of row for each device identifier: the product itself, its lots with their layers, its standing locks.
CREATE VIEW scan_verdict AS
  SELECT device_identifier.di, 'product' AS part, product.name_zh, product.name_en, product.spec, product.needs_lot,
    product.needs_serial, NULL::text AS lot_key, NULL::text AS lot_no, NULL::date AS expiry_on, NULL::text AS layer, NULL::text AS reason,
    NULL::text AS case_number, NULL::text AS hazard, NULL::timestamptz AS since
  FROM device_identifier JOIN product ON product.id = device_identifier.product_id
  UNION ALL
  SELECT device_identifier.di, 'batch', product.name_zh, product.name_en, product.spec, product.needs_lot,
    product.needs_serial, spelling.lot_key, batch.lot_no, batch.expiry_on, batch_layer.layer, NULL, NULL, NULL, NULL
  FROM device_identifier JOIN product ON product.id = device_identifier.product_id
    JOIN batch ON batch.product_id = product.id
    JOIN (SELECT id AS batch_id, lot_key FROM batch UNION SELECT batch_id, old_key FROM batch_supplement
      WHERE field = 'lot_no') AS spelling ON spelling.batch_id = batch.id
    LEFT JOIN batch_layer ON batch_layer.batch_id = batch.id
  UNION ALL
  SELECT device_identifier.di, 'lock', product.name_zh, product.name_en, product.spec, product.needs_lot,
    product.needs_serial, lot_lock.lot_key, NULL, NULL, lot_lock.layer, lot_lock.reason, recall_case.number,
    recall_case.hazard, lot_lock.locked_at
  FROM device_identifier JOIN product ON product.id = device_identifier.product_id
    JOIN lot_lock ON lot_lock.product_id = product.id
    LEFT JOIN recall_case ON recall_case.id = lot_lock.case_id
  WHERE NOT EXISTS (SELECT 1 FROM lock_lift WHERE lock_lift.lock_id = lot_lock.id)
----
-- Whose use it was without saying whose: one number per visit, and the tail that the screen shows.
CREATE VIEW patient_mark AS
  SELECT movement_id, used_at, (SELECT min(first.id) FROM patient_use AS first WHERE first.visit_no = patient_use.visit_no)
    AS patient, '●●●● ' || right(visit_no, CASE WHEN length(visit_no) >= 6 THEN 4 ELSE 1 END) AS shown
  FROM patient_use
----
CREATE FUNCTION demand_duty(wanted text) RETURNS integer LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
  me integer := current_actor();
BEGIN
  IF me IS NULL THEN
    -- Before anybody can sign in, and for copying, the owner of the database acts for the installation itself.
    IF EXISTS (SELECT 1 FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()
        AND pg_catalog.pg_get_userbyid(datdba) = session_user) THEN
      RETURN NULL;
    END IF;
    PERFORM refuse('not_signed_in');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM person_role JOIN rule_duty ON rule_duty.role = person_role.role
      WHERE person_id = me AND ended_at IS NULL AND duty = wanted) THEN
    PERFORM refuse('forbidden');
  END IF;
  RETURN me;
END $$
----
-- The end of one's own chain first, so that one person at two desks waits in line, never in a circle.
CREATE FUNCTION take_turn() RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT sequence FROM audit_head WHERE person_id = current_actor() FOR UPDATE);
END $$
----
-- Waits in the fair queue of the table, and lets go as soon as it is granted; see app.models.going_first.
CREATE FUNCTION keep_the_line(waiting integer, milliseconds integer) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM demand_duty('hold');
  IF pg_catalog.cardinality(pg_catalog.pg_blocking_pids(waiting)) = 0 THEN RETURN; END IF;
  PERFORM pg_catalog.set_config('lock_timeout', greatest(milliseconds, 1)::text, true);
  BEGIN
    LOCK TABLE product IN EXCLUSIVE MODE;
    RAISE EXCEPTION USING ERRCODE = 'RDLET';
  EXCEPTION WHEN SQLSTATE 'RDLET' THEN
    NULL;
  END;
END $$
----
CREATE FUNCTION next_in_series(name text) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
  given integer;
BEGIN
  PERFORM demand_duty('run_recall');
  INSERT INTO number_series (series, last) VALUES (name, 0) ON CONFLICT DO NOTHING;
  UPDATE number_series SET last = last + 1 WHERE series = name RETURNING last INTO given;
  RETURN given;
END $$
----
CREATE FUNCTION group_of(role text) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT installation || ':' || role FROM schema_info WHERE id = 1);
END $$
----
-- A person who is a program: no role, no person's rights, and nobody's first password to change.
CREATE FUNCTION is_program(of_person integer) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM service_person WHERE person_id = of_person);
END $$
----
-- A password never comes here in clear: only what SCRAM keeps of it, or nothing where a directory answers.
CREATE FUNCTION login_secret(login text, secret text) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
  IF secret = '' THEN RETURN; END IF;
  IF secret !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN
    PERFORM refuse('weak_password');
  END IF;
  EXECUTE format('ALTER ROLE %I PASSWORD %L', login_role(login), secret);
END $$
----
CREATE FUNCTION login_make(login text, secret text, belongs_to text) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
  IF login !~ '^[[:alnum:]][[:alnum:]_.@-]*$' OR octet_length(login_role(login)) > 63 THEN PERFORM refuse('login_name'); END IF;
  IF EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = login_role(login)) THEN PERFORM refuse('exists'); END IF;
  EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', login_role(login));
  EXECUTE format('GRANT %I TO %I', group_of(belongs_to), login_role(login));
  PERFORM login_secret(login, secret);
END $$
----
CREATE FUNCTION login_of(of_person integer) RETURNS text LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
  found_login text;
BEGIN
  SELECT login INTO found_login FROM person WHERE id = of_person FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('path'); END IF;
  RETURN found_login;
END $$
----
-- Groups of the server follow the roles that stand in the table.
CREATE FUNCTION login_groups(of_person integer) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
  mine text := login_role(login_of(of_person));
  one record;
BEGIN
  -- A person who came by copy has no login before the first password here; their groups come with it.
  IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = mine) THEN RETURN; END IF;
  FOR one IN SELECT DISTINCT role, EXISTS (SELECT 1 FROM person_role AS held WHERE held.person_id = of_person
      AND held.role = rule_duty.role AND held.ended_at IS NULL) AS is_held FROM rule_duty LOOP
    IF one.is_held AND NOT pg_catalog.pg_has_role(mine, group_of(one.role), 'MEMBER') THEN
      EXECUTE format('GRANT %I TO %I', group_of(one.role), mine);
    ELSIF NOT one.is_held AND pg_catalog.pg_has_role(mine, group_of(one.role), 'MEMBER') THEN
      EXECUTE format('REVOKE %I FROM %I', group_of(one.role), mine);
    END IF;
  END LOOP;
END $$
----
-- What the security administrator may do, each demanded here and written down by the tables' own audit.
CREATE FUNCTION person_add(new_login text, zh text, en text, place integer, secret text, roles text[], scopes text[]) RETURNS integer
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  me integer := demand_duty('grant_roles');
  given integer;
BEGIN
  PERFORM login_make(new_login, secret, 'person');
  INSERT INTO person (login, name_zh, name_en, password_hash, is_active, failed_tries, location_id, created_at, must_change)
    VALUES (new_login, zh, en, '-', true, 0, place, clock_timestamp(), secret <> '') RETURNING id INTO given;
  INSERT INTO person_role (person_id, role, granted_by, granted_at, scope)
    SELECT given, wanted, me, clock_timestamp(), limits FROM unnest(roles, scopes) AS asked(wanted, limits) ORDER BY wanted;
  PERFORM login_groups(given);
  PERFORM password_kept(given, secret);
  RETURN given;
END $$
----
CREATE FUNCTION person_set_roles(of_person integer, roles text[], scopes text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  me integer := demand_duty('grant_roles');
BEGIN
  IF of_person = me THEN PERFORM refuse('own_grant'); END IF;
  PERFORM login_of(of_person);
  UPDATE person_role SET ended_at = clock_timestamp() WHERE person_id = of_person AND ended_at IS NULL AND NOT EXISTS
    (SELECT 1 FROM unnest(roles, scopes) AS asked(wanted, limits) WHERE wanted = role AND limits = scope);
  INSERT INTO person_role (person_id, role, granted_by, granted_at, scope)
    SELECT of_person, wanted, me, clock_timestamp(), limits FROM unnest(roles, scopes) AS asked(wanted, limits) WHERE NOT EXISTS
      (SELECT 1 FROM person_role WHERE person_id = of_person AND role = wanted AND scope = limits AND ended_at IS NULL)
    ORDER BY wanted;
  PERFORM login_groups(of_person);
END $$
----
-- A badge names a person, it proves nothing; a locked screen may ask whose it is.
CREATE FUNCTION login_of_badge(code text) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT login FROM person WHERE badge_no = code AND is_active);
END $$
----
CREATE FUNCTION person_set_badge(of_person integer, code text) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM demand_duty('grant_roles');
  UPDATE person SET badge_no = nullif(code, '') WHERE id = of_person;
END $$
----
-- Ended means at once: no new connection, and those that stand are cut.
CREATE FUNCTION person_set_active(of_person integer, becomes boolean) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  me integer := demand_duty('grant_roles');
  named text := login_of(of_person);
BEGIN
  IF of_person = me THEN PERFORM refuse('own_account'); END IF;
  UPDATE person SET is_active = becomes WHERE id = of_person;
  IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = login_role(named)) THEN RETURN; END IF;
  IF becomes THEN
    EXECUTE format('ALTER ROLE %I LOGIN', login_role(named));
  ELSE
    EXECUTE format('ALTER ROLE %I NOLOGIN', login_role(named));
    PERFORM pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
      WHERE usename = login_role(named) AND datname = pg_catalog.current_database();
  END IF;
END $$
----
-- Another person's password; a person who came by copy has no login yet and gets one here.
CREATE FUNCTION person_reset_password(of_person integer, secret text) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  me integer := demand_duty('grant_roles');
  named text := login_of(of_person);
BEGIN
  IF of_person = me THEN PERFORM refuse('own_account'); END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = login_role(named)) THEN
    PERFORM login_make(named, secret, CASE WHEN is_program(of_person) THEN 'agent' ELSE 'person' END);
    PERFORM login_groups(of_person);
  ELSE
    PERFORM login_secret(named, secret);
  END IF;
  PERFORM password_kept(of_person, secret);
  UPDATE person SET password_set_at = clock_timestamp(), must_change = NOT is_program(of_person) WHERE id = of_person;
END $$
----
CREATE FUNCTION password_change(secret text) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  mine person%ROWTYPE;
BEGIN
  SELECT * INTO mine FROM person WHERE login_role(login) = session_user AND is_active;
  IF NOT FOUND THEN PERFORM refuse('not_signed_in'); END IF;
  PERFORM login_secret(mine.login, secret);
  PERFORM password_kept(mine.id, secret);
  UPDATE person SET password_set_at = clock_timestamp(), must_change = false WHERE id = mine.id;
END $$
----
-- Who is behind this connection, told before anything else is asked: also where the answer is that they may not go on.
CREATE FUNCTION my_account() RETURNS TABLE (person_id integer, is_active boolean, must_change boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT person.id, person.is_active, person.must_change
    FROM person WHERE login_role(person.login) = session_user;
END $$
----
CREATE FUNCTION workstation_add(new_login text, place integer, secret text) RETURNS integer
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  me integer := demand_duty('set_up');
  given integer;
BEGIN
  PERFORM login_make(new_login, secret, 'workstation');
  INSERT INTO workstation (login, location_id, is_active, added_by, added_at)
    VALUES (new_login, place, true, me, clock_timestamp()) RETURNING id INTO given;
  RETURN given;
END $$
----
-- A PC was carried elsewhere: from this moment it hears the alarm of that place.
CREATE FUNCTION workstation_move(of_workstation integer, place integer) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM demand_duty('set_up');
  UPDATE workstation SET location_id = place WHERE id = of_workstation AND is_active;
  IF NOT FOUND THEN PERFORM refuse('path'); END IF;
END $$
----
CREATE FUNCTION workstation_end(of_workstation integer) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  named text;
BEGIN
  PERFORM demand_duty('set_up');
  UPDATE workstation SET is_active = false WHERE id = of_workstation RETURNING login INTO named;
  IF NOT FOUND THEN PERFORM refuse('path'); END IF;
  -- One that came by copy never had a login here.
  IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = login_role(named)) THEN RETURN; END IF;
  EXECUTE format('ALTER ROLE %I NOLOGIN', login_role(named));
  PERFORM pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
    WHERE usename = login_role(named) AND datname = pg_catalog.current_database();
END $$
----
-- Locking a row takes the right to change some column of it: the key is that column, and it never changes.
CREATE FUNCTION keep_key() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM refuse('append_only');
  RETURN NULL;
END $$
----
-- Departments see what concerns them; everybody else the whole house. Asked once per statement.
CREATE FUNCTION sees_all_places() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM person_role WHERE person_id = current_actor() AND ended_at IS NULL
    AND role NOT IN ('dept_liaison', 'dept_head')) OR is_program(current_actor());
END $$
----
-- Where a person's roles are limited: those places and no others; else the department they belong to.
CREATE FUNCTION my_places() RETURNS integer[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN ARRAY(SELECT location.id FROM person_role JOIN location
      ON ' ' || person_role.scope || ' ' LIKE '% place:' || location.id || ' %'
        OR ' ' || person_role.scope || ' ' LIKE '% site:' || location.site_id || ' %'
      WHERE person_id = current_actor() AND ended_at IS NULL AND scope <> ''
    UNION SELECT location_id FROM person WHERE id = current_actor() AND location_id IS NOT NULL AND (
      EXISTS (SELECT 1 FROM person_role WHERE person_id = person.id AND ended_at IS NULL AND scope = '')
      OR NOT EXISTS (SELECT 1 FROM person_role WHERE person_id = person.id AND ended_at IS NULL)));
END $$
----
CREATE FUNCTION my_tasks() RETURNS integer[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN ARRAY(SELECT id FROM department_task WHERE location_id = ANY (my_places()));
END $$
----
CREATE FUNCTION my_scope() RETURNS integer[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN ARRAY(SELECT batch_id FROM task_line WHERE task_id = ANY (my_tasks()));
END $$
----
-- Whose use it was: the department it happened in, who recorded it, and who looks after all patients.
CREATE FUNCTION sees_use(of_movement integer) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
  me integer := current_actor();
BEGIN
  RETURN EXISTS (SELECT 1 FROM person_role WHERE person_id = me AND ended_at IS NULL AND role = 'clinical_affairs')
    OR EXISTS (SELECT 1 FROM movement WHERE id = of_movement AND (actor_id = me OR source_id = ANY (my_places())));
END $$
----
CREATE POLICY own_place ON department_task USING ((SELECT sees_all_places()) OR location_id = ANY ((SELECT my_places())::integer[]))
----
ALTER TABLE department_task ENABLE ROW LEVEL SECURITY
----
CREATE POLICY own_place ON task_line USING ((SELECT sees_all_places()) OR task_id = ANY ((SELECT my_tasks())::integer[]))
----
ALTER TABLE task_line ENABLE ROW LEVEL SECURITY
----
CREATE POLICY own_place ON scope_line USING ((SELECT sees_all_places()) OR batch_id = ANY ((SELECT my_scope())::integer[]))
----
ALTER TABLE scope_line ENABLE ROW LEVEL SECURITY
----
CREATE POLICY own_place ON patient_use USING (sees_use(movement_id))
----
ALTER TABLE patient_use ENABLE ROW LEVEL SECURITY
----
-- The only way to a patient's number: it says why, and is written down before the answer.
CREATE FUNCTION patients_of(of_batch integer, why text) RETURNS TABLE (movement_id integer, visit_no text, used_at timestamptz)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  me integer := demand_duty('see_patients');
BEGIN
  IF length(trim(why)) = 0 THEN PERFORM refuse('reason_missing'); END IF;
  INSERT INTO patient_look (person_id, at, batch_id, reason) VALUES (me, clock_timestamp(), of_batch, why);
  RETURN QUERY SELECT patient_use.movement_id, patient_use.visit_no::text, patient_use.used_at FROM patient_use
    JOIN movement ON movement.id = patient_use.movement_id
    WHERE (movement.batch_id = of_batch OR movement.batch_id IN (SELECT kit_batch_id FROM kit_content WHERE batch_id = of_batch))
      AND (me IS NULL OR sees_use(movement.id)) ORDER BY movement.id;
END $$
----
CREATE TRIGGER patient_look_wall BEFORE INSERT ON patient_look FOR EACH ROW EXECUTE FUNCTION own_name_wall('person_id')
----
ALTER TABLE patient_look ENABLE ALWAYS TRIGGER patient_look_wall
----
-- A line is taken off a draft; what was posted or handed over keeps every line.
CREATE FUNCTION draft_line_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF (TG_TABLE_NAME = 'delivery_line' AND EXISTS (SELECT 1 FROM delivery
        WHERE id = (to_jsonb(OLD) ->> 'delivery_id')::integer AND posted_at IS NOT NULL))
      OR (TG_TABLE_NAME = 'departure_line' AND EXISTS (SELECT 1 FROM departure
        WHERE id = (to_jsonb(OLD) ->> 'departure_id')::integer AND state <> 'draft')) THEN
    PERFORM refuse('append_only');
  END IF;
  RETURN OLD;
END $$
----
CREATE TRIGGER draft_line_wall BEFORE DELETE ON delivery_line FOR EACH ROW EXECUTE FUNCTION draft_line_wall()
----
ALTER TABLE delivery_line ENABLE ALWAYS TRIGGER draft_line_wall
----
CREATE TRIGGER draft_line_wall BEFORE DELETE ON departure_line FOR EACH ROW EXECUTE FUNCTION draft_line_wall()
----
ALTER TABLE departure_line ENABLE ALWAYS TRIGGER draft_line_wall
----
-- When a step was taken goes with who took it: the moment alone is never set right.
CREATE FUNCTION recall_case_moments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state = OLD.state AND NOT is_loading() AND (
      (NEW.approved_at IS DISTINCT FROM OLD.approved_at AND NEW.approved_by IS NOT DISTINCT FROM OLD.approved_by)
      OR (NEW.launched_at IS DISTINCT FROM OLD.launched_at AND NEW.launched_by IS NOT DISTINCT FROM OLD.launched_by)
      OR (NEW.review_at IS DISTINCT FROM OLD.review_at AND NEW.review_by IS NOT DISTINCT FROM OLD.review_by)
      OR (NEW.closed_at IS DISTINCT FROM OLD.closed_at AND NEW.closed_by IS NOT DISTINCT FROM OLD.closed_by)) THEN
    PERFORM refuse('append_only');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER recall_case_moments BEFORE UPDATE ON recall_case FOR EACH ROW EXECUTE FUNCTION recall_case_moments()
----
ALTER TABLE recall_case ENABLE ALWAYS TRIGGER recall_case_moments
----
-- Which workstations listen at this moment, and since when: who sets the installation up sees a PC that is dead.
CREATE FUNCTION workstations_here() RETURNS TABLE (workstation_id integer, here_since timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM demand_duty('set_up');
  RETURN QUERY SELECT workstation.id, min(activity.backend_start) FROM workstation
    JOIN pg_catalog.pg_stat_activity AS activity ON activity.usename = login_role(workstation.login)
      AND activity.datname = pg_catalog.current_database()
    GROUP BY workstation.id;
END $$
----
-- Of a password only so much stays that its return is noticed: salt and rounds of SCRAM, and a digest of its key with
-- which nobody signs in. Nothing where the house has set no history.
CREATE FUNCTION password_kept(of_person integer, secret text) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF secret = '' OR NOT EXISTS (SELECT 1 FROM setting WHERE key = 'password.history' AND value <> '0') THEN RETURN; END IF;
  INSERT INTO past_password (person_id, password_hash, ended_at) VALUES (of_person,
    split_part(secret, '$', 2) || '$' || encode(sha256(decode(split_part(split_part(secret, '$', 3), ':', 1), 'base64')), 'hex'),
    clock_timestamp());
END $$
----
-- One's own, the newest first, as many as the house forbids again.
CREATE FUNCTION my_past_passwords() RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT past_password.password_hash::text FROM past_password
    WHERE person_id = (SELECT id FROM person WHERE login_role(login) = session_user)
    ORDER BY past_password.id DESC
    LIMIT (SELECT value::integer FROM setting WHERE key = 'password.history' AND value ~ '^[0-9]{1,4}$');
END $$
----
-- The agent's person with a login of its own, made or given a new secret; none where a certificate answers for it.
CREATE FUNCTION agent_admit(secret text) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
  me integer := demand_duty('grant_roles');
  named CONSTANT text := 'recalldesk-agent';
  given integer;
BEGIN
  SELECT id INTO given FROM person WHERE login = named FOR UPDATE;
  IF given IS NULL THEN
    INSERT INTO person (login, name_zh, name_en, password_hash, is_active, failed_tries, created_at, must_change)
      VALUES (named, '值守程序', 'Agent', '!', true, 0, clock_timestamp(), false) RETURNING id INTO given;
    INSERT INTO service_person (person_id, made_at) VALUES (given, clock_timestamp());
  ELSIF NOT is_program(given) THEN
    PERFORM refuse('exists');
  END IF;
  IF EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = login_role(named)) THEN
    PERFORM login_secret(named, secret);
  ELSE
    PERFORM login_make(named, secret, 'agent');
  END IF;
  RETURN given;
END $$
----
-- Whoever keeps the watch says so in their own name, for a minute at most, and the fence only grows: nobody can hold it
-- for ever, nor let one who lost it act again.
CREATE FUNCTION agent_lease_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF is_loading() THEN RETURN NEW; END IF;
  IF NEW.person_id IS DISTINCT FROM current_actor() THEN PERFORM refuse('not_signed_in'); END IF;
  IF NEW.held_until > clock_timestamp() + interval '1 minute' OR (TG_OP = 'UPDATE' AND (NEW.fence NOT BETWEEN OLD.fence
      AND OLD.fence + 1 OR (NEW.holder <> OLD.holder AND NEW.fence = OLD.fence))) THEN
    PERFORM refuse('path');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER agent_lease_wall BEFORE INSERT OR UPDATE ON agent_lease FOR EACH ROW EXECUTE FUNCTION agent_lease_wall()
----
ALTER TABLE agent_lease ENABLE ALWAYS TRIGGER agent_lease_wall
----
-- E-mail goes only to whom IT has named, and is born unsent.
CREATE FUNCTION mail_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT is_loading() AND (NEW.state <> 'waiting' OR NEW.tries <> 0 OR NEW.sent_at IS NOT NULL OR NOT EXISTS
      (SELECT 1 FROM setting WHERE key = 'mail.recipients'
        AND regexp_split_to_array(trim(NEW.recipients), '\s*[,;]\s*') <@ regexp_split_to_array(trim(value), '\s*[,;]\s*'))) THEN
    PERFORM refuse('path');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER mail_wall BEFORE INSERT ON mail FOR EACH ROW EXECUTE FUNCTION mail_wall()
----
ALTER TABLE mail ENABLE ALWAYS TRIGGER mail_wall
----
-- A notice that arrived waits until a person settles it, once and in their own name.
CREATE FUNCTION news_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF is_loading() THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'waiting' OR NEW.settled_by IS NOT NULL THEN PERFORM refuse('path'); END IF;
  ELSIF OLD.state <> 'waiting' THEN
    PERFORM refuse('append_only');
  ELSIF NEW.state <> OLD.state AND NEW.settled_by IS DISTINCT FROM current_actor() THEN
    PERFORM refuse('not_signed_in');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER news_wall BEFORE INSERT OR UPDATE ON news FOR EACH ROW EXECUTE FUNCTION news_wall()
----
ALTER TABLE news ENABLE ALWAYS TRIGGER news_wall
----
-- Three administrators are kept apart: each sets what belongs to their duty, by whatever way they come to the table.
CREATE FUNCTION setting_duty() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF current_actor() IS NOT NULL AND NOT is_loading() AND NEW.key ~ '^(mail|password|requisition)\.' THEN
    PERFORM demand_duty(CASE split_part(NEW.key, '.', 1)
      WHEN 'mail' THEN 'set_up' WHEN 'password' THEN 'grant_roles' ELSE 'set_rules' END);
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER setting_duty BEFORE INSERT OR UPDATE ON setting FOR EACH ROW EXECUTE FUNCTION setting_duty()
----
ALTER TABLE setting ENABLE ALWAYS TRIGGER setting_duty
----
-- That a case was approved or ended stands in its diary only under the signature of who did it.
CREATE FUNCTION case_entry_signed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT is_loading() AND EXISTS (SELECT 1 FROM rule_signed WHERE act = NEW.act) AND NOT EXISTS (SELECT 1 FROM signature
      JOIN rule_signed ON rule_signed.meaning = signature.meaning
      WHERE rule_signed.act = NEW.act AND op_id = NEW.op_id AND person_id = NEW.person_id) THEN
    PERFORM refuse('unsigned');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER case_entry_signed BEFORE INSERT ON case_entry FOR EACH ROW EXECUTE FUNCTION case_entry_signed()
----
ALTER TABLE case_entry ENABLE ALWAYS TRIGGER case_entry_signed
----
-- A case is approved, ended and closed under a signature: of who does it, with that meaning, given over this very case,
-- and not spent on another act before.
CREATE FUNCTION signed_over(this recall_case, signer integer, done text) RETURNS boolean LANGUAGE plpgsql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM signature JOIN rule_signed ON rule_signed.meaning = signature.meaning
    WHERE rule_signed.act = done AND person_id = signer
      AND strpos(content || E'\n', E'\ncase: ' || this.number || E'\n') > 0
      AND NOT EXISTS (SELECT 1 FROM case_entry WHERE case_entry.op_id = signature.op_id));
END $$
----
CREATE FUNCTION signed_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF is_loading() THEN RETURN NEW; END IF;
  IF NEW.approved_by IS NOT NULL AND NEW.approved_by IS DISTINCT FROM OLD.approved_by
      AND NOT signed_over(NEW, NEW.approved_by, 'approved') THEN
    PERFORM refuse('unsigned');
  END IF;
  IF ((NEW.state IN ('closed', 'not_affected', 'withdrawn') AND NEW.state <> OLD.state)
      OR (NEW.closed_by IS NOT NULL AND NEW.closed_by IS DISTINCT FROM OLD.closed_by)) AND NOT signed_over(NEW, NEW.closed_by,
        CASE WHEN NEW.state IN ('not_affected', 'withdrawn') THEN NEW.state::text ELSE 'closed' END) THEN
    PERFORM refuse('unsigned');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER signed_case BEFORE UPDATE ON recall_case FOR EACH ROW EXECUTE FUNCTION signed_case()
----
ALTER TABLE recall_case ENABLE ALWAYS TRIGGER signed_case
----
-- Roles are given and ended under the signature of who grants, over this person's name, this role and where it holds,
-- and not spent before.
CREATE FUNCTION signed_grant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  granter integer := CASE WHEN TG_OP = 'INSERT' THEN NEW.granted_by ELSE current_actor() END;
  this person_role := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
  said text := ': ' || rtrim(this.role || ' ' || this.scope) || ' · ';
BEGIN
  IF granter IS NOT NULL AND NOT is_loading() AND NOT EXISTS (SELECT 1 FROM signature JOIN person ON person.id = NEW.person_id
      WHERE signature.person_id = granter AND meaning = 'grant_roles'
        AND strpos(content || E'\n', E'\nlogin: ' || person.login || E'\n') > 0
        AND strpos(content, CASE WHEN TG_OP = 'INSERT' THEN E'\ngranted' ELSE E'\nbefore' END || said) > 0
        AND NOT EXISTS (SELECT 1 FROM operation WHERE operation.op_id = signature.op_id)) THEN
    PERFORM refuse('unsigned');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER signed_grant BEFORE INSERT OR UPDATE ON person_role FOR EACH ROW EXECUTE FUNCTION signed_grant()
----
ALTER TABLE person_role ENABLE ALWAYS TRIGGER signed_grant
----
-- A batch is released and rejected by who has signed for it; a kit by who builds it.
CREATE FUNCTION signed_inspection() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT is_loading() AND NOT EXISTS (SELECT 1 FROM kit_content WHERE kit_batch_id = NEW.batch_id)
      AND NOT EXISTS (SELECT 1 FROM signature WHERE op_id = NEW.op_id AND person_id = NEW.actor_id
        AND meaning = CASE NEW.outcome WHEN 'released' THEN 'inspection_release' ELSE 'inspection_reject' END) THEN
    PERFORM refuse('unsigned');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER signed_inspection BEFORE INSERT ON movement FOR EACH ROW WHEN (((new.kind)::text = 'inspection'::text))
  EXECUTE FUNCTION signed_inspection()
----
ALTER TABLE movement ENABLE ALWAYS TRIGGER signed_inspection
----
-- A signature is written over a connection that its person has just opened with their password: a desk that was left
-- open signs nothing. Whoever owns the database has no person's password to ask for.
CREATE FUNCTION signature_fresh() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_catalog.pg_stat_activity WHERE pid = pg_catalog.pg_backend_pid()
      AND backend_start < pg_catalog.clock_timestamp() - interval '1 minute')
      AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()
        AND pg_catalog.pg_get_userbyid(datdba) = session_user) THEN
    RAISE EXCEPTION USING MESSAGE = 'wall:stale_signature', ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER signature_fresh BEFORE INSERT ON signature FOR EACH ROW EXECUTE FUNCTION signature_fresh()
----
ALTER TABLE signature ENABLE ALWAYS TRIGGER signature_fresh
