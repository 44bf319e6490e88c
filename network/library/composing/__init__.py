"""Writing well: texts that save themselves, pictures, tables and links that are put in while writing."""
