"""The command `lanmu`: thin; each file is one group of sub-commands."""
