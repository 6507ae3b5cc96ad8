"""The house."""

import sqlalchemy as sa
from alembic import op

revision = "a_the_house"
down_revision = None


def _guard_the_trail() -> None:
    """Let the database itself refuse to change or delete an entry of the trail."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_to_change_the_trail() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the trail is only ever added to'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_entries_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_trail()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_entries_no_{verb.lower()} BEFORE {verb} ON audit_entries "
            "BEGIN SELECT RAISE(ABORT, 'the trail is only ever added to'); END"
        )


def upgrade() -> None:
    op.create_table(
        "appointment_types",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("token", sa.String(length=20), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("turnover", sa.Integer(), nullable=False),
        sa.Column("performed_by", sa.String(length=60), nullable=False),
        sa.Column("patients_may_move", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose in ('evaluation', 'follow-up', 're-evaluation', 'discharge', 'other')",
            name=op.f("ck_appointment_types_purpose"),
        ),
        sa.CheckConstraint(
            "token in ('evaluation', 'follow-up', 'gait', 'manual', 'tele')", name=op.f("ck_appointment_types_token")
        ),
        sa.CheckConstraint("length between 5 and 480 and length % 5 = 0", name=op.f("ck_appointment_types_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_types")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entries_about_id", ["about", "id"], unique=False)
        batch_op.create_index("ix_audit_entries_at", ["at"], unique=False)
        batch_op.create_index("ix_audit_entries_patient_id_id", ["patient_id", "id"], unique=False)

    op.create_table(
        "clinic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("mailbox", sa.String(length=320), nullable=False),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("grace_minutes", sa.Integer(), nullable=False),
        sa.Column("remind_hours", sa.Integer(), nullable=False),
        sa.Column("remind_day_before", sa.Boolean(), nullable=False),
        sa.Column("idle_minutes", sa.Integer(), nullable=False),
        sa.Column("letters_per_hour", sa.Integer(), nullable=False),
        sa.Column("letters_paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("feed_initials", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_clinic_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic")),
    )
    op.create_table(
        "heartbeats",
        sa.Column("worker", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "holds",
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("cell", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lane", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("holder", "cell", "lane", name=op.f("pk_holds")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("holds", schema=None) as batch_op:
        batch_op.create_index("ix_holds_cell_holder_owner", ["cell", "holder", "owner"], unique=False)
        batch_op.create_index("ix_holds_owner", ["owner"], unique=False)

    op.create_table(
        "locations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locations")),
    )
    op.create_table(
        "refused_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_hash", sa.String(length=64), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("device_hash", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_tries")),
    )
    with op.batch_alter_table("refused_tries", schema=None) as batch_op:
        batch_op.create_index("ix_refused_tries_account_hash_at", ["account_hash", "at"], unique=False)
        batch_op.create_index("ix_refused_tries_address_hash_at", ["address_hash", "at"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("roles", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "closures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("canceled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_closures_order")),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_closures_location_id_locations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closures")),
    )
    with op.batch_alter_table("closures", schema=None) as batch_op:
        batch_op.create_index("ix_closures_location_id_starts_at", ["location_id", "starts_at"], unique=False)

    op.create_table(
        "equipment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_equipment_location_id_locations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equipment")),
    )
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_client", sa.String(length=120), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("mode in ('busy', 'initials')", name=op.f("ck_feeds_mode")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_feeds_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feeds_token_hash")),
    )
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feeds_user_id"), ["user_id"], unique=False)

    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_rooms_location_id_locations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sign_ins_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_ins_token_hash")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index("ix_sign_ins_user_id_ended_at", ["user_id", "ended_at"], unique=False)

    op.create_table(
        "therapists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("license_number", sa.String(length=40), nullable=False),
        sa.Column("credentials", sa.String(length=60), nullable=False),
        sa.Column("focus", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_therapists_location_id_locations")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_therapists_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_therapists")),
        sa.UniqueConstraint("user_id", name=op.f("uq_therapists_user_id")),
    )
    op.create_table(
        "type_needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("until_minute", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["type_id"], ["appointment_types.id"], name=op.f("fk_type_needs_type_id_appointment_types")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_type_needs")),
    )
    with op.batch_alter_table("type_needs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_type_needs_type_id"), ["type_id"], unique=False)

    op.create_table(
        "dated_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=True),
        sa.Column("ends", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_dated_hours_location_id_locations")),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["therapists.id"], name=op.f("fk_dated_hours_therapist_id_therapists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dated_hours")),
    )
    with op.batch_alter_table("dated_hours", schema=None) as batch_op:
        batch_op.create_index("ix_dated_hours_therapist_id_on", ["therapist_id", "on"], unique=False)

    op.create_table(
        "patients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("called", sa.String(length=60), nullable=False),
        sa.Column("search_name", sa.String(length=400), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_wording", sa.String(length=400), nullable=False),
        sa.Column("usual_therapist_id", sa.Integer(), nullable=True),
        sa.Column("wished_days", sa.JSON(), nullable=False),
        sa.Column("wished_from", sa.Integer(), nullable=True),
        sa.Column("wished_until", sa.Integer(), nullable=True),
        sa.Column("desk_note", sa.String(length=500), nullable=False),
        sa.Column("inactive_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deceased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("channel in ('email', 'phone', 'none')", name=op.f("ck_patients_channel")),
        sa.CheckConstraint("phone <> '' or email <> ''", name=op.f("ck_patients_reachable")),
        sa.ForeignKeyConstraint(
            ["usual_therapist_id"], ["therapists.id"], name=op.f("fk_patients_usual_therapist_id_therapists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patients")),
        sa.UniqueConstraint("request_id", name=op.f("uq_patients_request_id")),
    )
    with op.batch_alter_table("patients", schema=None) as batch_op:
        batch_op.create_index("ix_patients_born_on", ["born_on"], unique=False)
        batch_op.create_index("ix_patients_phone", ["phone"], unique=False)
        batch_op.create_index("ix_patients_search_name", ["search_name"], unique=False)

    op.create_table(
        "time_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("canceled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_time_off_order")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapists.id"], name=op.f("fk_time_off_therapist_id_therapists")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_off")),
        sa.UniqueConstraint("request_id", name=op.f("uq_time_off_request_id")),
    )
    with op.batch_alter_table("time_off", schema=None) as batch_op:
        batch_op.create_index("ix_time_off_therapist_id_starts_at", ["therapist_id", "starts_at"], unique=False)

    op.create_table(
        "working_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint("starts >= 0 and starts < ends and ends <= 1440", name=op.f("ck_working_hours_span")),
        sa.CheckConstraint("weekday between 0 and 6", name=op.f("ck_working_hours_weekday")),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_working_hours_location_id_locations")),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["therapists.id"], name=op.f("fk_working_hours_therapist_id_therapists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_hours")),
    )
    with op.batch_alter_table("working_hours", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_working_hours_therapist_id"), ["therapist_id"], unique=False)

    op.create_table(
        "appointments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("desk_note", sa.String(length=300), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_how", sa.String(length=10), nullable=False),
        sa.Column("confirmed_by", sa.String(length=200), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("no_show_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("canceled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("canceled_by", sa.String(length=10), nullable=False),
        sa.Column("canceled_late", sa.Boolean(), nullable=False),
        sa.Column("cancel_reason", sa.String(length=200), nullable=False),
        sa.Column("exception_reason", sa.String(length=200), nullable=False),
        sa.Column("entered_afterwards", sa.Boolean(), nullable=False),
        sa.Column("call_wanted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("call_wanted_why", sa.String(length=200), nullable=False),
        sa.Column("told_by_phone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("ics_uid", sa.String(length=120), nullable=False),
        sa.Column("ics_sequence", sa.Integer(), nullable=False),
        sa.Column("ics_stamp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_place", sa.String(length=300), nullable=True),
        sa.Column("told_canceled", sa.Boolean(), nullable=False),
        sa.Column("told_sequence", sa.Integer(), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booked_by", sa.String(length=200), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("reinstated_from_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(status = 'canceled') = (canceled_at is not null)", name=op.f("ck_appointments_canceled")),
        sa.CheckConstraint(
            "status in ('booked', 'arrived', 'in session', 'completed', 'no-show', 'canceled')",
            name=op.f("ck_appointments_status"),
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_appointments_order")),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_appointments_location_id_locations")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_appointments_patient_id_patients")),
        sa.ForeignKeyConstraint(
            ["reinstated_from_id"], ["appointments.id"], name=op.f("fk_appointments_reinstated_from_id_appointments")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_appointments_room_id_rooms")),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["therapists.id"], name=op.f("fk_appointments_therapist_id_therapists")
        ),
        sa.ForeignKeyConstraint(
            ["type_id"], ["appointment_types.id"], name=op.f("fk_appointments_type_id_appointment_types")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sa.UniqueConstraint("ics_uid", name=op.f("uq_appointments_ics_uid")),
        sa.UniqueConstraint("request_id", name=op.f("uq_appointments_request_id")),
    )
    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.create_index("ix_appointments_patient_id_starts_at", ["patient_id", "starts_at"], unique=False)
        batch_op.create_index(
            "ix_appointments_starts_at_therapist_id_ends_at_room_id",
            ["starts_at", "therapist_id", "ends_at", "room_id"],
            unique=False,
        )
        batch_op.create_index("ix_appointments_therapist_id_starts_at", ["therapist_id", "starts_at"], unique=False)

    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=True),
        sa.Column("owed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("handed", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(length=300), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("state in ('owed', 'leased', 'sent', 'skipped', 'failed')", name=op.f("ck_letters_state")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_letters_patient_id_patients")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("key", name=op.f("uq_letters_key")),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index("ix_letters_about_id", ["about", "id"], unique=False)
        batch_op.create_index(
            "ix_letters_open",
            ["try_at", "id"],
            unique=False,
            sqlite_where=sa.text("state in ('owed', 'leased')"),
            postgresql_where=sa.text("state in ('owed', 'leased')"),
        )
        batch_op.create_index("ix_letters_patient_id_id", ["patient_id", "id"], unique=False)
        batch_op.create_index("ix_letters_state_ended_at", ["state", "ended_at"], unique=False)

    op.create_table(
        "appointment_resources",
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_appointment_resources_appointment_id_appointments")
        ),
        sa.PrimaryKeyConstraint("appointment_id", "holder", name=op.f("pk_appointment_resources")),
    )
    _guard_the_trail()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_entries_only_added ON audit_entries")
        op.execute("DROP FUNCTION refuse_to_change_the_trail()")
    op.drop_table("appointment_resources")
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index("ix_letters_state_ended_at")
        batch_op.drop_index("ix_letters_patient_id_id")
        batch_op.drop_index(
            "ix_letters_open",
            sqlite_where=sa.text("state in ('owed', 'leased')"),
            postgresql_where=sa.text("state in ('owed', 'leased')"),
        )
        batch_op.drop_index("ix_letters_about_id")

    op.drop_table("letters")
    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.drop_index("ix_appointments_therapist_id_starts_at")
        batch_op.drop_index("ix_appointments_starts_at_therapist_id_ends_at_room_id")
        batch_op.drop_index("ix_appointments_patient_id_starts_at")

    op.drop_table("appointments")
    with op.batch_alter_table("working_hours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_working_hours_therapist_id"))

    op.drop_table("working_hours")
    with op.batch_alter_table("time_off", schema=None) as batch_op:
        batch_op.drop_index("ix_time_off_therapist_id_starts_at")

    op.drop_table("time_off")
    with op.batch_alter_table("patients", schema=None) as batch_op:
        batch_op.drop_index("ix_patients_search_name")
        batch_op.drop_index("ix_patients_phone")
        batch_op.drop_index("ix_patients_born_on")

    op.drop_table("patients")
    with op.batch_alter_table("dated_hours", schema=None) as batch_op:
        batch_op.drop_index("ix_dated_hours_therapist_id_on")

    op.drop_table("dated_hours")
    with op.batch_alter_table("type_needs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_type_needs_type_id"))

    op.drop_table("type_needs")
    op.drop_table("therapists")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_ins_user_id_ended_at")

    op.drop_table("sign_ins")
    op.drop_table("rooms")
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feeds_user_id"))

    op.drop_table("feeds")
    op.drop_table("equipment")
    with op.batch_alter_table("closures", schema=None) as batch_op:
        batch_op.drop_index("ix_closures_location_id_starts_at")

    op.drop_table("closures")
    op.drop_table("users")
    with op.batch_alter_table("refused_tries", schema=None) as batch_op:
        batch_op.drop_index("ix_refused_tries_address_hash_at")
        batch_op.drop_index("ix_refused_tries_account_hash_at")

    op.drop_table("refused_tries")
    op.drop_table("locations")
    with op.batch_alter_table("holds", schema=None) as batch_op:
        batch_op.drop_index("ix_holds_owner")
        batch_op.drop_index("ix_holds_cell_holder_owner")

    op.drop_table("holds")
    op.drop_table("heartbeats")
    op.drop_table("clinic")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entries_patient_id_id")
        batch_op.drop_index("ix_audit_entries_at")
        batch_op.drop_index("ix_audit_entries_about_id")

    op.drop_table("audit_entries")
    op.drop_table("appointment_types")
