"""What two editions say otherwise: every field, once."""
