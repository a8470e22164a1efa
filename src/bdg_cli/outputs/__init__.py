"""Findings as people and machines read them: one module for each format."""
