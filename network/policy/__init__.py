"""The acceptable-use policy: its versions, and who accepted which."""
