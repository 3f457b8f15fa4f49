-- The wall on PostgreSQL. Statements end with a line of four dashes. Codes after "wall:" are what app.models.refusals reads.
CREATE VIEW batch_layer AS
  SELECT id AS batch_id, inspection AS layer FROM batch WHERE inspection IN ('pending', 'rejected')
  UNION
  SELECT batch.id, lot_lock.layer FROM batch JOIN lot_lock
    ON lot_lock.product_id = batch.product_id AND (lot_lock.lot_key IS NULL OR lot_lock.lot_key = batch.lot_key)
  WHERE NOT EXISTS (SELECT 1 FROM lock_lift WHERE lock_lift.lock_id = lot_lock.id)
  UNION -- an earlier spelling of the lot holds the batch like the present one
  SELECT batch.id, lot_lock.layer FROM batch_supplement JOIN batch ON batch.id = batch_supplement.batch_id JOIN lot_lock
    ON lot_lock.product_id = batch.product_id AND lot_lock.lot_key = batch_supplement.old_key
  WHERE NOT EXISTS (SELECT 1 FROM lock_lift WHERE lock_lift.lock_id = lot_lock.id)
  UNION -- a component's lock is the kit's lock
  SELECT kit_content.kit_batch_id, batch.inspection FROM kit_content JOIN batch ON batch.id = kit_content.batch_id
  WHERE batch.inspection IN ('pending', 'rejected')
  UNION
  SELECT kit_content.kit_batch_id, lot_lock.layer FROM kit_content JOIN batch ON batch.id = kit_content.batch_id JOIN lot_lock
    ON lot_lock.product_id = batch.product_id AND (lot_lock.lot_key IS NULL OR lot_lock.lot_key = batch.lot_key)
  WHERE NOT EXISTS (SELECT 1 FROM lock_lift WHERE lock_lift.lock_id = lot_lock.id)
  UNION
  SELECT kit_content.kit_batch_id, lot_lock.layer FROM kit_content JOIN batch ON batch.id = kit_content.batch_id
    JOIN batch_supplement ON batch_supplement.batch_id = batch.id JOIN lot_lock
    ON lot_lock.product_id = batch.product_id AND lot_lock.lot_key = batch_supplement.old_key
  WHERE NOT EXISTS (SELECT 1 FROM lock_lift WHERE lock_lift.lock_id = lot_lock.id)
----
CREATE SEQUENCE document_number
----
CREATE FUNCTION refuse(code text) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = 'wall:' || code, ERRCODE = 'check_violation';
END $$
----
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM refuse('append_only');
  RETURN NULL;
END $$
----
-- The person behind this connection: the owner of the database says it per transaction, a personal login is its own name.
-- What every movement asks is PL/pgSQL: it keeps its plans for the connection, where SQL functions plan at every call.
CREATE FUNCTION current_actor() RETURNS integer LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()
      AND pg_catalog.pg_get_userbyid(datdba) = session_user) THEN
    RETURN nullif(pg_catalog.current_setting('recalldesk.actor', true), '')::integer;
  END IF;
  -- Nobody is their own name under another installation's prefix; a password given by another only lets them change it.
  RETURN (SELECT person.id FROM schema_info, person WHERE schema_info.id = 1
    AND starts_with(session_user::text, login_prefix) AND login = substr(session_user::text, length(login_prefix) + 1)
    AND is_active AND NOT must_change);
END $$
----
CREATE FUNCTION is_loading() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN coalesce((SELECT loading FROM schema_info WHERE id = 1), false);
END $$
----
CREATE FUNCTION site_today(zone text) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT (pg_catalog.now() AT TIME ZONE zone)::date
$$
----
CREATE FUNCTION require_read_committed() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF pg_catalog.current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('isolation');
  END IF;
END $$
----
CREATE FUNCTION field(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT pg_catalog.length(value) || ':' || value || ','
$$
----
-- Each field with its length before it, so that no two rows ever read the same; field() itself would be planned nine times.
CREATE FUNCTION audit_hash(previous text, person text, sequence text, at text, table_name text, row_id text, action text,
    before text, after text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.length(previous) || ':' || previous || ','
    || pg_catalog.length(person) || ':' || person || ','
    || pg_catalog.length(sequence) || ':' || sequence || ','
    || pg_catalog.length(at) || ':' || at || ','
    || pg_catalog.length(table_name) || ':' || table_name || ','
    || pg_catalog.length(row_id) || ':' || row_id || ','
    || pg_catalog.length(action) || ':' || action || ','
    || pg_catalog.length(before) || ':' || before || ','
    || pg_catalog.length(after) || ':' || after || ',', 'UTF8')), 'hex');
END $$
----
CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  person integer := coalesce(current_actor(), 0);
  was jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
  becomes jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
  hidden text[] := string_to_array(TG_ARGV[1], ',');
  told_before text := coalesce((was - hidden)::text, '');
  told_after text := coalesce((becomes - hidden)::text, '');
  key_of text;
  head audit_head%ROWTYPE;
  stamp text := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US');
  link text;
BEGIN
  IF strpos(TG_ARGV[0], ',') = 0 THEN
    key_of := coalesce(becomes, was) ->> TG_ARGV[0];
  ELSE
    SELECT string_agg(coalesce(becomes, was) ->> part, '/') INTO key_of FROM unnest(string_to_array(TG_ARGV[0], ',')) AS part;
  END IF;
  SELECT * INTO head FROM audit_head WHERE person_id = person FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO audit_head (person_id, sequence, hash) VALUES (person, 0, '') ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM audit_head WHERE person_id = person FOR UPDATE;
  END IF;
  link := audit_hash(head.hash, person::text, (head.sequence + 1)::text, stamp, TG_TABLE_NAME, key_of, lower(TG_OP),
    told_before, told_after);
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, before, after, previous, hash)
    VALUES (person, head.sequence + 1, stamp, TG_TABLE_NAME, key_of, lower(TG_OP), told_before, told_after, head.hash,
      link);
  UPDATE audit_head SET sequence = head.sequence + 1, hash = link WHERE person_id = person;
  RETURN NULL;
END $$
----
CREATE FUNCTION effects_on(movement_kind text, of_batch integer, at_place integer, passed_over text) RETURNS text[]
    LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  layers text[];
  may_be_locked boolean;
BEGIN
  -- What the batch itself says, and its components if it is a kit; and whether a lock was ever laid on it at all. That is
  -- one cheap step which errs on the safe side, and nearly always the only one.
  SELECT array_remove(array_agg(CASE WHEN inspection <> 'released' THEN inspection END)
      || array_agg(CASE WHEN expiry_on < (SELECT site_today(time_zone) FROM site JOIN location ON location.site_id = site.id
        WHERE location.id = at_place) THEN 'expired' END), NULL),
    bool_or(EXISTS (SELECT 1 FROM lot_lock WHERE product_id = batch.product_id AND (lot_key IS NULL OR lot_key = batch.lot_key
      OR EXISTS (SELECT 1 FROM batch_supplement WHERE batch_id = batch.id AND old_key = lot_lock.lot_key))))
    INTO layers, may_be_locked FROM batch
    WHERE id IN (SELECT of_batch UNION ALL SELECT batch_id FROM kit_content WHERE kit_batch_id = of_batch);
  IF may_be_locked THEN
    layers := layers || ARRAY(SELECT layer::text FROM batch_layer WHERE batch_id = of_batch);
  END IF;
  IF cardinality(layers) = 0 THEN RETURN '{}'; END IF;
  RETURN (SELECT coalesce(array_agg(effect), '{}') FROM rule_lock
    WHERE kind = movement_kind AND layer <> passed_over AND layer = ANY (layers));
END $$
----
-- The parts of movement_wall(): each says the code of what it refuses, or nothing. They run inside it, with its rights and
-- its search path; called alone they can do nothing that the caller could not. What they ask, they ask at once: each
-- question costs as much as its answer, and a posting is in no other way as often asked about.
CREATE FUNCTION movement_path(line movement, source_kind text, target_kind text, is_path boolean) RETURNS text
    LANGUAGE plpgsql AS $$
BEGIN
  -- What REFERENCES says too: replication mode switches it off.
  IF (line.source_id IS NOT NULL AND source_kind IS NULL) OR (line.target_id IS NOT NULL AND target_kind IS NULL) THEN
    RETURN 'path';
  END IF;
  IF line.kind = 'reversal' THEN
    IF NOT EXISTS (
        SELECT 1 FROM movement AS original WHERE original.id = line.reverses_id AND original.batch_id = line.batch_id
          AND original.quantity = line.quantity
          AND original.kind NOT IN ('inspection', 'reversal', 'kit_build', 'kit_open')
          AND original.serial_unit_id IS NOT DISTINCT FROM line.serial_unit_id
          AND original.target_id = line.source_id AND original.target_state = line.source_state
          AND original.source_id IS NOT DISTINCT FROM line.target_id
          AND (original.source_state IS NOT DISTINCT FROM line.target_state OR line.target_state = 'quarantined')) THEN
      RETURN 'path';
    END IF;
  ELSIF NOT is_path THEN
    RETURN 'path';
  END IF;
  IF (line.source_id = line.target_id AND line.source_state = line.target_state) <> (line.kind = 'inspection') THEN
    RETURN 'path';
  END IF;
  IF line.source_state IN ('in_stock', 'par') AND ((source_kind = 'store') = (line.source_state = 'in_stock')) IS NOT TRUE THEN
    RETURN 'place';
  END IF;
  IF line.target_state IN ('in_stock', 'in_transit', 'par')
      AND (target_kind <> 'quarantine' AND (target_kind = 'store') = (line.target_state <> 'par')) IS NOT TRUE THEN
    RETURN 'place';
  END IF;
  RETURN NULL;
END $$
----
CREATE FUNCTION movement_kit(line movement) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  -- A kit's own line: one unit, once, and only with the lines of everything that stands in it.
  IF line.kind NOT IN ('kit_build', 'kit_open') OR (line.source_state IS NOT NULL AND line.target_state IS NOT NULL) THEN
    RETURN NULL;
  END IF;
  IF line.quantity <> 1 OR NOT EXISTS (SELECT 1 FROM kit_content WHERE kit_batch_id = line.batch_id)
      OR (line.kind = 'kit_build' AND EXISTS (SELECT 1 FROM movement WHERE batch_id = line.batch_id))
      OR EXISTS (SELECT 1 FROM movement WHERE op_id = line.op_id AND kind = line.kind
        AND (source_state IS NULL OR target_state IS NULL))
      OR EXISTS (SELECT 1 FROM kit_content AS part WHERE part.kit_batch_id = line.batch_id AND NOT EXISTS
        (SELECT 1 FROM movement WHERE op_id = line.op_id AND kind = line.kind AND batch_id = part.batch_id
          AND quantity = part.quantity AND serial_unit_id IS NOT DISTINCT FROM part.serial_unit_id)) THEN
    RETURN 'path';
  END IF;
  RETURN NULL;
END $$
----
CREATE FUNCTION movement_who(line movement, is_of_kit boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  who record;
  -- Who builds a kit says that it is good.
  work text := CASE WHEN is_of_kit AND line.kind = 'inspection' THEN 'kit_build' ELSE line.kind END;
BEGIN
  SELECT is_active, roles.are_limited, roles.may_post,
    EXISTS (SELECT 1 FROM service_person WHERE person_id = person.id) AS is_program,
    EXISTS (SELECT 1 FROM movement WHERE op_id = line.op_id AND xmin <> pg_current_xact_id()::xid) AS is_repeated,
    (SELECT last_value FROM movement_id_seq) AS last_id,
    EXISTS (SELECT 1 FROM rule_need WHERE kind = line.kind AND need = 'second') AS needs_second,
    length(trim(line.reason)) = 0
      AND EXISTS (SELECT 1 FROM rule_need WHERE kind = line.kind AND need = 'reason') AS lacks_reason
    INTO who FROM person, LATERAL (SELECT coalesce(bool_or(scope <> ''), false) AS are_limited,
        coalesce(bool_or(EXISTS (SELECT 1 FROM rule_posting WHERE kind = work AND role = person_role.role)), false)
          AS may_post FROM person_role WHERE person_id = person.id AND ended_at IS NULL) AS roles
    WHERE id = line.actor_id;
  IF line.actor_id IS DISTINCT FROM current_actor() OR who.is_active IS NOT TRUE THEN RETURN 'not_signed_in'; END IF;
  IF who.is_program THEN RETURN 'agent_may_not'; END IF;
  IF NOT who.may_post THEN RETURN 'not_your_duty'; END IF;
  -- Goods are taken where the person may take them; what is brought home may come from elsewhere.
  IF who.are_limited THEN
    IF NOT EXISTS (SELECT 1 FROM person_place WHERE person_id = line.actor_id AND location_id IN (
        coalesce(line.source_id, line.target_id),
        CASE WHEN line.kind IN ('ward_return', 'quarantine', 'reversal') THEN line.target_id END)) THEN
      RETURN 'out_of_scope';
    END IF;
  END IF;
  -- An operation is posted at once or not at all: no line is added later under the same signatures.
  IF who.is_repeated THEN RETURN 'exists'; END IF;
  IF line.id < 1 OR line.id > who.last_id THEN RETURN 'append_only'; END IF;
  IF line.second_person_id = line.actor_id THEN RETURN 'own_second'; END IF;
  -- One IF in another: a condition with a question in it is asked even where its other half has decided.
  IF line.second_person_id IS NULL THEN
    IF who.needs_second THEN RETURN 'second_missing'; END IF;
  ELSIF NOT EXISTS (SELECT 1 FROM signature WHERE op_id = line.op_id AND person_id = line.second_person_id) THEN
    RETURN 'unsigned';
  END IF;
  IF who.lacks_reason THEN RETURN 'reason_missing'; END IF;
  IF line.kind = 'inspection' THEN
    IF line.outcome NOT IN ('released', 'rejected') OR (SELECT inspection FROM batch WHERE id = line.batch_id) <> 'pending' THEN
      RETURN 'not_pending';
    END IF;
    IF EXISTS (SELECT 1 FROM movement WHERE batch_id = line.batch_id AND kind = 'receipt' AND actor_id = line.actor_id) THEN
      RETURN 'own_receipt';
    END IF;
  END IF;
  RETURN NULL;
END $$
----
CREATE FUNCTION movement_locks(line movement) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  found text[] := effects_on(line.kind, line.batch_id, coalesce(line.source_id, line.target_id),
    -- A kit is not inspected before it is built; its inspection follows in the same operation.
    CASE WHEN line.kind = 'kit_build' AND line.source_state IS NULL THEN 'pending' ELSE '' END);
BEGIN
  IF found = '{}' THEN RETURN NULL; END IF;
  IF 'refuse' = ANY (found) THEN RETURN 'locked'; END IF;
  IF found && ARRAY['quarantine', 'second_quarantine'] AND line.target_state IS DISTINCT FROM 'quarantined'
      AND NOT (line.kind = 'kit_open' AND line.target_state IS NULL) THEN
    RETURN 'must_quarantine';
  END IF;
  IF 'second_not_free' = ANY (found) THEN
    IF line.target_state IN (SELECT state FROM rule_free) THEN RETURN 'must_quarantine'; END IF;
  END IF;
  IF found && ARRAY['second', 'second_quarantine', 'second_not_free']
      AND (line.second_person_id IS NULL OR length(trim(line.reason)) = 0) THEN
    RETURN 'second_missing';
  END IF;
  RETURN NULL;
END $$
----
-- The rejected part of a released batch leaves the hospital, it does not come back to a shelf.
CREATE FUNCTION movement_part(line movement) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  part part_rejection%ROWTYPE;
  gone bigint;
BEGIN
  IF line.source_state IS DISTINCT FROM 'quarantined' THEN RETURN NULL; END IF;
  IF line.target_state NOT IN (SELECT state FROM rule_free) THEN RETURN NULL; END IF;
  SELECT * INTO part FROM part_rejection WHERE batch_id = line.batch_id;
  IF NOT FOUND THEN RETURN NULL; END IF;
  -- Two ways out of quarantine at once: the second counts after the first.
  PERFORM 1 FROM balance WHERE batch_id = line.batch_id AND state = 'quarantined' ORDER BY location_id FOR UPDATE;
  SELECT coalesce(sum(CASE WHEN target_state IN ('returned', 'destroyed') THEN quantity ELSE -quantity END), 0) INTO gone
    FROM movement WHERE batch_id = line.batch_id
      AND coalesce(target_state IN ('returned', 'destroyed'), false) <> coalesce(source_state IN ('returned', 'destroyed'), false)
      AND id > (SELECT max(id) FROM movement WHERE op_id = part.op_id);
  IF line.quantity + part.quantity - gone > (SELECT coalesce(sum(quantity), 0) FROM balance
      WHERE batch_id = line.batch_id AND state = 'quarantined') THEN
    RETURN 'part_rejected';
  END IF;
  RETURN NULL;
END $$
----
CREATE FUNCTION movement_serial(line movement) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  UPDATE serial_unit SET state = line.target_state, location_id = line.target_id, last_movement_id = line.id
    WHERE id = line.serial_unit_id AND batch_id = line.batch_id AND state IS NOT DISTINCT FROM line.source_state
      AND location_id IS NOT DISTINCT FROM line.source_id;
  RETURN CASE WHEN NOT FOUND THEN 'serial_elsewhere' END;
END $$
----
CREATE FUNCTION movement_take(line movement) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  IF line.source_state IS NULL THEN RETURN NULL; END IF;
  IF line.source_state = 'unaccounted' THEN
    INSERT INTO balance VALUES (line.batch_id, line.source_id, line.source_state, -line.quantity, line.id)
      ON CONFLICT (batch_id, location_id, state)
      DO UPDATE SET quantity = balance.quantity - line.quantity, last_movement_id = line.id;
    RETURN NULL;
  END IF;
  UPDATE balance SET quantity = quantity - line.quantity, last_movement_id = line.id
    WHERE batch_id = line.batch_id AND location_id = line.source_id AND state = line.source_state
      AND quantity >= line.quantity;
  RETURN CASE WHEN NOT FOUND THEN 'short' END;
END $$
----
CREATE FUNCTION movement_give(line movement) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  IF line.target_state IS NULL THEN RETURN NULL; END IF;
  UPDATE balance SET quantity = quantity + line.quantity, last_movement_id = line.id
    WHERE batch_id = line.batch_id AND location_id = line.target_id AND state = line.target_state;
  IF FOUND THEN RETURN NULL; END IF;
  INSERT INTO balance VALUES (line.batch_id, line.target_id, line.target_state, line.quantity, line.id)
    ON CONFLICT (batch_id, location_id, state)
    DO UPDATE SET quantity = balance.quantity + line.quantity, last_movement_id = line.id;
  RETURN NULL;
END $$
----
CREATE FUNCTION movement_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  goods record;
  refused text;
BEGIN
  IF pg_catalog.current_setting('transaction_isolation') <> 'read committed' THEN PERFORM refuse('isolation'); END IF;
  SELECT product.id AS product_id, product.needs_serial,
    EXISTS (SELECT 1 FROM kit_content WHERE kit_batch_id = batch.id) AS are_kit,
    (SELECT loading FROM schema_info WHERE id = 1) AS are_loading,
    (SELECT kind FROM location WHERE id = NEW.source_id) AS source_kind,
    (SELECT kind FROM location WHERE id = NEW.target_id) AS target_kind,
    EXISTS (SELECT 1 FROM rule_path WHERE kind = NEW.kind AND source = coalesce(NEW.source_state, '')
      AND target = coalesce(NEW.target_state, '')) AS are_on_a_path
    INTO goods FROM batch JOIN product ON product.id = batch.product_id WHERE batch.id = NEW.batch_id;
  IF goods.product_id IS NULL THEN PERFORM refuse('path'); END IF;
  refused := movement_path(NEW, goods.source_kind, goods.target_kind, goods.are_on_a_path);
  IF refused IS NOT NULL THEN PERFORM refuse(refused); END IF;
  -- The gate: a lock on this product waits for us, or we wait for it; the locks are then read in a new statement.
  -- A kit waits at the gates of its components too, in one order with its own: their locks are its own.
  IF goods.are_kit THEN
    PERFORM 1 FROM product WHERE id = goods.product_id OR id IN (SELECT part.product_id FROM kit_content
      JOIN batch AS part ON part.id = kit_content.batch_id WHERE kit_content.kit_batch_id = NEW.batch_id)
      ORDER BY id FOR KEY SHARE;
  ELSE
    PERFORM 1 FROM product WHERE id = goods.product_id FOR KEY SHARE;
  END IF;
  IF goods.are_loading IS NOT TRUE THEN
    refused := coalesce(movement_kit(NEW), movement_who(NEW, goods.are_kit), movement_locks(NEW), movement_part(NEW));
    IF refused IS NOT NULL THEN PERFORM refuse(refused); END IF;
  END IF;
  IF NEW.kind = 'inspection' THEN
    IF NEW.quantity > coalesce((SELECT quantity FROM balance WHERE batch_id = NEW.batch_id
        AND location_id = NEW.source_id AND state = NEW.source_state), 0) THEN
      PERFORM refuse('short');
    END IF;
  ELSE
    refused := CASE WHEN NEW.serial_unit_id IS NOT NULL THEN movement_serial(NEW)
      WHEN goods.needs_serial THEN 'serial_missing' END;
    -- Balance rows are taken in one order, whichever way the goods go.
    refused := coalesce(refused, CASE WHEN (NEW.source_id, NEW.source_state) < (NEW.target_id, NEW.target_state)
      THEN coalesce(movement_take(NEW), movement_give(NEW)) ELSE coalesce(movement_give(NEW), movement_take(NEW)) END);
    IF refused IS NOT NULL THEN PERFORM refuse(refused); END IF;
  END IF;
  -- Now that the rows of the balance are held: whoever waited for a shelf is on record after whoever held it, so that
  -- the ledger up to any moment is one that really was.
  IF goods.are_loading IS NOT TRUE THEN NEW.recorded_at := clock_timestamp(); END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER movement_wall BEFORE INSERT ON movement FOR EACH ROW EXECUTE FUNCTION movement_wall()
----
ALTER TABLE movement ENABLE ALWAYS TRIGGER movement_wall
----
CREATE FUNCTION movement_outcome() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE batch SET inspection = NEW.outcome WHERE id = NEW.batch_id;
  RETURN NULL;
END $$
----
CREATE TRIGGER movement_outcome AFTER INSERT ON movement FOR EACH ROW WHEN (((new.kind)::text = 'inspection'::text))
  EXECUTE FUNCTION movement_outcome()
----
ALTER TABLE movement ENABLE ALWAYS TRIGGER movement_outcome
----
-- Only from inside the wall: a trigger of a stranger's table has the depth, not the place it was called from.
CREATE FUNCTION only_by_movement() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  stack text;
BEGIN
  GET DIAGNOSTICS stack = PG_CONTEXT;
  IF pg_trigger_depth() < 2 OR (strpos(stack, 'function movement_take(movement) line') = 0
      AND strpos(stack, 'function movement_give(movement) line') = 0 AND strpos(stack, 'function audit_row() line') = 0) THEN
    PERFORM refuse('balance');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER balance_is_ledger BEFORE INSERT OR UPDATE ON balance FOR EACH ROW EXECUTE FUNCTION only_by_movement()
----
ALTER TABLE balance ENABLE ALWAYS TRIGGER balance_is_ledger
----
CREATE TRIGGER audit_is_wall BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION only_by_movement()
----
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_is_wall
----
CREATE TRIGGER audit_head_is_wall BEFORE INSERT OR UPDATE ON audit_head FOR EACH ROW EXECUTE FUNCTION only_by_movement()
----
ALTER TABLE audit_head ENABLE ALWAYS TRIGGER audit_head_is_wall
----
CREATE FUNCTION serial_unit_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  stack text;
BEGIN
  GET DIAGNOSTICS stack = PG_CONTEXT;
  IF TG_OP = 'INSERT' AND (NEW.state IS NOT NULL OR NEW.location_id IS NOT NULL OR NEW.last_movement_id <> 0
      OR NEW.product_id IS DISTINCT FROM (SELECT product_id FROM batch WHERE id = NEW.batch_id)) THEN
    PERFORM refuse('balance');
  END IF;
  IF TG_OP = 'UPDATE' AND (pg_trigger_depth() < 2 OR stack !~ 'function movement_serial\(movement\) line'
      OR NEW.id <> OLD.id OR NEW.serial_key <> OLD.serial_key
      OR NEW.serial_no <> OLD.serial_no OR NEW.batch_id <> OLD.batch_id OR NEW.product_id <> OLD.product_id) THEN
    PERFORM refuse('balance');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER serial_unit_wall BEFORE INSERT OR UPDATE ON serial_unit FOR EACH ROW EXECUTE FUNCTION serial_unit_wall()
----
ALTER TABLE serial_unit ENABLE ALWAYS TRIGGER serial_unit_wall
----
-- Lot and dates follow the newest supplement, and only from what it says was there before.
CREATE FUNCTION batch_supplemented(was batch, becomes batch) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  newest batch_supplement%ROWTYPE;
  wanted batch := was;
BEGIN
  SELECT * INTO newest FROM batch_supplement WHERE batch_id = was.id ORDER BY id DESC LIMIT 1;
  IF newest.field = 'lot_no' AND (newest.old_value, newest.old_key) = (was.lot_no, was.lot_key) THEN
    wanted.lot_no := newest.new_value;
    wanted.lot_key := newest.new_key;
    wanted.is_lot_unknown := false;
  ELSIF newest.field = 'production_on' AND newest.old_value = coalesce(was.production_on::text, '') THEN
    wanted.production_on := newest.new_value::date;
  ELSIF newest.field = 'expiry_on' AND newest.old_value = coalesce(was.expiry_on::text, '') THEN
    wanted.expiry_on := newest.new_value::date;
    wanted.expiry_precision := 'day';
  END IF;
  RETURN to_jsonb(wanted) - 'inspection' = to_jsonb(becomes) - 'inspection';
END $$
----
CREATE FUNCTION batch_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.inspection <> 'pending' THEN PERFORM refuse('not_pending'); END IF;
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - 'inspection' <> to_jsonb(OLD) - 'inspection' AND NOT batch_supplemented(OLD, NEW) THEN
    PERFORM refuse('append_only');
  END IF;
  IF NEW.inspection <> OLD.inspection AND NEW.inspection IS DISTINCT FROM (SELECT outcome FROM movement
      WHERE batch_id = NEW.id AND kind = 'inspection' ORDER BY id DESC LIMIT 1) THEN
    PERFORM refuse('not_pending');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER batch_wall BEFORE INSERT OR UPDATE ON batch FOR EACH ROW EXECUTE FUNCTION batch_wall()
----
ALTER TABLE batch ENABLE ALWAYS TRIGGER batch_wall
----
CREATE FUNCTION batch_supplement_wall() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  master batch%ROWTYPE;
  is_whole boolean;
BEGIN
  IF is_loading() THEN RETURN NEW; END IF;
  PERFORM require_read_committed();
  -- The gate: no movement may look for locks under the old spelling or date once this one stands.
  PERFORM 1 FROM product WHERE id = (SELECT product_id FROM batch WHERE id = NEW.batch_id) FOR UPDATE;
  IF NEW.added_by IS DISTINCT FROM current_actor() THEN PERFORM refuse('not_signed_in'); END IF;
  IF length(trim(NEW.reason)) = 0 THEN PERFORM refuse('reason_missing'); END IF;
  IF NEW.second_person_id = NEW.added_by THEN PERFORM refuse('own_second'); END IF;
  IF NEW.second_person_id IS NULL AND NEW.field IN ('lot_no', 'expiry_on') THEN PERFORM refuse('second_missing'); END IF;
  IF EXISTS (SELECT 1 FROM movement WHERE op_id = NEW.op_id) THEN PERFORM refuse('exists'); END IF;
  IF NEW.second_person_id IS NOT NULL AND NOT EXISTS
      (SELECT 1 FROM signature WHERE op_id = NEW.op_id AND person_id = NEW.second_person_id) THEN
    PERFORM refuse('unsigned');
  END IF;
  SELECT * INTO master FROM batch WHERE id = NEW.batch_id;
  is_whole := CASE NEW.field
    WHEN 'lot_no' THEN master.lot_no = NEW.old_value AND master.lot_key = NEW.old_key AND length(NEW.new_key) > 0
    WHEN 'production_on' THEN coalesce(master.production_on::text, '') = NEW.old_value
    WHEN 'expiry_on' THEN coalesce(master.expiry_on::text, '') = NEW.old_value
    ELSE master.id IS NOT NULL END;
  -- A date that came with the goods stays; a date that was added may be set right.
  IF NOT coalesce(is_whole, false) OR (NEW.field IN ('production_on', 'expiry_on') AND NEW.old_value <> '' AND NOT EXISTS
      (SELECT 1 FROM batch_supplement WHERE batch_id = NEW.batch_id AND field = NEW.field)) THEN
    PERFORM refuse('append_only');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER batch_supplement_wall BEFORE INSERT ON batch_supplement FOR EACH ROW EXECUTE FUNCTION batch_supplement_wall()
----
ALTER TABLE batch_supplement ENABLE ALWAYS TRIGGER batch_supplement_wall
----
CREATE FUNCTION batch_supplement_written() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF is_loading() THEN RETURN NULL; END IF;
  IF NEW.field = 'lot_no' THEN
    UPDATE batch SET lot_no = NEW.new_value, lot_key = NEW.new_key, is_lot_unknown = false WHERE id = NEW.batch_id;
  ELSIF NEW.field = 'production_on' THEN
    UPDATE batch SET production_on = NEW.new_value::date WHERE id = NEW.batch_id;
  ELSIF NEW.field = 'expiry_on' THEN
    UPDATE batch SET expiry_on = NEW.new_value::date, expiry_precision = 'day' WHERE id = NEW.batch_id;
  END IF;
  RETURN NULL;
END $$
----
CREATE TRIGGER batch_supplement_written AFTER INSERT ON batch_supplement
  FOR EACH ROW EXECUTE FUNCTION batch_supplement_written()
----
ALTER TABLE batch_supplement ENABLE ALWAYS TRIGGER batch_supplement_written
----
CREATE FUNCTION lot_lock_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM require_read_committed();
  PERFORM 1 FROM product WHERE id = NEW.product_id FOR UPDATE;
  IF is_loading() THEN RETURN NEW; END IF;
  IF NEW.locked_by IS DISTINCT FROM current_actor() THEN PERFORM refuse('not_signed_in'); END IF;
  IF length(trim(NEW.reason)) = 0 THEN PERFORM refuse('reason_missing'); END IF;
  IF NEW.layer <> 'on_hold' AND NOT EXISTS (SELECT 1 FROM recall_case
      WHERE id = NEW.case_id AND state = 'active' AND approved_by IS NOT NULL) THEN
    PERFORM refuse('not_approved');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER lot_lock_wall BEFORE INSERT ON lot_lock FOR EACH ROW EXECUTE FUNCTION lot_lock_wall()
----
ALTER TABLE lot_lock ENABLE ALWAYS TRIGGER lot_lock_wall
----
CREATE FUNCTION lock_lift_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF is_loading() THEN RETURN NEW; END IF;
  IF NEW.lifted_by IS DISTINCT FROM current_actor() THEN PERFORM refuse('not_signed_in'); END IF;
  IF NEW.second_person_id = NEW.lifted_by THEN PERFORM refuse('own_second'); END IF;
  IF length(trim(NEW.reason)) = 0 THEN PERFORM refuse('reason_missing'); END IF;
  IF EXISTS (SELECT 1 FROM movement WHERE op_id = NEW.op_id) THEN PERFORM refuse('exists'); END IF;
  IF NOT EXISTS (SELECT 1 FROM signature WHERE op_id = NEW.op_id AND person_id = NEW.second_person_id) THEN
    PERFORM refuse('unsigned');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER lock_lift_wall BEFORE INSERT ON lock_lift FOR EACH ROW EXECUTE FUNCTION lock_lift_wall()
----
ALTER TABLE lock_lift ENABLE ALWAYS TRIGGER lock_lift_wall
----
CREATE FUNCTION own_name_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT is_loading() AND (to_jsonb(NEW) ->> TG_ARGV[0])::integer IS DISTINCT FROM current_actor() THEN
    PERFORM refuse('not_signed_in');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER signature_wall BEFORE INSERT ON signature FOR EACH ROW EXECUTE FUNCTION own_name_wall('person_id')
----
ALTER TABLE signature ENABLE ALWAYS TRIGGER signature_wall
----
CREATE TRIGGER document_wall BEFORE INSERT ON document FOR EACH ROW EXECUTE FUNCTION own_name_wall('made_by')
----
ALTER TABLE document ENABLE ALWAYS TRIGGER document_wall
----
CREATE TRIGGER case_entry_wall BEFORE INSERT ON case_entry FOR EACH ROW EXECUTE FUNCTION own_name_wall('person_id')
----
ALTER TABLE case_entry ENABLE ALWAYS TRIGGER case_entry_wall
----
CREATE TRIGGER scope_change_wall BEFORE INSERT ON scope_change FOR EACH ROW EXECUTE FUNCTION own_name_wall('person_id')
----
ALTER TABLE scope_change ENABLE ALWAYS TRIGGER scope_change_wall
----
CREATE TRIGGER put_away_wall BEFORE INSERT ON put_away FOR EACH ROW EXECUTE FUNCTION own_name_wall('person_id')
----
ALTER TABLE put_away ENABLE ALWAYS TRIGGER put_away_wall
----
CREATE TRIGGER stock_count_entry_wall BEFORE INSERT ON stock_count_entry FOR EACH ROW EXECUTE FUNCTION own_name_wall('person_id')
----
ALTER TABLE stock_count_entry ENABLE ALWAYS TRIGGER stock_count_entry_wall
----
-- Who approves a count has not counted, is not the one who posts it, and has signed for it.
CREATE FUNCTION stock_count_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF is_loading() THEN RETURN NEW; END IF;
  IF OLD.state IN ('posted', 'cancelled') OR NEW.id <> OLD.id OR NEW.number <> OLD.number
      OR NEW.location_id <> OLD.location_id OR NEW.products <> OLD.products THEN
    PERFORM refuse('append_only');
  END IF;
  IF NEW.state <> 'posted' THEN RETURN NEW; END IF;
  IF NEW.posted_by IS DISTINCT FROM current_actor() THEN PERFORM refuse('not_signed_in'); END IF;
  IF NEW.approved_by IS NULL OR NEW.approved_by = NEW.posted_by OR EXISTS
      (SELECT 1 FROM stock_count_entry WHERE count_id = NEW.id AND person_id = NEW.approved_by) THEN
    PERFORM refuse('own_step');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM signature WHERE op_id = NEW.post_op_id AND person_id = NEW.approved_by) THEN
    PERFORM refuse('unsigned');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER stock_count_wall BEFORE UPDATE ON stock_count FOR EACH ROW EXECUTE FUNCTION stock_count_wall()
----
ALTER TABLE stock_count ENABLE ALWAYS TRIGGER stock_count_wall
----
CREATE TRIGGER attachment_wall BEFORE INSERT ON attachment FOR EACH ROW EXECUTE FUNCTION own_name_wall('added_by')
----
ALTER TABLE attachment ENABLE ALWAYS TRIGGER attachment_wall
----
CREATE TRIGGER purchase_order_starts BEFORE INSERT ON purchase_order FOR EACH ROW EXECUTE FUNCTION own_name_wall('ordered_by')
----
ALTER TABLE purchase_order ENABLE ALWAYS TRIGGER purchase_order_starts
----
CREATE TRIGGER requisition_starts BEFORE INSERT ON requisition FOR EACH ROW EXECUTE FUNCTION own_name_wall('asked_by')
----
ALTER TABLE requisition ENABLE ALWAYS TRIGGER requisition_starts
----
CREATE FUNCTION requisition_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.number, NEW.asked_by, NEW.department_id, NEW.store_id, NEW.asked_at)
      IS DISTINCT FROM (OLD.id, OLD.number, OLD.asked_by, OLD.department_id, OLD.store_id, OLD.asked_at)
      OR (OLD.decided_by IS NOT NULL AND NEW.decided_by IS DISTINCT FROM OLD.decided_by) THEN
    PERFORM refuse('append_only');
  END IF;
  IF NEW.decided_by IS DISTINCT FROM OLD.decided_by
      AND (NEW.decided_by IS DISTINCT FROM current_actor() OR NEW.decided_by = NEW.asked_by) THEN
    PERFORM refuse('own_step');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER requisition_wall BEFORE UPDATE ON requisition FOR EACH ROW EXECUTE FUNCTION requisition_wall()
----
ALTER TABLE requisition ENABLE ALWAYS TRIGGER requisition_wall
----
CREATE FUNCTION reservation_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF to_jsonb(NEW) - '{ended_at,ended_why,lock_id}'::text[] <> to_jsonb(OLD) - '{ended_at,ended_why,lock_id}'::text[]
      OR OLD.ended_at IS NOT NULL THEN
    PERFORM refuse('append_only');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER reservation_wall BEFORE UPDATE ON reservation FOR EACH ROW EXECUTE FUNCTION reservation_wall()
----
ALTER TABLE reservation ENABLE ALWAYS TRIGGER reservation_wall
----
-- A lock ends what was kept of the lot for wards, in its own transaction, whoever sets it.
CREATE FUNCTION lot_lock_ends_reservations() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE reservation SET ended_at = NEW.locked_at, ended_why = 'locked', lock_id = NEW.id
    WHERE ended_at IS NULL AND batch_id IN (
      WITH held AS (SELECT id FROM batch WHERE product_id = NEW.product_id AND (NEW.lot_key IS NULL OR lot_key = NEW.lot_key
        OR id IN (SELECT batch_id FROM batch_supplement WHERE old_key = NEW.lot_key)))
      SELECT id FROM held UNION SELECT kit_batch_id FROM kit_content WHERE batch_id IN (SELECT id FROM held));
  RETURN NULL;
END $$
----
CREATE TRIGGER lot_lock_ends_reservations AFTER INSERT ON lot_lock
  FOR EACH ROW EXECUTE FUNCTION lot_lock_ends_reservations()
----
ALTER TABLE lot_lock ENABLE ALWAYS TRIGGER lot_lock_ends_reservations
----
CREATE FUNCTION part_rejection_wall() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF is_loading() THEN RETURN NEW; END IF;
  IF NEW.rejected_by IS DISTINCT FROM current_actor() THEN PERFORM refuse('not_signed_in'); END IF;
  IF (SELECT inspection FROM batch WHERE id = NEW.batch_id) IS DISTINCT FROM 'pending' THEN
    PERFORM refuse('not_pending');
  END IF;
  IF EXISTS (SELECT 1 FROM movement WHERE batch_id = NEW.batch_id AND kind = 'receipt' AND actor_id = NEW.rejected_by) THEN
    PERFORM refuse('own_receipt');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER part_rejection_wall BEFORE INSERT ON part_rejection FOR EACH ROW EXECUTE FUNCTION part_rejection_wall()
----
ALTER TABLE part_rejection ENABLE ALWAYS TRIGGER part_rejection_wall
----
CREATE FUNCTION patient_use_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM movement WHERE id = NEW.movement_id AND kind = 'use') THEN PERFORM refuse('path'); END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER patient_use_wall BEFORE INSERT ON patient_use FOR EACH ROW EXECUTE FUNCTION patient_use_wall()
----
ALTER TABLE patient_use ENABLE ALWAYS TRIGGER patient_use_wall
----
CREATE FUNCTION person_role_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF to_jsonb(NEW) - 'ended_at' <> to_jsonb(OLD) - 'ended_at' OR OLD.ended_at IS NOT NULL THEN
      PERFORM refuse('append_only');
    END IF;
    IF NEW.person_id = current_actor() THEN PERFORM refuse('own_grant'); END IF;
    RETURN NEW;
  END IF;
  IF NEW.granted_by IS DISTINCT FROM current_actor() THEN PERFORM refuse('not_signed_in'); END IF;
  IF NEW.granted_by = NEW.person_id THEN PERFORM refuse('own_grant'); END IF;
  IF EXISTS (SELECT 1 FROM person_role JOIN rule_apart ON rule_apart.role = person_role.role
      AND rule_apart.other = NEW.role WHERE person_role.person_id = NEW.person_id AND person_role.ended_at IS NULL) THEN
    PERFORM refuse('apart');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER person_role_wall BEFORE INSERT OR UPDATE ON person_role FOR EACH ROW EXECUTE FUNCTION person_role_wall()
----
ALTER TABLE person_role ENABLE ALWAYS TRIGGER person_role_wall
----
CREATE FUNCTION recall_case_starts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF is_loading() THEN RETURN NEW; END IF;
  IF NEW.registered_by IS DISTINCT FROM current_actor() THEN PERFORM refuse('not_signed_in'); END IF;
  IF NEW.state NOT IN ('draft', 'registered') OR NEW.approved_by IS NOT NULL OR NEW.launched_by IS NOT NULL
      OR NEW.closed_by IS NOT NULL THEN
    PERFORM refuse('not_approved');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER recall_case_starts BEFORE INSERT ON recall_case FOR EACH ROW EXECUTE FUNCTION recall_case_starts()
----
ALTER TABLE recall_case ENABLE ALWAYS TRIGGER recall_case_starts
----
CREATE FUNCTION recall_case_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF is_loading() THEN RETURN NEW; END IF;
  IF NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.notice_text <> OLD.notice_text
      OR NEW.notice_hash <> OLD.notice_hash OR NEW.registered_by <> OLD.registered_by OR NEW.kind <> OLD.kind
      OR NEW.recall_class <> OLD.recall_class OR NEW.notice_key <> OLD.notice_key
      OR NEW.parent_id IS DISTINCT FROM OLD.parent_id
      OR (OLD.snapshot_hash <> '' AND NEW.snapshot_hash <> OLD.snapshot_hash)
      OR (OLD.snapshot <> '' AND NEW.snapshot <> OLD.snapshot) THEN
    PERFORM refuse('append_only');
  END IF;
  IF OLD.state IN ('closed', 'not_affected', 'withdrawn') AND (NEW.state = OLD.state
      OR (NEW.approved_by, NEW.approved_at, NEW.launched_by, NEW.launched_at, NEW.review_by, NEW.closed_by, NEW.closed_at,
        NEW.root_cause, NEW.lessons) IS DISTINCT FROM (OLD.approved_by, OLD.approved_at, OLD.launched_by,
        OLD.launched_at, OLD.review_by, OLD.closed_by, OLD.closed_at, OLD.root_cause, OLD.lessons)) THEN
    PERFORM refuse('append_only');
  END IF;
  IF NEW.approved_by IS DISTINCT FROM OLD.approved_by AND OLD.approved_by IS NOT NULL
      AND OLD.state NOT IN ('registered', 'assessing', 'reopened') THEN
    PERFORM refuse('append_only');
  END IF;
  IF NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM rule_case WHERE before = OLD.state AND after = NEW.state) THEN
    PERFORM refuse('transition');
  END IF;
  IF NEW.approved_by IS DISTINCT FROM OLD.approved_by AND NEW.approved_by IS NOT NULL
      AND (NEW.approved_by IS DISTINCT FROM current_actor() OR NEW.approved_by = NEW.registered_by) THEN
    PERFORM refuse('own_step');
  END IF;
  IF (NEW.launched_by IS DISTINCT FROM OLD.launched_by AND NEW.launched_by <> coalesce(current_actor(), 0))
      OR (NEW.review_by IS DISTINCT FROM OLD.review_by AND NEW.review_by <> coalesce(current_actor(), 0))
      OR (NEW.closed_by IS DISTINCT FROM OLD.closed_by AND NEW.closed_by <> coalesce(current_actor(), 0)) THEN
    PERFORM refuse('not_signed_in');
  END IF;
  IF NEW.state = 'active' AND NEW.approved_by IS NULL THEN PERFORM refuse('not_approved'); END IF;
  IF NEW.state = 'closed' AND OLD.state <> 'closed' AND (NEW.review_by IS NULL OR NEW.closed_by IS DISTINCT FROM current_actor()
      OR NEW.closed_by = NEW.review_by OR NEW.closed_by = NEW.launched_by) THEN
    PERFORM refuse('own_step');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER recall_case_wall BEFORE UPDATE ON recall_case FOR EACH ROW EXECUTE FUNCTION recall_case_wall()
----
ALTER TABLE recall_case ENABLE ALWAYS TRIGGER recall_case_wall
----
-- A clause stays as it was read or entered; who confirms it, reads it again or takes it out says so in their own name.
CREATE FUNCTION recall_clause_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  me integer := coalesce(current_actor(), 0);
BEGIN
  IF is_loading() THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.removed_by IS NOT NULL OR NEW.second_by IS NOT NULL OR NEW.entered_by <> me OR NEW.confirmed_by <> me THEN
      PERFORM refuse('not_signed_in');
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.removed_by IS NOT NULL OR (NEW.id, NEW.case_id, NEW.ordinal, NEW.key, NEW.form, NEW.content, NEW.quote,
      NEW.start, NEW."end", NEW.entered_by, NEW.news_id) IS DISTINCT FROM (OLD.id, OLD.case_id, OLD.ordinal, OLD.key,
      OLD.form, OLD.content, OLD.quote, OLD.start, OLD."end", OLD.entered_by, OLD.news_id) THEN
    PERFORM refuse('append_only');
  END IF;
  IF (NEW.confirmed_by IS DISTINCT FROM OLD.confirmed_by AND NEW.confirmed_by IS DISTINCT FROM me)
      OR (NEW.removed_by IS DISTINCT FROM OLD.removed_by AND NEW.removed_by IS DISTINCT FROM me)
      OR (NEW.second_by IS DISTINCT FROM OLD.second_by AND NEW.second_by IS DISTINCT FROM me) THEN
    PERFORM refuse('not_signed_in');
  END IF;
  IF NEW.second_by IS NOT DISTINCT FROM OLD.second_by THEN RETURN NEW; END IF;
  IF NEW.confirmed_by IS NULL OR NEW.second_by IN (NEW.confirmed_by, coalesce(NEW.entered_by, 0)) THEN
    PERFORM refuse('own_second');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM signature s JOIN rule_signed r ON r.meaning = s.meaning
      JOIN recall_case c ON c.id = NEW.case_id
      WHERE r.act = 'read_again' AND s.person_id = NEW.second_by
        AND strpos(s.content || chr(10), chr(10) || 'case: ' || c.number || chr(10)) > 0
        AND NOT EXISTS (SELECT 1 FROM case_entry WHERE case_entry.op_id = s.op_id)) THEN
    PERFORM refuse('unsigned');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER recall_clause_wall BEFORE INSERT OR UPDATE ON recall_clause
  FOR EACH ROW EXECUTE FUNCTION recall_clause_wall()
----
ALTER TABLE recall_clause ENABLE ALWAYS TRIGGER recall_clause_wall
----
-- A case of class I is approved, or ended as not affecting the house, when two persons have read each of its clauses.
CREATE FUNCTION recall_read_twice() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT is_loading() AND NEW.recall_class = 'I' AND (
        (NEW.approved_by IS NOT NULL AND NEW.approved_by IS DISTINCT FROM OLD.approved_by)
        OR (NEW.state = 'not_affected' AND OLD.state <> 'not_affected')) AND EXISTS
      (SELECT 1 FROM recall_clause WHERE case_id = NEW.id AND removed_by IS NULL AND second_by IS NULL) THEN
    PERFORM refuse('second_reading');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER recall_read_twice BEFORE UPDATE ON recall_case FOR EACH ROW EXECUTE FUNCTION recall_read_twice()
----
ALTER TABLE recall_case ENABLE ALWAYS TRIGGER recall_read_twice
----
-- That a batch in doubt is not meant is said under the signature of who says it, over this case and this batch.
CREATE FUNCTION signed_exclusion() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT is_loading() AND NEW.verdict = 'not_affected' AND NEW.decided_by IS NOT NULL
      AND (OLD.verdict <> 'not_affected' OR NEW.decided_by IS DISTINCT FROM OLD.decided_by)
      AND NOT EXISTS (SELECT 1 FROM signature s JOIN rule_signed r ON r.meaning = s.meaning
        JOIN recall_case c ON c.id = NEW.case_id JOIN batch b ON b.id = NEW.batch_id
        WHERE r.act = 'line_excluded' AND s.person_id = NEW.decided_by AND NEW.decided_by = current_actor()
          AND strpos(s.content || chr(10), chr(10) || 'case: ' || c.number || chr(10)) > 0
          AND strpos(s.content || chr(10), chr(10) || 'receipt: ' || b.receipt_no || chr(10)) > 0
          AND NOT EXISTS (SELECT 1 FROM case_entry WHERE case_entry.op_id = s.op_id)) THEN
    PERFORM refuse('unsigned');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER signed_exclusion BEFORE UPDATE ON scope_line FOR EACH ROW EXECUTE FUNCTION signed_exclusion()
----
ALTER TABLE scope_line ENABLE ALWAYS TRIGGER signed_exclusion
----
CREATE FUNCTION department_task_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM rule_task WHERE before = OLD.state AND after = NEW.state) THEN
    PERFORM refuse('transition');
  END IF;
  IF NEW.id <> OLD.id OR NEW.case_id <> OLD.case_id OR NEW.location_id <> OLD.location_id OR NEW.number <> OLD.number THEN
    PERFORM refuse('append_only');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER department_task_wall BEFORE UPDATE ON department_task FOR EACH ROW EXECUTE FUNCTION department_task_wall()
----
ALTER TABLE department_task ENABLE ALWAYS TRIGGER department_task_wall
----
CREATE FUNCTION kit_content_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- Nothing is put into a kit that stands already, and no kit into a kit.
  IF EXISTS (SELECT 1 FROM movement WHERE batch_id = NEW.kit_batch_id) THEN PERFORM refuse('append_only'); END IF;
  IF NEW.kit_batch_id = NEW.batch_id
      OR EXISTS (SELECT 1 FROM kit_content WHERE kit_batch_id = NEW.batch_id OR batch_id = NEW.kit_batch_id) THEN
    PERFORM refuse('path');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER kit_content_wall BEFORE INSERT ON kit_content FOR EACH ROW EXECUTE FUNCTION kit_content_wall()
----
ALTER TABLE kit_content ENABLE ALWAYS TRIGGER kit_content_wall
----
CREATE FUNCTION departure_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF is_loading() THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.created_by IS DISTINCT FROM current_actor() THEN PERFORM refuse('not_signed_in'); END IF;
    IF NEW.state <> 'draft' THEN PERFORM refuse('transition'); END IF;
    RETURN NEW;
  END IF;
  IF NEW.state <> OLD.state AND NOT EXISTS
      (SELECT 1 FROM rule_departure WHERE before = OLD.state AND after = NEW.state) THEN
    PERFORM refuse('transition');
  END IF;
  IF (NEW.id, NEW.number, NEW.kind, NEW.supplier_id, NEW.created_by, NEW.created_at)
      IS DISTINCT FROM (OLD.id, OLD.number, OLD.kind, OLD.supplier_id, OLD.created_by, OLD.created_at)
      OR (OLD.state NOT IN ('draft', 'handed_over') AND NEW.state = OLD.state)
      OR (NEW.state = 'reversed' AND (NEW.received_by, NEW.received_at, NEW.received_note, NEW.settled_op_id,
        NEW.settled_by, NEW.settled_second_id, NEW.settled_at, NEW.settled_reason) IS DISTINCT FROM (OLD.received_by,
        OLD.received_at, OLD.received_note, OLD.settled_op_id, OLD.settled_by, OLD.settled_second_id, OLD.settled_at,
        OLD.settled_reason))
      OR (OLD.state <> 'draft' AND (NEW.carrier, NEW.waybill, NEW.method, NEW.place, NEW.list_version, NEW.reason,
        NEW.handed_by, NEW.second_person_id, NEW.handed_at) IS DISTINCT FROM (OLD.carrier, OLD.waybill, OLD.method,
        OLD.place, OLD.list_version, OLD.reason, OLD.handed_by, OLD.second_person_id, OLD.handed_at)) THEN
    PERFORM refuse('append_only');
  END IF;
  IF NEW.state = OLD.state THEN RETURN NEW; END IF;
  IF (NEW.state IN ('handed_over', 'destroyed') AND NEW.handed_by IS DISTINCT FROM current_actor())
      OR (NEW.state = 'received' AND NEW.received_by IS DISTINCT FROM current_actor())
      OR (NEW.state = 'settled' AND NEW.settled_by IS DISTINCT FROM current_actor()) THEN
    PERFORM refuse('not_signed_in');
  END IF;
  IF NEW.state IN ('handed_over', 'destroyed') AND NOT EXISTS (SELECT 1 FROM movement WHERE document_no = NEW.number
      AND kind = CASE NEW.kind WHEN 'return' THEN 'return_to_supplier' ELSE 'disposal' END) THEN
    PERFORM refuse('path');
  END IF;
  -- A paper is reversed by the ledger: when nothing that left under its number still counts as gone.
  IF NEW.state = 'reversed' AND EXISTS (SELECT 1 FROM movement AS gone WHERE gone.document_no = NEW.number
      AND gone.kind IN ('return_to_supplier', 'disposal')
      AND NOT EXISTS (SELECT 1 FROM movement AS back WHERE back.reverses_id = gone.id)) THEN
    PERFORM refuse('path');
  END IF;
  IF NEW.state = 'settled' AND (NEW.settled_second_id IS NULL OR NEW.settled_second_id = NEW.settled_by
      OR NOT EXISTS (SELECT 1 FROM signature
        WHERE op_id = NEW.settled_op_id AND person_id = NEW.settled_second_id)) THEN
    PERFORM refuse('unsigned');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER departure_wall BEFORE INSERT OR UPDATE ON departure FOR EACH ROW EXECUTE FUNCTION departure_wall()
----
ALTER TABLE departure ENABLE ALWAYS TRIGGER departure_wall
----
CREATE FUNCTION schema_info_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT 1 FROM schema_info) THEN PERFORM refuse('exists'); END IF;
    RETURN NEW;
  END IF;
  IF NEW.loading AND NOT OLD.loading AND EXISTS (SELECT 1 FROM movement) THEN PERFORM refuse('loading'); END IF;
  IF NEW.id <> OLD.id OR NEW.application <> OLD.application THEN PERFORM refuse('append_only'); END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER schema_info_wall BEFORE INSERT OR UPDATE ON schema_info FOR EACH ROW EXECUTE FUNCTION schema_info_wall()
----
ALTER TABLE schema_info ENABLE ALWAYS TRIGGER schema_info_wall
----
CREATE FUNCTION audit_seal_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  last audit_seal%ROWTYPE;
BEGIN
  SELECT * INTO last FROM audit_seal ORDER BY n DESC LIMIT 1;
  IF NEW.n <= last.n THEN PERFORM refuse('exists'); END IF;
  IF NEW.n <> coalesce(last.n, 0) + 1 OR NEW.hash IS DISTINCT FROM encode(sha256(convert_to(
      field(coalesce(last.hash, '')) || field(NEW.n::text) || field(NEW.heads), 'UTF8')), 'hex') THEN
    PERFORM refuse('append_only');
  END IF;
  -- Others go on writing meanwhile: a seal may be older than the heads, but it never names what was not there.
  IF EXISTS (SELECT 1 FROM json_array_elements(NEW.heads::json) AS head WHERE (head ->> 1)::integer > 0 AND NOT EXISTS
      (SELECT 1 FROM audit_entry WHERE person_id = (head ->> 0)::integer AND sequence = (head ->> 1)::integer
        AND hash = head ->> 2)) THEN
    PERFORM refuse('append_only');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER audit_seal_wall BEFORE INSERT ON audit_seal FOR EACH ROW EXECUTE FUNCTION audit_seal_wall()
----
ALTER TABLE audit_seal ENABLE ALWAYS TRIGGER audit_seal_wall
----
-- Ends who keeps a hold or a recall waiting, and writes it down: the roots of the waiting line only, and only those whose
-- transaction is more than a second old; another hold or recall has five. Ending rolls back what was not committed.
CREATE FUNCTION end_blockers(waiting integer, person integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  blocker record;
  ended integer := 0;
BEGIN
  PERFORM demand_duty('hold');
  -- Nobody names a session that is not their own, so that nobody ends whom they please.
  IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_activity WHERE pid = waiting AND usename = session_user) THEN RETURN 0; END IF;
  person := coalesce(current_actor(), person);
  FOR blocker IN
    WITH RECURSIVE line(pid) AS (
      SELECT pg_catalog.unnest(pg_catalog.pg_blocking_pids(waiting))
      UNION SELECT pg_catalog.unnest(pg_catalog.pg_blocking_pids(line.pid)) FROM line)
    SELECT session.* FROM line JOIN pg_catalog.pg_stat_activity AS session ON session.pid = line.pid
    WHERE pg_catalog.cardinality(pg_catalog.pg_blocking_pids(line.pid)) = 0 AND line.pid <> waiting
      AND session.xact_start < clock_timestamp() - CASE WHEN session.application_name = 'recalldesk first'
        THEN interval '5 seconds' ELSE interval '1 second' END
  LOOP
    IF pg_catalog.pg_terminate_backend(blocker.pid) THEN
      INSERT INTO ended_session (pid, login, address, program, state, opened_at, ended_at, ended_for)
        VALUES (blocker.pid, blocker.usename, coalesce(blocker.client_addr::text, ''), coalesce(blocker.application_name, ''),
          coalesce(blocker.state, ''), blocker.xact_start, clock_timestamp(), person);
      ended := ended + 1;
    END IF;
  END LOOP;
  RETURN ended;
END $$
----
CREATE FUNCTION ended_session_wall() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  stack text;
BEGIN
  GET DIAGNOSTICS stack = PG_CONTEXT;
  IF stack !~ 'function end_blockers\(integer,integer\) line' THEN PERFORM refuse('append_only'); END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER ended_session_wall BEFORE INSERT ON ended_session FOR EACH ROW EXECUTE FUNCTION ended_session_wall()
----
ALTER TABLE ended_session ENABLE ALWAYS TRIGGER ended_session_wall
----
-- Where a person's roles that move goods hold. A role without a scope holds everywhere.
CREATE VIEW person_place AS
  SELECT person_role.person_id, location.id AS location_id FROM person_role JOIN location
    ON person_role.scope = '' OR ' ' || person_role.scope || ' ' LIKE '% place:' || location.id || ' %'
      OR ' ' || person_role.scope || ' ' LIKE '% site:' || location.site_id || ' %'
  WHERE person_role.ended_at IS NULL AND person_role.role IN (SELECT role FROM rule_posting)
----
-- Most persons have no limited role: that is one look into an index, and no more.
CREATE FUNCTION reaches(person integer, place integer, other integer) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN NOT EXISTS (SELECT 1 FROM person_role WHERE person_id = person AND ended_at IS NULL AND scope <> '')
    OR EXISTS (SELECT 1 FROM person_place WHERE person_id = person AND location_id IN (place, other));
END $$
----
CREATE FUNCTION scope_wall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT reaches(coalesce(current_actor(), 0), (to_jsonb(NEW) ->> TG_ARGV[0])::integer, NULL) THEN
    PERFORM refuse('out_of_scope');
  END IF;
  RETURN NEW;
END $$
----
CREATE FUNCTION scope_department_task() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state <> OLD.state AND NEW.state IN ('acknowledged', 'locating', 'found', 'none_found')
      AND NOT reaches(coalesce(current_actor(), 0), NEW.location_id, NULL) THEN
    PERFORM refuse('out_of_scope');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER scope_department_task BEFORE UPDATE ON department_task FOR EACH ROW EXECUTE FUNCTION scope_department_task()
----
ALTER TABLE department_task ENABLE ALWAYS TRIGGER scope_department_task
----
CREATE TRIGGER scope_requisition BEFORE INSERT ON requisition FOR EACH ROW EXECUTE FUNCTION scope_wall('department_id')
----
ALTER TABLE requisition ENABLE ALWAYS TRIGGER scope_requisition
----
CREATE FUNCTION scope_requisition_decided() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.decided_by IS DISTINCT FROM OLD.decided_by AND NOT reaches(coalesce(current_actor(), 0), NEW.department_id, NULL) THEN
    PERFORM refuse('out_of_scope');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER scope_requisition_decided BEFORE UPDATE ON requisition FOR EACH ROW EXECUTE FUNCTION scope_requisition_decided()
----
ALTER TABLE requisition ENABLE ALWAYS TRIGGER scope_requisition_decided
----
CREATE TRIGGER scope_stock_count BEFORE INSERT ON stock_count FOR EACH ROW EXECUTE FUNCTION scope_wall('location_id')
----
ALTER TABLE stock_count ENABLE ALWAYS TRIGGER scope_stock_count
----
CREATE TRIGGER scope_delivery BEFORE INSERT ON delivery FOR EACH ROW EXECUTE FUNCTION scope_wall('location_id')
----
ALTER TABLE delivery ENABLE ALWAYS TRIGGER scope_delivery
----
-- Separation of duties, one trigger a rule. Nobody closes the case they registered.
CREATE FUNCTION apart_case_closed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state <> OLD.state AND NOT is_loading() AND (NEW.state = 'closed' AND NEW.closed_by = NEW.registered_by
      OR NEW.state = 'not_affected' AND (
        EXISTS (SELECT 1 FROM scope_line WHERE case_id = NEW.id AND decided_by = NEW.closed_by)
        OR EXISTS (SELECT 1 FROM case_entry WHERE case_id = NEW.id AND person_id = NEW.closed_by
          AND act IN ('clause_corrected', 'clause_removed', 'clause_added')))) THEN
    PERFORM refuse('own_step');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER apart_case_closed BEFORE UPDATE ON recall_case FOR EACH ROW EXECUTE FUNCTION apart_case_closed()
----
ALTER TABLE recall_case ENABLE ALWAYS TRIGGER apart_case_closed
----
-- Who locked may ask for the lifting; who agrees to it is another.
CREATE FUNCTION apart_lock_lifted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.second_person_id = (SELECT locked_by FROM lot_lock WHERE id = NEW.lock_id)
      AND NEW.second_person_id <> NEW.lifted_by AND NOT is_loading() THEN
    PERFORM refuse('own_lock');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER apart_lock_lifted BEFORE INSERT ON lock_lift FOR EACH ROW EXECUTE FUNCTION apart_lock_lifted()
----
ALTER TABLE lock_lift ENABLE ALWAYS TRIGGER apart_lock_lifted
----
-- Roles come from a security administrator, and are ended by one; only the installation itself has none yet.
CREATE FUNCTION apart_grant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  granter integer := CASE WHEN TG_OP = 'INSERT' THEN NEW.granted_by ELSE current_actor() END;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.scope <> OLD.scope THEN PERFORM refuse('append_only'); END IF;
  IF granter IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person_role AS held JOIN person ON person.id = held.person_id
      WHERE held.person_id = granter AND held.role = 'security_admin' AND held.ended_at IS NULL AND person.is_active) THEN
    PERFORM refuse('only_security');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER apart_grant BEFORE INSERT OR UPDATE ON person_role FOR EACH ROW EXECUTE FUNCTION apart_grant()
----
ALTER TABLE person_role ENABLE ALWAYS TRIGGER apart_grant
----
CREATE FUNCTION signature_shows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT is_loading() AND (length(NEW.content) = 0
      OR NEW.content_hash IS DISTINCT FROM encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex')) THEN
    PERFORM refuse('not_shown');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER signature_shows BEFORE INSERT ON signature FOR EACH ROW EXECUTE FUNCTION signature_shows()
----
ALTER TABLE signature ENABLE ALWAYS TRIGGER signature_shows
----
CREATE TRIGGER setting_named BEFORE INSERT OR UPDATE ON setting FOR EACH ROW EXECUTE FUNCTION own_name_wall('changed_by')
----
ALTER TABLE setting ENABLE ALWAYS TRIGGER setting_named
