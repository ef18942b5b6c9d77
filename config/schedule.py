"""The timetable of periodic tasks, and which task does which kind of job."""

from __future__ import annotations

from typing import Any

HEARTBEAT_SECONDS = 30
SWEEP_SECONDS = 60

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "heartbeat": {"task": "core.tasks.heartbeat", "schedule": HEARTBEAT_SECONDS},
    "requeue-waiting-jobs": {
        "task": "core.tasks.requeue_waiting_jobs",
        "schedule": SWEEP_SECONDS,
    },
}

# Each of these tasks takes the key of the job's subject and the key of the job.
JOB_TASKS: dict[str, str] = {
    "declaration.judge": "minerals.tasks.judge_declaration",
    "declaration.correction": "minerals.tasks.write_correction_workbook",
    "suppliers.import_check": "suppliers.tasks.imports.check_rows",
    "suppliers.import_apply": "suppliers.tasks.imports.apply_rows",
    "suppliers.import_undo": "suppliers.tasks.imports.undo_rows",
}

# Called instead of just failing the job, when a worker died over it again and again.
JOB_GIVE_UP_TASKS: dict[str, str] = {
    "declaration.judge": "minerals.tasks.abandon_judging",
    "suppliers.import_check": "suppliers.tasks.imports.abandon",
    "suppliers.import_apply": "suppliers.tasks.imports.abandon",
    "suppliers.import_undo": "suppliers.tasks.imports.abandon",
}
