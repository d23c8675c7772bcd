"""What talks: the doors, the straight line of one message, and the channels."""
