"""The columnar view of a journal: what every list, rule and chart is computed from."""
