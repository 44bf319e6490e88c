"""What else to read: a few guides and discussions beside a guide, each with the reason."""
