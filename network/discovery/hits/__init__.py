"""From keys that an engine found to what a page shows, with the check against the database between."""
