"""A search library of our own size: documents in, hits out.

It knows neither the web nor the application. Callers use `search.contract` for the
types, one of `search.engines` for the work, and `search.highlight` for snippets.
"""
