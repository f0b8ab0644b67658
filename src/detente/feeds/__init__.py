"""The feeds room."""
