"""The only writers of supplier data."""
