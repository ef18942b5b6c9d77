"""Reads of the suppliers app, one subject a file."""
