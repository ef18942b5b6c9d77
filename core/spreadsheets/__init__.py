"""Writing spreadsheets that are safe to open, whatever people typed into the system."""
