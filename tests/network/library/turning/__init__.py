"""Tests of turning discussions into guides."""
