"""Tests of what is read out of a citizen's words."""
