"""What is remembered: the books."""
