"""“We use this”: who uses a guide, with what result, and whom to ask."""
