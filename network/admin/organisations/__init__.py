"""Keeping the organisations and their e-mail domains."""
