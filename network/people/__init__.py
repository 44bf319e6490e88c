"""Who you are to colleagues: profiles, what people can help with, the directory."""
