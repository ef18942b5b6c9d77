"""The only writers of declarations, reference lists and match decisions."""
