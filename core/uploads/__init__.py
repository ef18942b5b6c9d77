"""What may come in from outside: files are inspected before anything else touches them.

Plain Python without Django, so that the command line and the reader process use the same guard.
"""

from core.uploads.archive import ArchiveMember, RejectedMember, expand_archive
from core.uploads.contract import UploadFacts, UploadLimits, UploadRejected
from core.uploads.guard import inspect_upload

__all__ = [
    "ArchiveMember",
    "RejectedMember",
    "UploadFacts",
    "UploadLimits",
    "UploadRejected",
    "expand_archive",
    "inspect_upload",
]
