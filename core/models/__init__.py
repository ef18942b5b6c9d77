"""Models without a business word."""

from core.models.activity import ActivityEntry
from core.models.job import Job, JobState

__all__ = ["ActivityEntry", "Job", "JobState"]
