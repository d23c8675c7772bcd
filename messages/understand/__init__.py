"""From what people type to what they mean: pure rules, no answer lists."""
