"""Whether the building stands: for machines that watch, without a name of anybody."""

from flask import jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from clinic import clock
from clinic.doors.entrance import door
from clinic.outbox.queries import health as post_health
from clinic.scheduling import practice


@door.get("/health")
def health() -> ResponseReturnValue:
    """Answer 200 when database, worker and post are well, 503 when one is not."""
    now = clock.now()
    try:
        post = post_health(now=now)
        paused = practice.clinic().letters_paused_at is not None
    except SQLAlchemyError:
        return jsonify(ok=False, database="unreachable or not set up"), 503
    well = post.is_beating and (paused or not post.overdue)
    age = None if post.heartbeat_age is None else round(post.heartbeat_age, 1)
    facts = {
        "ok": well,
        "database": "ok",
        "worker": "ok" if post.is_beating else "no heartbeat",
        "worker_heartbeat_age_seconds": age,
        "letters_overdue": post.overdue,
        "letters_paused": paused,
    }
    return jsonify(facts), 200 if well else 503
