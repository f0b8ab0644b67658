"""detente: what did a shock do to the relation between two states, and how do we know?"""

__version__ = "0.1.0"
