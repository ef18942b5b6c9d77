"""Processes that write to more than one app."""
