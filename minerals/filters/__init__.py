"""One set of filters for page, API list and export, one file a subject."""
