"""The audit log: every act that somebody may one day ask about, with who and when."""
