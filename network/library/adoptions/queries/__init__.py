"""Reading adoptions: the evidence on a guide, one's own, and what an organisation or a person uses."""
