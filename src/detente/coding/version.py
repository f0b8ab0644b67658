"""What the coder is called: part of every report's id, and of what is made anew when the coder changes."""

from typing import Final

CODER: Final = "detente/5"
"""Name and version of the coder."""
