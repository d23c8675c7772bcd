"""The ways out to people: one adapter for each channel."""
