"""What every API endpoint shares: one error shape, one way of paging."""
