"""Any table of fills that no format claims: the user writes down in TOML what its columns mean.

`toml` reads that text into the `Map` of `mapping`, `rows` finds the table, `fills` reads it and
`draft` writes a first map of a file, as far as the file itself proves what it means.
"""
