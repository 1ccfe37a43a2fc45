"""Pictures: one Plotly chart a file, each with `figure(data)`; see `journal.reporting.blocks`."""
