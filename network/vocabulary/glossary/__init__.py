"""The glossary: acronyms and terms, what they mean, and the other ways of saying them that search knows."""
