CREATE VIEW rule_path AS SELECT column1 AS kind, column2 AS source, column3 AS target FROM (VALUES
  ('receipt', '', 'in_stock'),
  ('receipt', '', 'quarantined'),
  ('inspection', 'in_stock', 'in_stock'),
  ('inspection', 'quarantined', 'quarantined'),
  ('transfer', 'in_stock', 'in_transit'),
  ('arrival', 'in_transit', 'in_stock'),
  ('arrival', 'in_transit', 'quarantined'),
  ('issue', 'in_stock', 'expensed'),
  ('issue', 'in_stock', 'par'),
  ('use', 'expensed', 'used'),
  ('use', 'in_stock', 'used'),
  ('use', 'par', 'used'),
  ('use', 'quarantined', 'used'),
  ('ward_return', 'expensed', 'in_stock'),
  ('ward_return', 'expensed', 'quarantined'),
  ('ward_return', 'par', 'in_stock'),
  ('ward_return', 'par', 'quarantined'),
  ('quarantine', 'expensed', 'quarantined'),
  ('quarantine', 'in_stock', 'quarantined'),
  ('quarantine', 'in_transit', 'quarantined'),
  ('quarantine', 'par', 'quarantined'),
  ('quarantine', 'quarantined', 'quarantined'),
  ('unquarantine', 'quarantined', 'in_stock'),
  ('unquarantine', 'quarantined', 'par'),
  ('return_to_supplier', 'in_stock', 'returned'),
  ('return_to_supplier', 'quarantined', 'returned'),
  ('disposal', 'in_stock', 'destroyed'),
  ('disposal', 'par', 'destroyed'),
  ('disposal', 'quarantined', 'destroyed'),
  ('stock_gain', 'unaccounted', 'in_stock'),
  ('stock_gain', 'unaccounted', 'par'),
  ('stock_gain', 'unaccounted', 'quarantined'),
  ('stock_loss', 'expensed', 'unaccounted'),
  ('stock_loss', 'in_stock', 'unaccounted'),
  ('stock_loss', 'in_transit', 'unaccounted'),
  ('stock_loss', 'par', 'unaccounted'),
  ('stock_loss', 'quarantined', 'unaccounted'),
  ('kit_build', '', 'in_stock'),
  ('kit_build', 'in_stock', 'built_into_kit'),
  ('kit_open', 'built_into_kit', 'in_stock'),
  ('kit_open', 'built_into_kit', 'quarantined'),
  ('kit_open', 'expensed', ''),
  ('kit_open', 'in_stock', ''),
  ('kit_open', 'par', ''),
  ('kit_open', 'quarantined', '')) AS listed
----
CREATE VIEW rule_lock AS SELECT column1 AS kind, column2 AS layer, column3 AS effect FROM (VALUES
  ('receipt', 'pending', 'allow'),
  ('receipt', 'rejected', 'refuse'),
  ('receipt', 'expired', 'second_quarantine'),
  ('receipt', 'on_hold', 'second_quarantine'),
  ('receipt', 'recall_quarantine', 'second_quarantine'),
  ('inspection', 'pending', 'allow'),
  ('inspection', 'rejected', 'refuse'),
  ('inspection', 'expired', 'allow'),
  ('inspection', 'on_hold', 'allow'),
  ('inspection', 'recall_quarantine', 'allow'),
  ('transfer', 'pending', 'refuse'),
  ('transfer', 'rejected', 'refuse'),
  ('transfer', 'expired', 'refuse'),
  ('transfer', 'on_hold', 'refuse'),
  ('transfer', 'recall_quarantine', 'refuse'),
  ('arrival', 'pending', 'quarantine'),
  ('arrival', 'rejected', 'quarantine'),
  ('arrival', 'expired', 'quarantine'),
  ('arrival', 'on_hold', 'quarantine'),
  ('arrival', 'recall_quarantine', 'quarantine'),
  ('issue', 'pending', 'refuse'),
  ('issue', 'rejected', 'refuse'),
  ('issue', 'expired', 'refuse'),
  ('issue', 'on_hold', 'refuse'),
  ('issue', 'recall_quarantine', 'refuse'),
  ('use', 'pending', 'second'),
  ('use', 'rejected', 'second'),
  ('use', 'expired', 'second'),
  ('use', 'on_hold', 'second'),
  ('use', 'recall_quarantine', 'second'),
  ('ward_return', 'pending', 'quarantine'),
  ('ward_return', 'rejected', 'quarantine'),
  ('ward_return', 'expired', 'quarantine'),
  ('ward_return', 'on_hold', 'quarantine'),
  ('ward_return', 'recall_quarantine', 'quarantine'),
  ('quarantine', 'pending', 'allow'),
  ('quarantine', 'rejected', 'allow'),
  ('quarantine', 'expired', 'allow'),
  ('quarantine', 'on_hold', 'allow'),
  ('quarantine', 'recall_quarantine', 'allow'),
  ('unquarantine', 'pending', 'refuse'),
  ('unquarantine', 'rejected', 'refuse'),
  ('unquarantine', 'expired', 'refuse'),
  ('unquarantine', 'on_hold', 'refuse'),
  ('unquarantine', 'recall_quarantine', 'refuse'),
  ('return_to_supplier', 'pending', 'allow'),
  ('return_to_supplier', 'rejected', 'allow'),
  ('return_to_supplier', 'expired', 'allow'),
  ('return_to_supplier', 'on_hold', 'second'),
  ('return_to_supplier', 'recall_quarantine', 'allow'),
  ('disposal', 'pending', 'second'),
  ('disposal', 'rejected', 'allow'),
  ('disposal', 'expired', 'allow'),
  ('disposal', 'on_hold', 'second'),
  ('disposal', 'recall_quarantine', 'allow'),
  ('stock_gain', 'pending', 'second_quarantine'),
  ('stock_gain', 'rejected', 'second_quarantine'),
  ('stock_gain', 'expired', 'second_quarantine'),
  ('stock_gain', 'on_hold', 'second_quarantine'),
  ('stock_gain', 'recall_quarantine', 'second_quarantine'),
  ('stock_loss', 'pending', 'second'),
  ('stock_loss', 'rejected', 'second'),
  ('stock_loss', 'expired', 'second'),
  ('stock_loss', 'on_hold', 'second'),
  ('stock_loss', 'recall_quarantine', 'second'),
  ('kit_build', 'pending', 'refuse'),
  ('kit_build', 'rejected', 'refuse'),
  ('kit_build', 'expired', 'refuse'),
  ('kit_build', 'on_hold', 'refuse'),
  ('kit_build', 'recall_quarantine', 'refuse'),
  ('kit_open', 'pending', 'allow'),
  ('kit_open', 'rejected', 'quarantine'),
  ('kit_open', 'expired', 'quarantine'),
  ('kit_open', 'on_hold', 'quarantine'),
  ('kit_open', 'recall_quarantine', 'quarantine'),
  ('reversal', 'pending', 'second_not_free'),
  ('reversal', 'rejected', 'second_not_free'),
  ('reversal', 'expired', 'second_not_free'),
  ('reversal', 'on_hold', 'second_not_free'),
  ('reversal', 'recall_quarantine', 'second_not_free')) AS listed
----
CREATE VIEW rule_need AS SELECT column1 AS kind, column2 AS need FROM (VALUES
  ('disposal', 'second'),
  ('return_to_supplier', 'second'),
  ('stock_gain', 'second'),
  ('stock_loss', 'second'),
  ('unquarantine', 'second'),
  ('disposal', 'reason'),
  ('reversal', 'reason'),
  ('stock_gain', 'reason'),
  ('stock_loss', 'reason'),
  ('unquarantine', 'reason')) AS listed
----
CREATE VIEW rule_free AS SELECT column1 AS state FROM (VALUES
  ('in_stock'),
  ('in_transit'),
  ('par')) AS listed
----
CREATE VIEW rule_case AS SELECT column1 AS before, column2 AS after FROM (VALUES
  ('draft', 'registered'),
  ('registered', 'assessing'),
  ('registered', 'withdrawn'),
  ('assessing', 'active'),
  ('assessing', 'not_affected'),
  ('assessing', 'withdrawn'),
  ('not_affected', 'reopened'),
  ('active', 'reconciling'),
  ('active', 'withdrawn'),
  ('reconciling', 'active'),
  ('reconciling', 'closing_review'),
  ('reconciling', 'withdrawn'),
  ('closing_review', 'closed'),
  ('closing_review', 'reconciling'),
  ('closed', 'reopened'),
  ('withdrawn', 'reopened'),
  ('reopened', 'active'),
  ('reopened', 'assessing'),
  ('reopened', 'reconciling')) AS listed
----
CREATE VIEW rule_task AS SELECT column1 AS before, column2 AS after FROM (VALUES
  ('sent', 'acknowledged'),
  ('sent', 'exempted'),
  ('acknowledged', 'exempted'),
  ('acknowledged', 'found'),
  ('acknowledged', 'locating'),
  ('acknowledged', 'none_found'),
  ('locating', 'exempted'),
  ('locating', 'found'),
  ('locating', 'none_found'),
  ('found', 'handed_over'),
  ('found', 'locating'),
  ('found', 'quarantined'),
  ('none_found', 'done'),
  ('none_found', 'found'),
  ('none_found', 'locating'),
  ('quarantined', 'done'),
  ('quarantined', 'handed_over'),
  ('quarantined', 'locating'),
  ('handed_over', 'done'),
  ('handed_over', 'locating'),
  ('done', 'locating'),
  ('exempted', 'locating')) AS listed
----
CREATE VIEW rule_signed AS SELECT column1 AS act, column2 AS meaning FROM (VALUES
  ('approved', 'approve_recall'),
  ('closed', 'close_recall'),
  ('not_affected', 'not_affected'),
  ('withdrawn', 'withdraw_recall'),
  ('read_again', 'read_again'),
  ('line_excluded', 'exclude_batch')) AS listed
----
CREATE VIEW rule_departure AS SELECT column1 AS before, column2 AS after FROM (VALUES
  ('draft', 'cancelled'),
  ('draft', 'destroyed'),
  ('draft', 'handed_over'),
  ('handed_over', 'received'),
  ('handed_over', 'reversed'),
  ('handed_over', 'settled'),
  ('received', 'reversed'),
  ('settled', 'reversed'),
  ('destroyed', 'reversed')) AS listed
----
CREATE VIEW rule_apart AS SELECT column1 AS role, column2 AS other FROM (VALUES
  ('it_admin', 'security_admin'),
  ('security_admin', 'it_admin'),
  ('auditor', 'storekeeper'),
  ('storekeeper', 'auditor'),
  ('auditor', 'buyer'),
  ('buyer', 'auditor'),
  ('auditor', 'quality_inspector'),
  ('quality_inspector', 'auditor'),
  ('auditor', 'dept_liaison'),
  ('dept_liaison', 'auditor'),
  ('auditor', 'dept_head'),
  ('dept_head', 'auditor'),
  ('auditor', 'recall_coordinator'),
  ('recall_coordinator', 'auditor'),
  ('auditor', 'executive'),
  ('executive', 'auditor'),
  ('auditor', 'clinical_affairs'),
  ('clinical_affairs', 'auditor'),
  ('auditor', 'it_admin'),
  ('it_admin', 'auditor'),
  ('auditor', 'security_admin'),
  ('security_admin', 'auditor'),
  ('executive', 'it_admin'),
  ('it_admin', 'executive'),
  ('dept_head', 'it_admin'),
  ('it_admin', 'dept_head'),
  ('executive', 'security_admin'),
  ('security_admin', 'executive'),
  ('dept_head', 'security_admin'),
  ('security_admin', 'dept_head')) AS listed
----
CREATE VIEW rule_posting AS SELECT column1 AS kind, column2 AS role FROM (VALUES
  ('arrival', 'storekeeper'),
  ('disposal', 'recall_coordinator'),
  ('disposal', 'storekeeper'),
  ('inspection', 'quality_inspector'),
  ('issue', 'storekeeper'),
  ('kit_build', 'storekeeper'),
  ('kit_open', 'dept_head'),
  ('kit_open', 'dept_liaison'),
  ('kit_open', 'storekeeper'),
  ('quarantine', 'dept_head'),
  ('quarantine', 'dept_liaison'),
  ('quarantine', 'quality_inspector'),
  ('quarantine', 'recall_coordinator'),
  ('quarantine', 'storekeeper'),
  ('receipt', 'storekeeper'),
  ('return_to_supplier', 'recall_coordinator'),
  ('return_to_supplier', 'storekeeper'),
  ('reversal', 'dept_head'),
  ('reversal', 'dept_liaison'),
  ('reversal', 'recall_coordinator'),
  ('reversal', 'storekeeper'),
  ('stock_gain', 'dept_head'),
  ('stock_gain', 'dept_liaison'),
  ('stock_gain', 'recall_coordinator'),
  ('stock_gain', 'storekeeper'),
  ('stock_loss', 'dept_head'),
  ('stock_loss', 'dept_liaison'),
  ('stock_loss', 'recall_coordinator'),
  ('stock_loss', 'storekeeper'),
  ('transfer', 'storekeeper'),
  ('unquarantine', 'recall_coordinator'),
  ('unquarantine', 'storekeeper'),
  ('use', 'dept_head'),
  ('use', 'dept_liaison'),
  ('ward_return', 'dept_head'),
  ('ward_return', 'dept_liaison')) AS listed
----
CREATE VIEW rule_duty AS SELECT column1 AS duty, column2 AS role FROM (VALUES
  ('approve_recall', 'executive'),
  ('approve_requisition', 'dept_head'),
  ('audit', 'auditor'),
  ('build_kits', 'storekeeper'),
  ('close_recall', 'executive'),
  ('collect_goods', 'recall_coordinator'),
  ('collect_goods', 'storekeeper'),
  ('count_stock', 'dept_head'),
  ('count_stock', 'dept_liaison'),
  ('count_stock', 'storekeeper'),
  ('grant_roles', 'security_admin'),
  ('hold', 'executive'),
  ('hold', 'quality_inspector'),
  ('hold', 'recall_coordinator'),
  ('hold', 'storekeeper'),
  ('inspect', 'quality_inspector'),
  ('issue', 'storekeeper'),
  ('keep_recipes', 'buyer'),
  ('keep_recipes', 'storekeeper'),
  ('maintain_catalogue', 'buyer'),
  ('order', 'buyer'),
  ('receive', 'storekeeper'),
  ('run_recall', 'recall_coordinator'),
  ('see_batches', 'auditor'),
  ('see_batches', 'buyer'),
  ('see_batches', 'clinical_affairs'),
  ('see_batches', 'dept_head'),
  ('see_batches', 'dept_liaison'),
  ('see_batches', 'executive'),
  ('see_batches', 'it_admin'),
  ('see_batches', 'quality_inspector'),
  ('see_batches', 'recall_coordinator'),
  ('see_batches', 'security_admin'),
  ('see_batches', 'storekeeper'),
  ('see_patients', 'clinical_affairs'),
  ('see_patients', 'dept_head'),
  ('see_recalls', 'auditor'),
  ('see_recalls', 'buyer'),
  ('see_recalls', 'clinical_affairs'),
  ('see_recalls', 'dept_head'),
  ('see_recalls', 'dept_liaison'),
  ('see_recalls', 'executive'),
  ('see_recalls', 'it_admin'),
  ('see_recalls', 'quality_inspector'),
  ('see_recalls', 'recall_coordinator'),
  ('see_recalls', 'security_admin'),
  ('see_recalls', 'storekeeper'),
  ('set_rules', 'executive'),
  ('set_up', 'it_admin'),
  ('store_work', 'storekeeper'),
  ('ward', 'dept_head'),
  ('ward', 'dept_liaison'),
  ('witness', 'dept_head'),
  ('witness', 'dept_liaison'),
  ('witness', 'executive'),
  ('witness', 'quality_inspector'),
  ('witness', 'recall_coordinator'),
  ('witness', 'storekeeper')) AS listed
----
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
----
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
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON movement FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE movement ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON lot_lock FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE lot_lock ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON lock_lift FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE lock_lift ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON signature FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE signature ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON past_password FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE past_password ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON patient_use FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE patient_use ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON patient_look FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE patient_look ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON inspection_check FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE inspection_check ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON batch_supplement FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE batch_supplement ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON attachment FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE attachment ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON part_rejection FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE part_rejection ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON requisition_line FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE requisition_line ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON requisition_issue FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE requisition_issue ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON purchase_order_line FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE purchase_order_line ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON document FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE document ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON case_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE case_entry ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON scope_change FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE scope_change ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON put_away FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE put_away ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON reminder FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE reminder ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON service_person FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE service_person ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON stock_count_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE stock_count_entry ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON kit_recipe FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE kit_recipe ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON kit_component FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE kit_component ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON kit FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE kit ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON kit_content FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE kit_content ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON ended_session FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE ended_session ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON operation FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE operation ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_rows BEFORE UPDATE ON audit_seal FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE audit_seal ENABLE ALWAYS TRIGGER keep_rows
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON movement FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE movement ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON movement EXECUTE FUNCTION refuse_change()
----
ALTER TABLE movement ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON lot_lock FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE lot_lock ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON lot_lock EXECUTE FUNCTION refuse_change()
----
ALTER TABLE lot_lock ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON lock_lift FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE lock_lift ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON lock_lift EXECUTE FUNCTION refuse_change()
----
ALTER TABLE lock_lift ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON signature FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE signature ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON signature EXECUTE FUNCTION refuse_change()
----
ALTER TABLE signature ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON past_password FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE past_password ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON past_password EXECUTE FUNCTION refuse_change()
----
ALTER TABLE past_password ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON patient_use FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE patient_use ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON patient_use EXECUTE FUNCTION refuse_change()
----
ALTER TABLE patient_use ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON patient_look FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE patient_look ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON patient_look EXECUTE FUNCTION refuse_change()
----
ALTER TABLE patient_look ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON inspection_check FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE inspection_check ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON inspection_check EXECUTE FUNCTION refuse_change()
----
ALTER TABLE inspection_check ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON batch_supplement FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE batch_supplement ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON batch_supplement EXECUTE FUNCTION refuse_change()
----
ALTER TABLE batch_supplement ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON attachment FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE attachment ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON attachment EXECUTE FUNCTION refuse_change()
----
ALTER TABLE attachment ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON part_rejection FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE part_rejection ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON part_rejection EXECUTE FUNCTION refuse_change()
----
ALTER TABLE part_rejection ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON requisition_line FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE requisition_line ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON requisition_line EXECUTE FUNCTION refuse_change()
----
ALTER TABLE requisition_line ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON requisition_issue FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE requisition_issue ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON requisition_issue EXECUTE FUNCTION refuse_change()
----
ALTER TABLE requisition_issue ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON purchase_order_line FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE purchase_order_line ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON purchase_order_line EXECUTE FUNCTION refuse_change()
----
ALTER TABLE purchase_order_line ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON document FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE document ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON document EXECUTE FUNCTION refuse_change()
----
ALTER TABLE document ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON case_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE case_entry ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON case_entry EXECUTE FUNCTION refuse_change()
----
ALTER TABLE case_entry ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON scope_change FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE scope_change ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON scope_change EXECUTE FUNCTION refuse_change()
----
ALTER TABLE scope_change ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON put_away FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE put_away ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON put_away EXECUTE FUNCTION refuse_change()
----
ALTER TABLE put_away ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON reminder FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE reminder ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON reminder EXECUTE FUNCTION refuse_change()
----
ALTER TABLE reminder ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON service_person FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE service_person ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON service_person EXECUTE FUNCTION refuse_change()
----
ALTER TABLE service_person ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON stock_count_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE stock_count_entry ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON stock_count_entry EXECUTE FUNCTION refuse_change()
----
ALTER TABLE stock_count_entry ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON kit_recipe FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE kit_recipe ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON kit_recipe EXECUTE FUNCTION refuse_change()
----
ALTER TABLE kit_recipe ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON kit_component FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE kit_component ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON kit_component EXECUTE FUNCTION refuse_change()
----
ALTER TABLE kit_component ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON kit FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE kit ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON kit EXECUTE FUNCTION refuse_change()
----
ALTER TABLE kit ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON kit_content FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE kit_content ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON kit_content EXECUTE FUNCTION refuse_change()
----
ALTER TABLE kit_content ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON ended_session FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE ended_session ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON ended_session EXECUTE FUNCTION refuse_change()
----
ALTER TABLE ended_session ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON operation FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE operation ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON operation EXECUTE FUNCTION refuse_change()
----
ALTER TABLE operation ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON audit_entry EXECUTE FUNCTION refuse_change()
----
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE audit_seal ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON audit_seal EXECUTE FUNCTION refuse_change()
----
ALTER TABLE audit_seal ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON balance FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE balance ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON balance EXECUTE FUNCTION refuse_change()
----
ALTER TABLE balance ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON batch FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE batch ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON batch EXECUTE FUNCTION refuse_change()
----
ALTER TABLE batch ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON serial_unit FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE serial_unit ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON serial_unit EXECUTE FUNCTION refuse_change()
----
ALTER TABLE serial_unit ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE audit_head ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON audit_head EXECUTE FUNCTION refuse_change()
----
ALTER TABLE audit_head ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON recall_case FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE recall_case ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON recall_case EXECUTE FUNCTION refuse_change()
----
ALTER TABLE recall_case ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON recall_clause FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE recall_clause ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON recall_clause EXECUTE FUNCTION refuse_change()
----
ALTER TABLE recall_clause ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON scope_line FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE scope_line ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON scope_line EXECUTE FUNCTION refuse_change()
----
ALTER TABLE scope_line ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON department_task FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE department_task ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON department_task EXECUTE FUNCTION refuse_change()
----
ALTER TABLE department_task ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON task_line FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE task_line ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON task_line EXECUTE FUNCTION refuse_change()
----
ALTER TABLE task_line ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON return_shipment FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE return_shipment ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON return_shipment EXECUTE FUNCTION refuse_change()
----
ALTER TABLE return_shipment ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON departure FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE departure ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON departure EXECUTE FUNCTION refuse_change()
----
ALTER TABLE departure ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON person FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE person ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON person EXECUTE FUNCTION refuse_change()
----
ALTER TABLE person ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON person_role FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE person_role ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON person_role EXECUTE FUNCTION refuse_change()
----
ALTER TABLE person_role ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON workstation FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE workstation ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON workstation EXECUTE FUNCTION refuse_change()
----
ALTER TABLE workstation ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON product FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE product ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON product EXECUTE FUNCTION refuse_change()
----
ALTER TABLE product ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON certificate FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE certificate ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON certificate EXECUTE FUNCTION refuse_change()
----
ALTER TABLE certificate ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON supplier FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE supplier ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON supplier EXECUTE FUNCTION refuse_change()
----
ALTER TABLE supplier ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON location FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE location ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON location EXECUTE FUNCTION refuse_change()
----
ALTER TABLE location ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON site FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE site ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON site EXECUTE FUNCTION refuse_change()
----
ALTER TABLE site ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON schema_info FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE schema_info ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON schema_info EXECUTE FUNCTION refuse_change()
----
ALTER TABLE schema_info ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON delivery FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE delivery ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON delivery EXECUTE FUNCTION refuse_change()
----
ALTER TABLE delivery ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON requisition FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE requisition ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON requisition EXECUTE FUNCTION refuse_change()
----
ALTER TABLE requisition ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON reservation FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE reservation ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON reservation EXECUTE FUNCTION refuse_change()
----
ALTER TABLE reservation ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON purchase_order FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE purchase_order ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON purchase_order EXECUTE FUNCTION refuse_change()
----
ALTER TABLE purchase_order ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON transfer FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE transfer ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON transfer EXECUTE FUNCTION refuse_change()
----
ALTER TABLE transfer ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON transfer_line FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE transfer_line ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON transfer_line EXECUTE FUNCTION refuse_change()
----
ALTER TABLE transfer_line ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON shelf_place FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE shelf_place ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON shelf_place EXECUTE FUNCTION refuse_change()
----
ALTER TABLE shelf_place ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON mail FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE mail ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON mail EXECUTE FUNCTION refuse_change()
----
ALTER TABLE mail ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON news FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE news ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON news EXECUTE FUNCTION refuse_change()
----
ALTER TABLE news ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON agent_lease FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE agent_lease ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON agent_lease EXECUTE FUNCTION refuse_change()
----
ALTER TABLE agent_lease ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON agent_job FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE agent_job ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON agent_job EXECUTE FUNCTION refuse_change()
----
ALTER TABLE agent_job ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON stock_count FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE stock_count ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON stock_count EXECUTE FUNCTION refuse_change()
----
ALTER TABLE stock_count ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER keep_deleted BEFORE DELETE ON stock_count_line FOR EACH ROW EXECUTE FUNCTION refuse_change()
----
ALTER TABLE stock_count_line ENABLE ALWAYS TRIGGER keep_deleted
----
CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON stock_count_line EXECUTE FUNCTION refuse_change()
----
ALTER TABLE stock_count_line ENABLE ALWAYS TRIGGER keep_truncated
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON attachment
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', 'content')
----
ALTER TABLE attachment ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON batch
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE batch ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON batch_supplement
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE batch_supplement ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON case_entry
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE case_entry ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON certificate
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE certificate ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON delivery
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE delivery ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON delivery_line
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE delivery_line ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON department_task
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE department_task ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON departure
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE departure ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON departure_line
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE departure_line ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON device_identifier
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE device_identifier ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON document
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', 'content')
----
ALTER TABLE document ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON ended_session
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE ended_session ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON inspection_check
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE inspection_check ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON kit
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE kit ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON kit_component
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE kit_component ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON kit_content
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE kit_content ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON kit_recipe
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE kit_recipe ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON location
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE location ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON lock_lift
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE lock_lift ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON lot_lock
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE lot_lock ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON mail
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE mail ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON manufacturer
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE manufacturer ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON movement
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE movement ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON news
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', 'content')
----
ALTER TABLE news ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON packaging_level
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE packaging_level ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON part_rejection
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE part_rejection ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON past_password
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', 'password_hash')
----
ALTER TABLE past_password ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON patient_look
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE patient_look ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON patient_use
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', 'visit_no')
----
ALTER TABLE patient_use ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON person
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', 'password_hash')
----
ALTER TABLE person ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON person_role
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE person_role ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON product
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE product ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON purchase_order
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE purchase_order ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON purchase_order_line
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE purchase_order_line ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON put_away
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE put_away ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON recall_case
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE recall_case ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON recall_clause
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE recall_clause ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON region
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE region ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON reminder
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE reminder ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON requisition
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE requisition ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON requisition_issue
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE requisition_issue ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON requisition_line
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE requisition_line ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON reservation
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE reservation ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON return_shipment
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE return_shipment ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON schema_info
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE schema_info ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON scope_change
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE scope_change ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON scope_line
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE scope_line ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON serial_unit
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE serial_unit ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON service_person
  FOR EACH ROW EXECUTE FUNCTION audit_row('person_id', '')
----
ALTER TABLE service_person ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON setting
  FOR EACH ROW EXECUTE FUNCTION audit_row('key', '')
----
ALTER TABLE setting ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON shelf_place
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE shelf_place ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON signature
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', 'content')
----
ALTER TABLE signature ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON site
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE site ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON stock_count
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE stock_count ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON stock_count_entry
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE stock_count_entry ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON stock_count_line
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE stock_count_line ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON supplier
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE supplier ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON task_line
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE task_line ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON transfer
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE transfer ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON transfer_line
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE transfer_line ENABLE ALWAYS TRIGGER audit_row
----
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON workstation
  FOR EACH ROW EXECUTE FUNCTION audit_row('id', '')
----
ALTER TABLE workstation ENABLE ALWAYS TRIGGER audit_row
----
CREATE FUNCTION agent_wall() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor()) THEN
    PERFORM refuse('agent_may_not');
  END IF;
  RETURN NULL;
END $$
----
CREATE FUNCTION agent_role_wall() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM service_person WHERE person_id = NEW.person_id) THEN
    PERFORM refuse('agent_may_not');
  END IF;
  RETURN NEW;
END $$
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON attachment
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE attachment ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON batch
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE batch ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON batch_supplement
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE batch_supplement ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON case_entry
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE case_entry ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON certificate
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE certificate ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON delivery
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE delivery ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON delivery_line
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE delivery_line ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON department_task
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE department_task ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON departure
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE departure ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON departure_line
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE departure_line ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON device_identifier
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE device_identifier ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON document
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE document ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON ended_session
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE ended_session ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON inspection_check
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE inspection_check ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON kit
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE kit ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON kit_component
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE kit_component ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON kit_content
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE kit_content ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON kit_recipe
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE kit_recipe ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON location
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE location ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON lock_lift
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE lock_lift ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON lot_lock
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE lot_lock ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON manufacturer
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE manufacturer ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON packaging_level
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE packaging_level ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON part_rejection
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE part_rejection ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON past_password
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE past_password ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON patient_look
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE patient_look ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON patient_use
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE patient_use ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON person
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE person ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON person_role
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE person_role ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON product
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE product ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON purchase_order
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE purchase_order ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON purchase_order_line
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE purchase_order_line ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON put_away
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE put_away ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON recall_case
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE recall_case ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON recall_clause
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE recall_clause ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON region
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE region ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON requisition
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE requisition ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON requisition_issue
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE requisition_issue ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON requisition_line
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE requisition_line ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON reservation
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE reservation ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON return_shipment
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE return_shipment ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON schema_info
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE schema_info ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON scope_change
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE scope_change ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON scope_line
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE scope_line ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON serial_unit
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE serial_unit ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON service_person
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE service_person ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON setting
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE setting ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON shelf_place
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE shelf_place ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON signature
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE signature ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON site
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE site ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON stock_count
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE stock_count ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON stock_count_entry
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE stock_count_entry ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON stock_count_line
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE stock_count_line ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON supplier
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE supplier ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON task_line
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE task_line ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON transfer
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE transfer ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON transfer_line
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE transfer_line ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON workstation
  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()
----
ALTER TABLE workstation ENABLE ALWAYS TRIGGER agent_wall
----
CREATE TRIGGER agent_role_wall BEFORE INSERT OR UPDATE ON person_role
  FOR EACH ROW EXECUTE FUNCTION agent_role_wall()
----
ALTER TABLE person_role ENABLE ALWAYS TRIGGER agent_role_wall
----
CREATE SEQUENCE news_told
----
CREATE FUNCTION tell_topic() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('recalldesk', TG_ARGV[0]);
  RETURN NULL;
END $$
----
-- 0: it is told. Else somebody told a moment ago: ask again with this number, the time of the first
-- asking; what was told after that moment was told after the asker's commit. A sequence is changed at once and kept
-- waiting by nobody.
CREATE FUNCTION tell_goods(since bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  this_moment bigint := (extract(epoch FROM clock_timestamp()) * 1000)::bigint;
  told bigint := (SELECT last_value FROM news_told);
BEGIN
  IF since > 0 AND told > since AND told <= this_moment THEN RETURN 0; END IF;
  IF told > this_moment - 450 AND told <= this_moment THEN
    RETURN CASE WHEN since > 0 THEN since ELSE this_moment END;
  END IF;
  PERFORM setval('news_told', this_moment), pg_catalog.pg_notify('recalldesk', 'goods');
  RETURN 0;
END $$
----
CREATE TRIGGER tell_topic AFTER INSERT OR UPDATE OR DELETE ON lot_lock
  FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('LOCKS')
----
ALTER TABLE lot_lock ENABLE ALWAYS TRIGGER tell_topic
----
CREATE TRIGGER tell_topic AFTER INSERT OR UPDATE OR DELETE ON lock_lift
  FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('LOCKS')
----
ALTER TABLE lock_lift ENABLE ALWAYS TRIGGER tell_topic
----
CREATE TRIGGER tell_topic AFTER INSERT OR UPDATE OR DELETE ON recall_case
  FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('RECALLS')
----
ALTER TABLE recall_case ENABLE ALWAYS TRIGGER tell_topic
----
CREATE TRIGGER tell_topic AFTER INSERT OR UPDATE OR DELETE ON recall_clause
  FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('RECALLS')
----
ALTER TABLE recall_clause ENABLE ALWAYS TRIGGER tell_topic
----
CREATE TRIGGER tell_topic AFTER INSERT OR UPDATE OR DELETE ON scope_line
  FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('RECALLS')
----
ALTER TABLE scope_line ENABLE ALWAYS TRIGGER tell_topic
----
CREATE TRIGGER tell_topic AFTER INSERT OR UPDATE OR DELETE ON scope_change
  FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('RECALLS')
----
ALTER TABLE scope_change ENABLE ALWAYS TRIGGER tell_topic
----
CREATE TRIGGER tell_topic AFTER INSERT OR UPDATE OR DELETE ON case_entry
  FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('RECALLS')
----
ALTER TABLE case_entry ENABLE ALWAYS TRIGGER tell_topic
----
CREATE TRIGGER tell_topic AFTER INSERT OR UPDATE OR DELETE ON return_shipment
  FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('RECALLS')
----
ALTER TABLE return_shipment ENABLE ALWAYS TRIGGER tell_topic
----
CREATE TRIGGER tell_topic AFTER INSERT OR UPDATE OR DELETE ON news
  FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('RECALLS')
----
ALTER TABLE news ENABLE ALWAYS TRIGGER tell_topic
----
CREATE TRIGGER tell_topic AFTER INSERT OR UPDATE OR DELETE ON reminder
  FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('RECALLS')
----
ALTER TABLE reminder ENABLE ALWAYS TRIGGER tell_topic
----
CREATE TRIGGER tell_topic AFTER INSERT OR UPDATE OR DELETE ON department_task
  FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('TASKS')
----
ALTER TABLE department_task ENABLE ALWAYS TRIGGER tell_topic
----
CREATE TRIGGER tell_topic AFTER INSERT OR UPDATE OR DELETE ON task_line
  FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('TASKS')
----
ALTER TABLE task_line ENABLE ALWAYS TRIGGER tell_topic
----
CREATE TRIGGER keep_key BEFORE UPDATE OF id ON product FOR EACH ROW EXECUTE FUNCTION keep_key()
----
ALTER TABLE product ENABLE ALWAYS TRIGGER keep_key
----
CREATE TRIGGER keep_key BEFORE UPDATE OF id ON location FOR EACH ROW EXECUTE FUNCTION keep_key()
----
ALTER TABLE location ENABLE ALWAYS TRIGGER keep_key
----
CREATE TRIGGER keep_key BEFORE UPDATE OF id ON recall_case FOR EACH ROW EXECUTE FUNCTION keep_key()
----
ALTER TABLE recall_case ENABLE ALWAYS TRIGGER keep_key
----
CREATE TRIGGER keep_key BEFORE UPDATE OF id ON department_task FOR EACH ROW EXECUTE FUNCTION keep_key()
----
ALTER TABLE department_task ENABLE ALWAYS TRIGGER keep_key
----
CREATE TRIGGER keep_key BEFORE UPDATE OF id ON batch FOR EACH ROW EXECUTE FUNCTION keep_key()
----
ALTER TABLE batch ENABLE ALWAYS TRIGGER keep_key
----
ALTER VIEW rule_path SET (security_invoker = true)
----
ALTER VIEW rule_lock SET (security_invoker = true)
----
ALTER VIEW rule_need SET (security_invoker = true)
----
ALTER VIEW rule_free SET (security_invoker = true)
----
ALTER VIEW rule_case SET (security_invoker = true)
----
ALTER VIEW rule_task SET (security_invoker = true)
----
ALTER VIEW rule_signed SET (security_invoker = true)
----
ALTER VIEW rule_departure SET (security_invoker = true)
----
ALTER VIEW rule_apart SET (security_invoker = true)
----
ALTER VIEW rule_posting SET (security_invoker = true)
----
ALTER VIEW rule_duty SET (security_invoker = true)
----
ALTER VIEW person_place SET (security_invoker = true)
