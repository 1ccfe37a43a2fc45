"""Interactive Brokers: Flex queries as XML and CSV, and activity statements."""
