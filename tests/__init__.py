"""Tests of bdg."""
