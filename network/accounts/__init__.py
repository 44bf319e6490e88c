"""Who you are to the system: joining, signing in, recovering, passwords and sessions."""
