"""Services without a business word."""
