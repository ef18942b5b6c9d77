"""Spreadsheets of the suppliers app: what stands in which column."""
