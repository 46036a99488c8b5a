"""Answers about hours."""
