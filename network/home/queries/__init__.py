"""What the front pages show beyond what the features' own queries give."""
