"""Suppliers and the people who speak for them."""

from suppliers.models.supplier import Supplier, SupplierContact

__all__ = ["Supplier", "SupplierContact"]
