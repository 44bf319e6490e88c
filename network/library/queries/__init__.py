"""Reading the library. Home and others take what they show from here."""
