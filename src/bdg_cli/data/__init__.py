"""Figures: observations as rows of a CSV, the one that counts for each question, and the verdict on each target."""
