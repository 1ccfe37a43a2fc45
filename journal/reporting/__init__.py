"""Reviews: frames of numbers, and their text."""
