"""The correction workbook a supplier gets back.

``findings_workbook`` is imported on its own where it is needed: it loads openpyxl.
"""

from minerals.excel.correction.records import CannotAnnotate, CorrectionRow, CorrectionSheet, Remark
from minerals.excel.correction.write import write_correction_workbook

__all__ = [
    "CannotAnnotate",
    "CorrectionRow",
    "CorrectionSheet",
    "Remark",
    "write_correction_workbook",
]
