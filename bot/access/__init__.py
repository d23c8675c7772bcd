"""Who is speaking, and how one joins."""
