"""The engines behind the contract. They do not know each other."""
