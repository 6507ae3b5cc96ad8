"""Figures: how quick the clinic is, on both engines, with their spread and beside the floor of the same run."""
