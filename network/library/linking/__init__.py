"""Links from our own texts to our own pages: what links here, and which of them lead nowhere."""
