"""Figures in files: what people send in, and what they open."""
