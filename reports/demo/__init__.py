"""The demonstration: invented firms and numbers, always the same."""
