"""Models without a business word."""

from core.models.activity import ActivityEntry
from core.models.job import Job, JobState
from core.models.letter import Letter, LetterState, Mail, MailState
from core.models.notification import MailPreference, Notification

__all__ = [
    "ActivityEntry",
    "Job",
    "JobState",
    "Letter",
    "LetterState",
    "Mail",
    "MailPreference",
    "MailState",
    "Notification",
]
