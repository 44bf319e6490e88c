"""The floor that every feature stands on. No word of the product's domain appears here."""
