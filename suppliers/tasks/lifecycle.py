"""Lifecycle, qualifications, limits, waivers: tasks, each an id in and one service call."""
