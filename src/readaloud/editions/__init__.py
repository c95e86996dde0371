"""The order of work: sources become plans, editions and bulletins; finished ones are checked."""
