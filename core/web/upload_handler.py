"""Receiving files: on disk, and only as much as one upload may have."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Refuses a request that announces too much before a byte of it is written.

    The size of each file is judged later, when it can be told which one it was. Without this
    limit anybody could fill the disk, a stranger at the sign-in page too.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > settings.UPLOAD_MAX_REQUEST_BYTES:
            raise RequestDataTooBig("The request is larger than UPLOAD_MAX_REQUEST_MB.")
