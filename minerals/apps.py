"""Django's description of the app."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from minerals.excel.isolated import ReaderLimits, configure_reader


class MineralsConfig(AppConfig):
    name = "minerals"
    verbose_name = _("Minerals")

    def ready(self) -> None:
        """Give the workbook reader the limits of this installation."""
        configure_reader(
            ReaderLimits(
                memory_bytes=settings.READER_MEMORY_MB * 1024 * 1024,
                seconds=settings.READER_TIMEOUT_SECONDS,
            )
        )
