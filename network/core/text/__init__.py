"""Text that people write: turning it into safe HTML, into plain words, into differences and addresses."""
