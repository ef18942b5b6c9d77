"""Documents as PDF: data in, bytes out. No Django, no database, no network."""
