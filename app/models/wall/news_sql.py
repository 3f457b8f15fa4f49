"""Writes the triggers by which locks, recalls and tasks tell of themselves as they are committed; PostgreSQL only.

Postings do not: each notice takes a lock over the whole commit and wakes every listener. ``tell_goods`` tells of them
afterwards, for all workstations together at most every half second.
"""

CHANNEL = "recalldesk"
TELLING: dict[str, tuple[str, ...]] = {
    "LOCKS": ("lot_lock", "lock_lift"),
    "RECALLS": (
        *("recall_case", "recall_clause", "scope_line", "scope_change", "case_entry", "return_shipment"),
        *("news", "reminder"),
    ),
    "TASKS": ("department_task", "task_line"),
}
"""Tables by the topic they tell; a notice told twice in one transaction arrives once."""

_TELL_TOPIC = f"""CREATE FUNCTION tell_topic() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('{CHANNEL}', TG_ARGV[0]);
  RETURN NULL;
END $$"""

_TELL_GOODS = f"""-- 0: it is told. Else somebody told a moment ago: ask again with this number, the time of the first
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
  PERFORM setval('news_told', this_moment), pg_catalog.pg_notify('{CHANNEL}', 'goods');
  RETURN 0;
END $$"""


def postgresql_news() -> list[str]:
    """The functions, the sequence behind them, and a trigger per table; ALWAYS, like every other of the wall."""
    statements = ["CREATE SEQUENCE news_told", _TELL_TOPIC, _TELL_GOODS]
    for topic, tables in TELLING.items():
        for table in tables:
            statements += [
                f"CREATE TRIGGER tell_topic AFTER INSERT OR UPDATE OR DELETE ON {table}\n"
                f"  FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('{topic}')",
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER tell_topic",
            ]
    return statements
