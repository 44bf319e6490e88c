"""Benchmarks: `python -m bench` measures pages and search beside a bare Flask page, under one server, in one run."""
