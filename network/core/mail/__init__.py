"""Sending mail: a message, and the two real ways it can go (SMTP, or kept on disk and shown on screen)."""
