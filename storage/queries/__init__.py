"""One file per noun; functions take a session and return values of the domain."""
