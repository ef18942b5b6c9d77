"""Why a workbook cannot be read, as a code with parameters; texts are made elsewhere."""

from __future__ import annotations


class UnreadableWorkbook(Exception):
    """A workbook that is not judged.

    ``code`` is one of the file checks (``not_an_rmi_template``, ``sheet_missing``,
    ``columns_shifted``, ``template_version_unknown``, ``cell_too_long``, ``encrypted_workbook``,
    ``protected_legacy_workbook``, ``not_a_workbook``); ``params`` fill its message.
    """

    def __init__(self, code: str, params: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.params = params or {}

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code


class LayoutError(Exception):
    """A layout file that is not valid; the message names the file and the key."""
