"""What is searched for, without who: the log, its reading for moderators, and what people say about results."""
