"""The timetable of periodic tasks, and which task does which kind of job."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

HEARTBEAT_SECONDS = 30
SWEEP_SECONDS = 60
PDF_SECONDS = 300
# Tasks of the day run several times: each does its work once a day, and a start missed by a
# machine that was off is made up for.
DAILY_SECONDS = 6 * 60 * 60
HOURLY_SECONDS = 60 * 60
URGENT_MAIL_SECONDS = 300
LETTER_SECONDS = 60

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "heartbeat": {"task": "core.tasks.heartbeat", "schedule": HEARTBEAT_SECONDS},
    "requeue-waiting-jobs": {
        "task": "core.tasks.requeue_waiting_jobs",
        "schedule": SWEEP_SECONDS,
    },
    # 08:30 in China; reminders are of the day, so a second run does nothing.
    "remind-signers": {
        "task": "suppliers.tasks.commitments.remind_signers",
        "schedule": crontab(hour="0", minute="30"),
    },
    "make-missing-pdfs": {
        "task": "suppliers.tasks.commitments.make_missing_pdfs",
        "schedule": PDF_SECONDS,
    },
    "remind-assessments": {
        "task": "suppliers.tasks.assessments.remind_assessments",
        "schedule": DAILY_SECONDS,
    },
    "expire-rating-parts": {
        "task": "suppliers.tasks.assessments.expire_rating_parts",
        "schedule": DAILY_SECONDS,
    },
    "remind-clarifications": {
        "task": "minerals.tasks.review.remind_clarifications",
        "schedule": DAILY_SECONDS,
    },
    "expire-imports": {
        "task": "suppliers.tasks.imports.expire_old_imports",
        "schedule": DAILY_SECONDS,
    },
    "advance-mitigations": {
        "task": "minerals.tasks.mitigation.advance_mitigations",
        "schedule": DAILY_SECONDS,
    },
    "refresh-register-of-smelters": {
        "task": "minerals.tasks.lists.refresh_register",
        "schedule": DAILY_SECONDS,
    },
    "pack-letters": {"task": "core.tasks.pack_letters", "schedule": LETTER_SECONDS},
    "deliver-mails": {"task": "core.tasks.deliver_mails", "schedule": LETTER_SECONDS},
    # 09:00 in Shanghai, and again in case of a machine that was off.
    "take-survey-steps": {
        "task": "surveys.tasks.take_steps",
        "schedule": crontab(hour="1,5,9", minute="0"),
    },
    "mail-urgent-notifications": {
        "task": "core.tasks.requeue_urgent_mail",
        "schedule": URGENT_MAIL_SECONDS,
    },
    "apply-waiting-lists": {
        "task": "minerals.tasks.smelter_tasks.apply_waiting_lists",
        "schedule": HOURLY_SECONDS,
    },
    "look-for-implausible-lists": {
        "task": "minerals.tasks.plausibility.look_at_all",
        "schedule": DAILY_SECONDS,
    },
    "rate-by-time": {"task": "minerals.tasks.risk.rate_by_time", "schedule": DAILY_SECONDS},
    # 07:30 in Shanghai: the timetable is in UTC.
    "mail-digests": {"task": "core.tasks.mail_digests", "schedule": crontab("30", "23")},
}

# Each of these tasks takes the key of the job's subject and the key of the job.
JOB_TASKS: dict[str, str] = {
    "declaration.judge": "minerals.tasks.judging.judge_declaration",
    "declaration.correction": "minerals.tasks.judging.write_correction_workbook",
    "list.apply": "minerals.tasks.smelter_tasks.apply_list",
    "risk.rate_all": "minerals.tasks.risk.rate_all",
    "smelter_list.read": "minerals.tasks.lists.read_list",
    "suppliers.import_check": "suppliers.tasks.imports.check_rows",
    "suppliers.import_apply": "suppliers.tasks.imports.apply_rows",
    "suppliers.import_undo": "suppliers.tasks.imports.undo_rows",
}

# Called instead of just failing the job, when a worker died over it again and again.
JOB_GIVE_UP_TASKS: dict[str, str] = {
    "declaration.judge": "minerals.tasks.judging.abandon_judging",
    "risk.rate_all": "minerals.tasks.risk.abandon_rating",
    "smelter_list.read": "minerals.tasks.lists.abandon_reading",
    "suppliers.import_check": "suppliers.tasks.imports.abandon",
    "suppliers.import_apply": "suppliers.tasks.imports.abandon",
    "suppliers.import_undo": "suppliers.tasks.imports.abandon",
}
