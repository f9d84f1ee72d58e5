"""The bars of docs/performance.md as measures: each a ratio of medians over alternating rounds. Run by bin/bench."""
