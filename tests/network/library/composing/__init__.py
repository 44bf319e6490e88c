"""Tests of writing well."""
