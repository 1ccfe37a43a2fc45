"""Results that other programs and venues printed, held against the journal's own."""
