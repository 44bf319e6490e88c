"""Questions about the care for guides: what is mine, what waits for whom, and the record of one guide."""
