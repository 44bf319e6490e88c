"""Pictures and files that belong to a subject and follow its visibility."""
