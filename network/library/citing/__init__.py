"""Addresses that stay, and how to cite a guide."""
