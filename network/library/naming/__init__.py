"""Co-authors hear that they were named: one mail, which each person can stop."""
