"""Files of ours are seen whole or not at all; those of others are read within limits."""
