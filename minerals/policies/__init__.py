"""Who may do what in the minerals app, one file a subject. The only place that answers “may”."""
