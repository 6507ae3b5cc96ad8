"""The chart: episodes, notes, plans of care, signatures, clinical defaults, and what guards a signed document."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "d_chart"
down_revision = "c_courses"

SIGNED = {
    "notes": (
        ("id", "appointment_id"),
        {
            "measurements": "id",
            "evaluations": "note_id",
            "pain_regions": "id",
            "flag_answers": None,
            "treatments": "id",
            "runs": "id",
            "goal_readings": None,
        },
    ),
    "plans": (("id",), {"plan_diagnoses": "id", "goals": "id", "interventions": "id"}),
}
"""The documents that are signed: the keys by which REPLACE could overwrite one, and the rows that belong to it."""

ADDED = {
    "signatures": "id = NEW.id OR (about = NEW.about AND part = NEW.part)",
    "addenda": "id = NEW.id OR request_id = NEW.request_id",
    "goal_events": "id = NEW.id",
    "certification_steps": "id = NEW.id",
    "authorizations": "id = NEW.id",
    "default_versions": "id = NEW.id OR (key = NEW.key AND number = NEW.number)",
}
"""The tables that are only ever added to, and what REPLACE would overwrite."""

ROWS = """
CREATE FUNCTION refuse_rows_of_what_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE signed boolean;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    EXECUTE format('SELECT signed_at IS NOT NULL FROM %I WHERE id = $1 FOR SHARE', TG_ARGV[0])
      INTO signed USING (to_jsonb(OLD) ->> TG_ARGV[1])::int;
    IF signed THEN RAISE EXCEPTION 'what is signed never changes'; END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  EXECUTE format('SELECT signed_at IS NOT NULL FROM %I WHERE id = $1 FOR SHARE', TG_ARGV[0])
    INTO signed USING (to_jsonb(NEW) ->> TG_ARGV[1])::int;
  IF signed THEN RAISE EXCEPTION 'what is signed never changes'; END IF;
  RETURN NEW;
END $$
"""

CMS = "ICD-10-CM, CDC/NCHS and CMS"
CODES = (
    ("M54.5", "Low back pain", "2015-10-01", "2021-09-30", f"{CMS}; ended 2021-10-01", ""),
    ("M54.50", "Low back pain, unspecified", "2021-10-01", None, CMS, ""),
    (
        "M54.51",
        "Vertebrogenic low back pain",
        "2021-10-01",
        None,
        CMS,
        "Needs evidence of the end plates on imaging; it is no synonym of low back pain.",
    ),
    ("M54.59", "Other low back pain", "2021-10-01", None, CMS, ""),
    ("M54.40", "Lumbago with sciatica, unspecified side", "2015-10-01", None, CMS, ""),
    ("M54.41", "Lumbago with sciatica, right side", "2015-10-01", None, CMS, ""),
    ("M54.42", "Lumbago with sciatica, left side", "2015-10-01", None, CMS, ""),
    ("M51.16", "Intervertebral disc disorders with radiculopathy, lumbar region", "2015-10-01", None, CMS, ""),
    ("M51.17", "Intervertebral disc disorders with radiculopathy, lumbosacral region", "2015-10-01", None, CMS, ""),
    (
        "M47.816",
        "Spondylosis without myelopathy or radiculopathy, lumbar region",
        "2015-10-01",
        None,
        CMS,
        "",
    ),
    ("M48.061", "Spinal stenosis, lumbar region without neurogenic claudication", "2017-10-01", None, CMS, ""),
    ("S33.5XXA", "Sprain of ligaments of lumbar spine, initial encounter", "2015-10-01", None, CMS, ""),
    ("M54.16", "Radiculopathy, lumbar region", "2015-10-01", None, f"{CMS}; to be confirmed", ""),
    ("M54.17", "Radiculopathy, lumbosacral region", "2015-10-01", None, f"{CMS}; to be confirmed", ""),
    (
        "S39.012A",
        "Strain of muscle, fascia and tendon of lower back, initial encounter",
        "2015-10-01",
        None,
        f"{CMS}; to be confirmed",
        "",
    ),
)
"""The codes that runners with low back pain come with: code, title, first and last day, source, what to mind."""


def _codes() -> None:
    table = sa.table(
        "diagnosis_codes",
        sa.column("code", sa.String),
        sa.column("title", sa.String),
        sa.column("search", sa.String),
        sa.column("valid_from", sa.Date),
        sa.column("valid_until", sa.Date),
        sa.column("billable", sa.Boolean),
        sa.column("source", sa.String),
        sa.column("note", sa.String),
    )
    op.bulk_insert(
        table,
        [
            {
                "code": code,
                "title": title,
                "search": title.casefold(),
                "valid_from": date.fromisoformat(first),
                "valid_until": date.fromisoformat(last) if last else None,
                "billable": True,
                "source": source,
                "note": note,
            }
            for code, title, first, last, source, note in CODES
        ],
    )


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_to_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'what is signed never changes'; END $$"
    )
    op.execute(ROWS)
    for parent, (_, children) in SIGNED.items():
        op.execute(
            f"CREATE TRIGGER {parent}_signed BEFORE UPDATE OR DELETE ON {parent} FOR EACH ROW "
            "WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION refuse_to_change()"
        )
        for child in children:
            op.execute(
                f"CREATE TRIGGER {child}_signed BEFORE INSERT OR UPDATE OR DELETE ON {child} FOR EACH ROW "
                f"EXECUTE FUNCTION refuse_rows_of_what_is_signed('{parent}', '{parent[:-1]}_id')"
            )
        for table in (parent, *children):
            _never_emptied(table)
    for table in ADDED:
        op.execute(
            f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change()"
        )


def _never_emptied(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change()"
    )


def _refuse_on_sqlite(name: str, verb: str, table: str, when: str = "1") -> None:
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} "
        "BEGIN SELECT RAISE(ABORT, 'what is signed never changes'); END"
    )


def _guard_on_sqlite() -> None:
    """Refuse UPDATE and DELETE; and INSERT where OR REPLACE would overwrite, since that fires no DELETE trigger."""
    for parent, (keys, children) in SIGNED.items():
        _refuse_on_sqlite(f"{parent}_signed_update", "UPDATE", parent, "OLD.signed_at IS NOT NULL")
        _refuse_on_sqlite(f"{parent}_signed_delete", "DELETE", parent, "OLD.signed_at IS NOT NULL")
        same = " OR ".join(f"{key} = NEW.{key}" for key in keys)
        taken = f"EXISTS (SELECT 1 FROM {parent} WHERE signed_at IS NOT NULL AND ({same}))"
        _refuse_on_sqlite(f"{parent}_signed_insert", "INSERT", parent, taken)
        _refuse_on_sqlite(f"{parent}_signed_take_over", "UPDATE", parent, taken)
        link = f"{parent[:-1]}_id"
        for child, key in children.items():
            of_signed = f"EXISTS (SELECT 1 FROM {parent} WHERE signed_at IS NOT NULL AND id = {{row}}.{link})"
            over = (
                ""
                if key is None
                else (
                    f" OR EXISTS (SELECT 1 FROM {child} AS old JOIN {parent} ON {parent}.id = old.{link} "
                    f"WHERE {parent}.signed_at IS NOT NULL AND old.{key} = NEW.{key})"
                )
            )
            new, old = of_signed.format(row="NEW"), of_signed.format(row="OLD")
            _refuse_on_sqlite(f"{child}_signed_insert", "INSERT", child, new + over)
            _refuse_on_sqlite(f"{child}_signed_update", "UPDATE", child, f"{new} OR {old}{over}")
            _refuse_on_sqlite(f"{child}_signed_delete", "DELETE", child, old)
    for table, same in ADDED.items():
        for verb in ("UPDATE", "DELETE"):
            _refuse_on_sqlite(f"{table}_no_{verb.lower()}", verb, table)
        _refuse_on_sqlite(f"{table}_no_replace", "INSERT", table, f"EXISTS (SELECT 1 FROM {table} WHERE {same})")
    _refuse_on_sqlite(
        "audit_entries_no_replace", "INSERT", "audit_entries", "EXISTS (SELECT 1 FROM audit_entries WHERE id = NEW.id)"
    )


def upgrade() -> None:
    op.create_table(
        "diagnosis_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("search", sa.String(length=400), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("billable", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnosis_codes")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_diagnosis_codes_code_valid_from")),
    )
    op.create_table(
        "addenda",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("credentials", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.CheckConstraint("kind in ('late entry', 'addendum', 'correction')", name=op.f("ck_addenda_kind")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_addenda_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addenda")),
        sa.UniqueConstraint("request_id", name=op.f("uq_addenda_request_id")),
    )
    with op.batch_alter_table("addenda", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_addenda_about"), ["about"], unique=False)

    op.create_table(
        "default_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("confirmed_by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_default_versions_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_default_versions")),
        sa.UniqueConstraint("key", "number", name=op.f("uq_default_versions_key_number")),
    )
    op.create_table(
        "signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("credentials", sa.String(length=60), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("part in ('author', 'co-signer')", name=op.f("ck_signatures_part")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_signatures_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
        sa.UniqueConstraint("about", "part", name=op.f("uq_signatures_about_part")),
    )
    op.create_table(
        "chart_breaches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_chart_breaches_patient_id_patients")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_chart_breaches_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chart_breaches")),
    )
    with op.batch_alter_table("chart_breaches", schema=None) as batch_op:
        batch_op.create_index(
            "ix_chart_breaches_user_id_patient_id_until", ["user_id", "patient_id", "until"], unique=False
        )

    op.create_table(
        "episodes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=120), nullable=False),
        sa.Column("payer", sa.String(length=80), nullable=False),
        sa.Column("referrer", sa.String(length=120), nullable=False),
        sa.Column("referral_on", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=200), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=False),
        sa.Column("closed_why", sa.String(length=200), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(closed_at is null) = (closed_why = '')", name=op.f("ck_episodes_closed")),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_episodes_location_id_locations")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_episodes_patient_id_patients")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapists.id"], name=op.f("fk_episodes_therapist_id_therapists")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episodes")),
        sa.UniqueConstraint("request_id", name=op.f("uq_episodes_request_id")),
    )
    with op.batch_alter_table("episodes", schema=None) as batch_op:
        batch_op.create_index("ix_episodes_patient_id_closed_at", ["patient_id", "closed_at"], unique=False)
        batch_op.create_index("ix_episodes_therapist_id_closed_at", ["therapist_id", "closed_at"], unique=False)

    op.create_table(
        "authorizations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("visits is null or visits between 1 and 500", name=op.f("ck_authorizations_visits")),
        sa.ForeignKeyConstraint(["episode_id"], ["episodes.id"], name=op.f("fk_authorizations_episode_id_episodes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorizations")),
    )
    with op.batch_alter_table("authorizations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authorizations_episode_id"), ["episode_id"], unique=False)

    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("cosigner_id", sa.Integer(), nullable=True),
        sa.Column("impairments", sa.String(length=1000), nullable=False),
        sa.Column("precautions", sa.String(length=500), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("phases", sa.JSON(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("type_id", sa.Integer(), nullable=True),
        sa.Column("least_apart", sa.Integer(), nullable=False),
        sa.Column("therapist_only", sa.Boolean(), nullable=False),
        sa.Column("treadmill_at", sa.JSON(), nullable=False),
        sa.Column("reevaluate_every", sa.Integer(), nullable=True),
        sa.Column("prognosis", sa.String(length=10), nullable=False),
        sa.Column("discharge_when", sa.String(length=1000), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("why_changed", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=200), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(signed_at is null) = (content_hash = '')", name=op.f("ck_plans_signed")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_plans_author_id_users")),
        sa.ForeignKeyConstraint(["cosigner_id"], ["users.id"], name=op.f("fk_plans_cosigner_id_users")),
        sa.ForeignKeyConstraint(["episode_id"], ["episodes.id"], name=op.f("fk_plans_episode_id_episodes")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_plans_patient_id_patients")),
        sa.ForeignKeyConstraint(["type_id"], ["appointment_types.id"], name=op.f("fk_plans_type_id_appointment_types")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("episode_id", "number", name=op.f("uq_plans_episode_id_number")),
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.create_index("ix_plans_author_id_signed_at", ["author_id", "signed_at"], unique=False)
        batch_op.create_index("ix_plans_patient_id", ["patient_id"], unique=False)

    op.create_table(
        "certification_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "step in ('sent', 'no answer', 'verbal order', 'signed')", name=op.f("ck_certification_steps_step")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_certification_steps_plan_id_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certification_steps")),
    )
    with op.batch_alter_table("certification_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certification_steps_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "goals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("term", sa.String(length=2), nullable=False),
        sa.Column("function", sa.String(length=200), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("measured", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.String(length=12), nullable=False),
        sa.Column("baseline", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("target", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("comparison", sa.String(length=2), nullable=False),
        sa.Column("condition", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.CheckConstraint("comparison in ('<=', '>=', '=')", name=op.f("ck_goals_comparison")),
        sa.CheckConstraint("term in ('ST', 'LT')", name=op.f("ck_goals_term")),
        sa.ForeignKeyConstraint(["episode_id"], ["episodes.id"], name=op.f("fk_goals_episode_id_episodes")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_goals_plan_id_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
        sa.UniqueConstraint("episode_id", "code", name=op.f("uq_goals_episode_id_code")),
    )
    with op.batch_alter_table("goals", schema=None) as batch_op:
        batch_op.create_index("ix_goals_plan_id", ["plan_id"], unique=False)

    op.create_table(
        "interventions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("category", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("side", sa.String(length=4), nullable=False),
        sa.Column("dose", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("stopped", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "kind in ('gait retraining', 'manual therapy', 'exercise', 'home care')", name=op.f("ck_interventions_kind")
        ),
        sa.CheckConstraint("side in ('', 'L', 'R', 'both')", name=op.f("ck_interventions_side")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_interventions_plan_id_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interventions")),
    )
    with op.batch_alter_table("interventions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interventions_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("visit_number", sa.Integer(), nullable=False),
        sa.Column("service_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("cosigner_id", sa.Integer(), nullable=True),
        sa.Column("since_last", sa.String(length=6), nullable=False),
        sa.Column("pain_now", sa.Integer(), nullable=True),
        sa.Column("pain_best", sa.Integer(), nullable=True),
        sa.Column("pain_worst", sa.Integer(), nullable=True),
        sa.Column("home_done", sa.Integer(), nullable=True),
        sa.Column("home_planned", sa.Integer(), nullable=True),
        sa.Column("new_event", sa.String(length=4), nullable=False),
        sa.Column("event", sa.String(length=500), nullable=False),
        sa.Column("report", sa.String(length=2000), nullable=False),
        sa.Column("own_words", sa.String(length=4000), nullable=False),
        sa.Column("skilled_need", sa.String(length=500), nullable=False),
        sa.Column("next_focus", sa.String(length=500), nullable=False),
        sa.Column("run_until_next", sa.String(length=300), nullable=False),
        sa.Column("home_change", sa.String(length=500), nullable=False),
        sa.Column("total_minutes", sa.Integer(), nullable=True),
        sa.Column("written", sa.String(length=8000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=200), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(signed_at is null) = (content_hash = '')", name=op.f("ck_notes_signed")),
        sa.CheckConstraint(
            "kind in ('evaluation', 'visit', 'progress report', 're-evaluation', 'discharge')",
            name=op.f("ck_notes_kind"),
        ),
        sa.CheckConstraint("new_event in ('', 'none', 'yes')", name=op.f("ck_notes_new_event")),
        sa.CheckConstraint("since_last in ('', 'better', 'same', 'worse')", name=op.f("ck_notes_since_last")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_notes_appointment_id_appointments")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_notes_author_id_users")),
        sa.ForeignKeyConstraint(["cosigner_id"], ["users.id"], name=op.f("fk_notes_cosigner_id_users")),
        sa.ForeignKeyConstraint(["episode_id"], ["episodes.id"], name=op.f("fk_notes_episode_id_episodes")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_notes_patient_id_patients")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sa.UniqueConstraint("appointment_id", name=op.f("uq_notes_appointment_id")),
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index("ix_notes_author_id_signed_at", ["author_id", "signed_at"], unique=False)
        batch_op.create_index("ix_notes_cosigner_id", ["cosigner_id"], unique=False)
        batch_op.create_index("ix_notes_episode_id_service_at", ["episode_id", "service_at"], unique=False)
        batch_op.create_index("ix_notes_patient_id_service_at", ["patient_id", "service_at"], unique=False)

    op.create_table(
        "plan_diagnoses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_diagnoses_plan_id_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_diagnoses")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_plan_diagnoses_plan_id_code")),
    )
    op.create_table(
        "evaluations",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("complaint", sa.String(length=1000), nullable=False),
        sa.Column("onset_on", sa.Date(), nullable=True),
        sa.Column("onset_kind", sa.String(length=20), nullable=False),
        sa.Column("mechanism", sa.String(length=500), nullable=False),
        sa.Column("pattern", sa.String(length=300), nullable=False),
        sa.Column("aggravating", sa.String(length=500), nullable=False),
        sa.Column("easing", sa.String(length=500), nullable=False),
        sa.Column("radiation", sa.String(length=20), nullable=False),
        sa.Column("earlier", sa.String(length=500), nullable=False),
        sa.Column("imaging", sa.String(length=500), nullable=False),
        sa.Column("medicines", sa.String(length=500), nullable=False),
        sa.Column("conditions", sa.String(length=500), nullable=False),
        sa.Column("surgery", sa.String(length=300), nullable=False),
        sa.Column("sleep", sa.String(length=200), nullable=False),
        sa.Column("work", sa.String(length=200), nullable=False),
        sa.Column("prior_function", sa.String(length=500), nullable=False),
        sa.Column("beliefs", sa.String(length=500), nullable=False),
        sa.Column("hopes", sa.String(length=500), nullable=False),
        sa.Column("running_since", sa.Integer(), nullable=True),
        sa.Column("weekly_km", sa.Numeric(precision=6, scale=1), nullable=True),
        sa.Column("weekly_km_before", sa.Numeric(precision=6, scale=1), nullable=True),
        sa.Column("longest_km", sa.Numeric(precision=6, scale=1), nullable=True),
        sa.Column("runs_a_week", sa.Integer(), nullable=True),
        sa.Column("runs_a_week_before", sa.Integer(), nullable=True),
        sa.Column("intensity", sa.String(length=120), nullable=False),
        sa.Column("surface", sa.String(length=120), nullable=False),
        sa.Column("changed_lately", sa.String(length=300), nullable=False),
        sa.Column("shoes", sa.String(length=200), nullable=False),
        sa.Column("shoe_km", sa.Integer(), nullable=True),
        sa.Column("cadence", sa.Integer(), nullable=True),
        sa.Column("strength_work", sa.String(length=200), nullable=False),
        sa.Column("cross_training", sa.String(length=200), nullable=False),
        sa.Column("hydration", sa.String(length=200), nullable=False),
        sa.Column("recovery_days", sa.Integer(), nullable=True),
        sa.Column("pain_starts", sa.Integer(), nullable=True),
        sa.Column("pain_stays", sa.Integer(), nullable=True),
        sa.Column("race", sa.String(length=120), nullable=False),
        sa.Column("race_on", sa.Date(), nullable=True),
        sa.Column("posture", sa.String(length=500), nullable=False),
        sa.Column("palpation", sa.String(length=500), nullable=False),
        sa.Column("direction", sa.String(length=12), nullable=False),
        sa.Column("irritability", sa.String(length=10), nullable=False),
        sa.Column("flags_version", sa.Integer(), nullable=False),
        sa.Column("flags_words", sa.String(length=500), nullable=False),
        sa.Column("diagnosis", sa.String(length=500), nullable=False),
        sa.Column("impairments", sa.String(length=1000), nullable=False),
        sa.Column("contributing", sa.String(length=500), nullable=False),
        sa.Column("prognosis", sa.String(length=10), nullable=False),
        sa.Column("prognosis_words", sa.String(length=500), nullable=False),
        sa.Column("necessity", sa.String(length=500), nullable=False),
        sa.Column("history_factors", sa.Integer(), nullable=True),
        sa.Column("examined_elements", sa.Integer(), nullable=True),
        sa.Column("presentation", sa.String(length=10), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_evaluations_note_id_notes")),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_evaluations")),
    )
    op.create_table(
        "flag_answers",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=3), nullable=False),
        sa.CheckConstraint("answer in ('no', 'yes')", name=op.f("ck_flag_answers_answer")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_flag_answers_note_id_notes")),
        sa.PrimaryKeyConstraint("note_id", "question", name=op.f("pk_flag_answers")),
    )
    op.create_table(
        "goal_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("value", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "status in ('active', 'met', 'partly met', 'not met', 'discontinued')", name=op.f("ck_goal_events_status")
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goals.id"], name=op.f("fk_goal_events_goal_id_goals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_events")),
    )
    with op.batch_alter_table("goal_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_events_goal_id"), ["goal_id"], unique=False)

    op.create_table(
        "goal_readings",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "status in ('', 'active', 'met', 'partly met', 'not met', 'discontinued')",
            name=op.f("ck_goal_readings_status"),
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goals.id"], name=op.f("fk_goal_readings_goal_id_goals")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_goal_readings_note_id_notes")),
        sa.PrimaryKeyConstraint("note_id", "goal_id", name=op.f("pk_goal_readings")),
    )
    op.create_table(
        "measurements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=1), nullable=False),
        sa.Column("value", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("carried_from", sa.Integer(), nullable=True),
        sa.CheckConstraint("side in ('', 'L', 'R')", name=op.f("ck_measurements_side")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_measurements_note_id_notes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurements")),
        sa.UniqueConstraint("note_id", "measure", "side", name=op.f("uq_measurements_note_id_measure_side")),
    )
    op.create_table(
        "pain_regions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("quality", sa.String(length=12), nullable=False),
        sa.Column("intensity", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_pain_regions_note_id_notes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pain_regions")),
        sa.UniqueConstraint("note_id", "region", name=op.f("uq_pain_regions_note_id_region")),
    )
    with op.batch_alter_table("pain_regions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pain_regions_note_id"), ["note_id"], unique=False)

    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("ran_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("cadence", sa.Integer(), nullable=True),
        sa.Column("in_band", sa.Integer(), nullable=True),
        sa.Column("pain", sa.Integer(), nullable=True),
        sa.Column("next_morning", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_runs_note_id_notes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_runs_note_id"), ["note_id"], unique=False)

    op.create_table(
        "treatments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("category", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("side", sa.String(length=4), nullable=False),
        sa.Column("dose", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("response", sa.String(length=300), nullable=False),
        sa.Column("carried_from", sa.Integer(), nullable=True),
        sa.CheckConstraint("side in ('', 'L', 'R', 'both')", name=op.f("ck_treatments_side")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_treatments_note_id_notes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatments")),
    )
    with op.batch_alter_table("treatments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_treatments_note_id"), ["note_id"], unique=False)

    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("episode_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_appointments_episode_id"), ["episode_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_appointments_episode_id_episodes"), "episodes", ["episode_id"], ["id"]
        )

    with op.batch_alter_table("therapists", schema=None) as batch_op:
        batch_op.add_column(sa.Column("supervisor_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_therapists_supervisor_id_therapists"), "therapists", ["supervisor_id"], ["id"]
        )

    _codes()
    if op.get_bind().dialect.name == "postgresql":
        _guard_on_postgresql()
    else:
        _guard_on_sqlite()


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        op.execute("DROP TRIGGER audit_entries_no_replace")
    with op.batch_alter_table("therapists", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_therapists_supervisor_id_therapists"), type_="foreignkey")
        batch_op.drop_column("supervisor_id")

    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_appointments_episode_id_episodes"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_appointments_episode_id"))
        batch_op.drop_column("episode_id")

    with op.batch_alter_table("treatments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_treatments_note_id"))

    op.drop_table("treatments")
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_runs_note_id"))

    op.drop_table("runs")
    with op.batch_alter_table("pain_regions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pain_regions_note_id"))

    op.drop_table("pain_regions")
    op.drop_table("measurements")
    op.drop_table("goal_readings")
    with op.batch_alter_table("goal_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_events_goal_id"))

    op.drop_table("goal_events")
    op.drop_table("flag_answers")
    op.drop_table("evaluations")
    op.drop_table("plan_diagnoses")
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.drop_index("ix_notes_patient_id_service_at")
        batch_op.drop_index("ix_notes_episode_id_service_at")
        batch_op.drop_index("ix_notes_cosigner_id")
        batch_op.drop_index("ix_notes_author_id_signed_at")

    op.drop_table("notes")
    with op.batch_alter_table("interventions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interventions_plan_id"))

    op.drop_table("interventions")
    with op.batch_alter_table("goals", schema=None) as batch_op:
        batch_op.drop_index("ix_goals_plan_id")

    op.drop_table("goals")
    with op.batch_alter_table("certification_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certification_steps_plan_id"))

    op.drop_table("certification_steps")
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_index("ix_plans_patient_id")
        batch_op.drop_index("ix_plans_author_id_signed_at")

    op.drop_table("plans")
    with op.batch_alter_table("authorizations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_authorizations_episode_id"))

    op.drop_table("authorizations")
    with op.batch_alter_table("episodes", schema=None) as batch_op:
        batch_op.drop_index("ix_episodes_therapist_id_closed_at")
        batch_op.drop_index("ix_episodes_patient_id_closed_at")

    op.drop_table("episodes")
    with op.batch_alter_table("chart_breaches", schema=None) as batch_op:
        batch_op.drop_index("ix_chart_breaches_user_id_patient_id_until")

    op.drop_table("chart_breaches")
    op.drop_table("signatures")
    op.drop_table("default_versions")
    with op.batch_alter_table("addenda", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_addenda_about"))

    op.drop_table("addenda")
    op.drop_table("diagnosis_codes")

    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_rows_of_what_is_signed()")
        op.execute("DROP FUNCTION refuse_to_change()")
