"""The rules of the work: standard library only; no input or output, no clock, no framework."""
