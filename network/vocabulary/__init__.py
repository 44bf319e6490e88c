"""The words of the network: the curated topics with the free words beside them, and the glossary."""
