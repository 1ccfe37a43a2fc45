"""thinkorswim: the account statement."""
