"""Pure rules about suppliers."""
