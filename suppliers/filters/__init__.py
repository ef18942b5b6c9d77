"""Filters of lists, one subject a file: each serves the page, the API and the export."""
