"""Workbooks of the suppliers app: plain Python without Django."""
