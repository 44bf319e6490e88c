"""Links that lead off the site: which guides have them, and whether there is still something at their end."""
