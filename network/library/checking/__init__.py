"""Looking after guides: who is asked to check them and when, what was done for them, and who inherits them."""
