"""Every check the system knows: one catalogue for pages, spreadsheets, the API and the docs."""
