"""Imports: tasks, each an id in and one service call."""
