"""A local trade journal and discipline tracker for traders who scale in and out in tranches."""

__version__ = "0.1.0"
