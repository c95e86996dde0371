"""A bulletin every morning: what is new is gathered, chosen, spoken by a deadline, and made."""
