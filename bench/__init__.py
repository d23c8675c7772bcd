"""Speed, measured beside a peer in the same run: absolute figures differ between machines, ratios hardly."""
