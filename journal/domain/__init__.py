"""The words of the field as values: exact, frozen, and free of clocks, files and SQL."""
