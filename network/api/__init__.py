"""The open interface for programs: what everybody may read, as JSON."""
