"""A discussion becomes a guide: its best posts as a draft, with credit to those who wrote them."""
