"""Treatment as data: gait, manual therapy, outcome scores, the home program and its link."""

import sqlalchemy as sa
from alembic import op

revision = "f_treatment"
down_revision = "e_own_defaults"

OF_NOTES = {
    "gait_analyses": "note_id",
    "gait_findings": "id",
    "cue_responses": "id",
    "gait_stills": "id",
    "tender_points": "id",
    "techniques": "id",
    "manual_therapies": "note_id",
    "check_answers": None,
    "scores": "id",
}
"""The rows that are signed with their note, and the key by which REPLACE could overwrite one of another note."""

ADDED = {
    "home_items": "id = NEW.id OR replaces_id = NEW.replaces_id OR request_id = NEW.request_id",
    "home_events": "id = NEW.id OR (item_id = NEW.item_id AND number = NEW.number)",
}
"""The tables that are only ever added to, and what REPLACE would overwrite."""

KEPT = ("id", "user_id", "name", "patient_id", "reason", "at", "until")
"""What of an opened chart never changes; who took note of it is written later."""


def _guard_on_postgresql() -> None:
    for table in OF_NOTES:
        op.execute(
            f"CREATE TRIGGER {table}_signed BEFORE INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW "
            "EXECUTE FUNCTION refuse_rows_of_what_is_signed('notes', 'note_id')"
        )
        op.execute(
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change()"
        )
    for table in ADDED:
        op.execute(
            f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change()"
        )
    old, new = (", ".join(f'{row}."{column}"' for column in KEPT) for row in ("OLD", "NEW"))
    op.execute(
        "CREATE TRIGGER chart_breaches_kept BEFORE UPDATE ON chart_breaches FOR EACH ROW "
        f"WHEN (({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION refuse_to_change()"
    )
    op.execute(
        "CREATE TRIGGER chart_breaches_never_gone BEFORE DELETE OR TRUNCATE ON chart_breaches "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change()"
    )


def _refuse_on_sqlite(name: str, verb: str, table: str, when: str = "1") -> None:
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} "
        "BEGIN SELECT RAISE(ABORT, 'what is signed never changes'); END"
    )


def _guard_on_sqlite() -> None:
    for table, key in OF_NOTES.items():
        signed = "EXISTS (SELECT 1 FROM notes WHERE signed_at IS NOT NULL AND id = {row}.note_id)"
        new, old = signed.format(row="NEW"), signed.format(row="OLD")
        over = (
            ""
            if key is None
            else (
                f" OR EXISTS (SELECT 1 FROM {table} AS old JOIN notes ON notes.id = old.note_id "
                f"WHERE notes.signed_at IS NOT NULL AND old.{key} = NEW.{key})"
            )
        )
        _refuse_on_sqlite(f"{table}_signed_insert", "INSERT", table, new + over)
        _refuse_on_sqlite(f"{table}_signed_update", "UPDATE", table, f"{new} OR {old}{over}")
        _refuse_on_sqlite(f"{table}_signed_delete", "DELETE", table, old)
    for table, same in ADDED.items():
        for verb in ("UPDATE", "DELETE"):
            _refuse_on_sqlite(f"{table}_no_{verb.lower()}", verb, table)
        _refuse_on_sqlite(f"{table}_no_replace", "INSERT", table, f"EXISTS (SELECT 1 FROM {table} WHERE {same})")
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in KEPT)
    _refuse_on_sqlite("chart_breaches_kept", "UPDATE", "chart_breaches", changed)
    _refuse_on_sqlite("chart_breaches_no_delete", "DELETE", "chart_breaches")
    there = "EXISTS (SELECT 1 FROM chart_breaches WHERE id = NEW.id)"
    _refuse_on_sqlite("chart_breaches_no_replace", "INSERT", "chart_breaches", there)


def upgrade() -> None:
    op.create_table(
        "home_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_home_links_patient_id_patients")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_links")),
        sa.UniqueConstraint("patient_id", name=op.f("uq_home_links_patient_id")),
    )
    op.create_table(
        "home_devices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["home_links.id"], name=op.f("fk_home_devices_link_id_home_links")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_devices")),
        sa.UniqueConstraint("digest", name=op.f("uq_home_devices_digest")),
    )
    with op.batch_alter_table("home_devices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_home_devices_link_id"), ["link_id"], unique=False)

    op.create_table(
        "home_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("dose", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("weekly_km", sa.Numeric(precision=6, scale=1), nullable=True),
        sa.Column("cue", sa.String(length=300), nullable=False),
        sa.Column("stop_if", sa.String(length=300), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("routine", sa.String(length=80), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("warned", sa.JSON(), nullable=False),
        sa.Column("despite", sa.String(length=300), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "kind in ('exercise', 'heat', 'cold', 'hydration', 'rest', 'running', 'avoid')",
            name=op.f("ck_home_items_kind"),
        ),
        sa.CheckConstraint("minutes is null or minutes between 1 and 600", name=op.f("ck_home_items_minutes")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_home_items_author_id_users")),
        sa.ForeignKeyConstraint(["episode_id"], ["episodes.id"], name=op.f("fk_home_items_episode_id_episodes")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_home_items_patient_id_patients")),
        sa.ForeignKeyConstraint(["replaces_id"], ["home_items.id"], name=op.f("fk_home_items_replaces_id_home_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_items")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_home_items_replaces_id")),
        sa.UniqueConstraint("request_id", name=op.f("uq_home_items_request_id")),
    )
    with op.batch_alter_table("home_items", schema=None) as batch_op:
        batch_op.create_index("ix_home_items_episode_id", ["episode_id"], unique=False)
        batch_op.create_index("ix_home_items_patient_id", ["patient_id"], unique=False)

    op.create_table(
        "home_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("what in ('paused', 'resumed', 'stopped')", name=op.f("ck_home_events_what")),
        sa.ForeignKeyConstraint(["item_id"], ["home_items.id"], name=op.f("fk_home_events_item_id_home_items")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_home_events_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_events")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_home_events_item_id_number")),
    )
    op.create_table(
        "check_answers",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=3), nullable=False),
        sa.CheckConstraint("answer in ('no', 'yes')", name=op.f("ck_check_answers_answer")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_check_answers_note_id_notes")),
        sa.PrimaryKeyConstraint("note_id", "question", name=op.f("pk_check_answers")),
    )
    op.create_table(
        "cue_responses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("cue", sa.String(length=20), nullable=False),
        sa.Column("pain_before", sa.Integer(), nullable=True),
        sa.Column("pain_with", sa.Integer(), nullable=True),
        sa.Column("cadence", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_cue_responses_note_id_notes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cue_responses")),
        sa.UniqueConstraint("note_id", "cue", name=op.f("uq_cue_responses_note_id_cue")),
    )
    op.create_table(
        "gait_analyses",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("speed_ms", sa.Numeric(precision=4, scale=2), nullable=True),
        sa.Column("incline_pct", sa.Numeric(precision=4, scale=1), nullable=True),
        sa.Column("surface", sa.String(length=12), nullable=False),
        sa.Column("shoe", sa.String(length=120), nullable=False),
        sa.Column("warm_up_min", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(length=12), nullable=False),
        sa.Column("camera_fps", sa.Integer(), nullable=True),
        sa.Column("pain", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("cue", sa.String(length=20), nullable=False),
        sa.Column("target_pct", sa.Numeric(precision=4, scale=1), nullable=True),
        sa.Column("target_spm", sa.Integer(), nullable=True),
        sa.Column("target_why", sa.String(length=300), nullable=False),
        sa.Column("protocol", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_gait_analyses_note_id_notes")),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_gait_analyses")),
    )
    op.create_table(
        "gait_findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=1), nullable=False),
        sa.Column("value", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("grade", sa.String(length=12), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.CheckConstraint("side in ('', 'L', 'R')", name=op.f("ck_gait_findings_side")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_gait_findings_note_id_notes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gait_findings")),
        sa.UniqueConstraint("note_id", "metric", "side", name=op.f("uq_gait_findings_note_id_metric_side")),
    )
    op.create_table(
        "gait_stills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=1), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_gait_stills_note_id_notes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gait_stills")),
        sa.UniqueConstraint("note_id", "metric", "side", name=op.f("uq_gait_stills_note_id_metric_side")),
    )
    op.create_table(
        "manual_therapies",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("decided", sa.String(length=300), nullable=False),
        sa.Column("checks_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_manual_therapies_note_id_notes")),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_manual_therapies")),
    )
    op.create_table(
        "scores",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=12), nullable=False),
        sa.Column("edition", sa.String(length=24), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("value", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_scores_note_id_notes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scores")),
        sa.UniqueConstraint("note_id", "instrument", "edition", name=op.f("uq_scores_note_id_instrument_edition")),
    )
    op.create_table(
        "techniques",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("region", sa.String(length=80), nullable=False),
        sa.Column("side", sa.String(length=4), nullable=False),
        sa.Column("direction", sa.String(length=40), nullable=False),
        sa.Column("grade", sa.String(length=4), nullable=False),
        sa.Column("manner", sa.String(length=12), nullable=False),
        sa.Column("bouts", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("effort_pct", sa.Integer(), nullable=True),
        sa.Column("tool", sa.String(length=60), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("response", sa.String(length=300), nullable=False),
        sa.Column("retest", sa.String(length=200), nullable=False),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind != 'thrust' or consent", name=op.f("ck_techniques_consent")),
        sa.CheckConstraint(
            "kind in ('mobilization', 'muscle energy', 'soft tissue', 'thrust')", name=op.f("ck_techniques_kind")
        ),
        sa.CheckConstraint("side in ('', 'L', 'R', 'both')", name=op.f("ck_techniques_side")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_techniques_note_id_notes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_techniques")),
    )
    with op.batch_alter_table("techniques", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_techniques_note_id"), ["note_id"], unique=False)

    op.create_table(
        "tender_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=1), nullable=False),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("in_position", sa.Integer(), nullable=True),
        sa.Column("after", sa.Integer(), nullable=True),
        sa.Column("position", sa.String(length=200), nullable=False),
        sa.Column("hold_s", sa.Integer(), nullable=True),
        sa.Column("adverse", sa.String(length=10), nullable=False),
        sa.Column("adverse_words", sa.String(length=200), nullable=False),
        sa.Column("recheck", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "adverse in ('', 'none', 'soreness', 'dizzy', 'other')", name=op.f("ck_tender_points_adverse")
        ),
        sa.CheckConstraint("side in ('', 'L', 'R')", name=op.f("ck_tender_points_side")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_tender_points_note_id_notes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tender_points")),
        sa.UniqueConstraint("note_id", "point", "side", name=op.f("uq_tender_points_note_id_point_side")),
    )

    if op.get_bind().dialect.name == "postgresql":
        _guard_on_postgresql()
    else:
        _guard_on_sqlite()


def downgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    triggers = ("kept", "never_gone") if on_postgresql else ("kept", "no_delete", "no_replace")
    for trigger in triggers:
        op.execute(f"DROP TRIGGER chart_breaches_{trigger}" + (" ON chart_breaches" if on_postgresql else ""))
    op.drop_table("tender_points")
    with op.batch_alter_table("techniques", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_techniques_note_id"))

    op.drop_table("techniques")
    op.drop_table("scores")
    op.drop_table("manual_therapies")
    op.drop_table("gait_stills")
    op.drop_table("gait_findings")
    op.drop_table("gait_analyses")
    op.drop_table("cue_responses")
    op.drop_table("check_answers")
    op.drop_table("home_events")
    with op.batch_alter_table("home_items", schema=None) as batch_op:
        batch_op.drop_index("ix_home_items_patient_id")
        batch_op.drop_index("ix_home_items_episode_id")

    op.drop_table("home_items")
    with op.batch_alter_table("home_devices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_home_devices_link_id"))

    op.drop_table("home_devices")
    op.drop_table("home_links")
