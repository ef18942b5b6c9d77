"""Bringing the risk of a supplier down, one file a verb. The only writers of plans."""
