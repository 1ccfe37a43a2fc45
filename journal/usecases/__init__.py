"""What the journal can do: one file per act or question, called by any surface."""
