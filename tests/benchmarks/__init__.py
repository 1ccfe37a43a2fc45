"""Speed of the daily verbs, and the journals it is measured on."""
