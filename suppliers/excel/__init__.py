"""Workbooks and tables of the suppliers app: what stands where. Plain Python without Django."""
