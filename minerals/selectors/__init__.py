"""Reads shared by pages, API, exports and tasks."""
