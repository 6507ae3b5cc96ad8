"""Gaitkeeper."""
