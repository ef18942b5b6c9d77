"""Invented people, companies and files for trying the product. Used in demo mode only."""
