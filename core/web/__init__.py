"""What pages of every app share: paging, errors of the domain shown to people, htmx parts."""
