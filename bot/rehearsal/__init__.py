"""The rehearsal: what would be said to whom in a period, played on a copy of the books with a clock of its own."""
