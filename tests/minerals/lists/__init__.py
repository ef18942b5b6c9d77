"""Smelter lists: from the file to what is in force."""
