"""Courses of appointments, times kept while a caller thinks, and the answer to the emergency sentence."""

import sqlalchemy as sa
from alembic import op

revision = "c_courses"
down_revision = "b_stretches"


def upgrade() -> None:
    op.create_table(
        "courses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("phases", sa.JSON(), nullable=False),
        sa.Column("other_types", sa.JSON(), nullable=False),
        sa.Column("devices", sa.JSON(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("first_within", sa.Integer(), nullable=True),
        sa.Column("least_apart", sa.Integer(), nullable=False),
        sa.Column("authorized", sa.Integer(), nullable=True),
        sa.Column("therapist_id", sa.Integer(), nullable=True),
        sa.Column("therapist_only", sa.Boolean(), nullable=False),
        sa.Column("wished_days", sa.JSON(), nullable=False),
        sa.Column("wished_from", sa.Integer(), nullable=True),
        sa.Column("wished_until", sa.Integer(), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booked_by", sa.String(length=200), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_courses_location_id_locations")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_courses_patient_id_patients")),
        sa.ForeignKeyConstraint(
            ["type_id"], ["appointment_types.id"], name=op.f("fk_courses_type_id_appointment_types")
        ),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapists.id"], name=op.f("fk_courses_therapist_id_therapists")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
        sa.UniqueConstraint("request_id", name=op.f("uq_courses_request_id")),
    )
    op.create_index("ix_courses_patient_id", "courses", ["patient_id"])
    with op.batch_alter_table("appointments") as table:
        table.add_column(sa.Column("course_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("course_number", sa.Integer(), nullable=True))
        table.add_column(sa.Column("devices", sa.String(length=60), nullable=False, server_default=""))
        table.create_foreign_key("fk_appointments_course_id_courses", "courses", ["course_id"], ["id"])
        table.create_check_constraint(op.f("ck_appointments_course"), "(course_id is null) = (course_number is null)")
        table.create_index("ix_appointments_course_id_course_number", ["course_id", "course_number"])
    with op.batch_alter_table("appointments") as table:
        table.alter_column("devices", server_default=None)
    with op.batch_alter_table("letters") as table:
        table.add_column(sa.Column("after", sa.String(length=60), nullable=False, server_default=""))
    with op.batch_alter_table("letters") as table:
        table.alter_column("after", server_default=None)
    op.create_table(
        "kept_times",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_kept_times_order")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_kept_times_user_id_users")),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["therapists.id"], name=op.f("fk_kept_times_therapist_id_therapists")
        ),
        sa.ForeignKeyConstraint(
            ["type_id"], ["appointment_types.id"], name=op.f("fk_kept_times_type_id_appointment_types")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_times")),
        sa.UniqueConstraint("user_id", name=op.f("uq_kept_times_user_id")),
    )
    op.create_index("ix_kept_times_until", "kept_times", ["until"])
    op.create_table(
        "screenings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=True),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("caller_name", sa.String(length=120), nullable=False),
        sa.Column("caller_phone", sa.String(length=40), nullable=False),
        sa.Column("complaint", sa.JSON(), nullable=False),
        sa.Column("sentence_version", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.String(length=200), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.CheckConstraint("answer in ('none', 'yes')", name=op.f("ck_screenings_answer")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_screenings_patient_id_patients")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_screenings_appointment_id_appointments")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_screenings_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screenings")),
        sa.UniqueConstraint("request_id", name=op.f("uq_screenings_request_id")),
    )
    op.create_index("ix_screenings_patient_id", "screenings", ["patient_id"])
    op.create_index("ix_screenings_appointment_id", "screenings", ["appointment_id"])
    op.create_index("ix_screenings_answer_seen_at", "screenings", ["answer", "seen_at"])


def downgrade() -> None:
    op.drop_table("screenings")
    op.drop_table("kept_times")
    with op.batch_alter_table("letters") as table:
        table.drop_column("after")
    with op.batch_alter_table("appointments") as table:
        table.drop_index("ix_appointments_course_id_course_number")
        table.drop_constraint(op.f("ck_appointments_course"), type_="check")
        table.drop_constraint("fk_appointments_course_id_courses", type_="foreignkey")
        table.drop_column("devices")
        table.drop_column("course_number")
        table.drop_column("course_id")
    op.drop_table("courses")
