"""What all kinds of content have in common: who looks, what they may see, how a subject shows itself elsewhere."""
