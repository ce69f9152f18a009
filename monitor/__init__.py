"""The rules: pure, without clocks or I/O, but for the rooms in `edge`."""
