"""The error tree.

DetenteError
├── InputError          what was given cannot be read or used
│   ├── UnknownCountryError   a name that is no state or organisation we know
│   ├── DocumentError         a file that is not text, empty, broken
│   └── FeedError             a feed file that is not what its name says
├── DataError           the question is right, the record cannot answer it
└── StoreError          the store cannot be opened, read or written
    └── StoreVersionError     the store has another format

A message says what, the value, where, and what to do, in one line.
"""


class DetenteError(Exception):
    """Base of every stated failure; the command line prints it and exits with 1."""


class InputError(DetenteError):
    """What was given cannot be read or used."""


class UnknownCountryError(InputError):
    """A name that is no state or organisation we know."""


class DocumentError(InputError):
    """A file that is not text, empty or broken."""


class FeedError(InputError):
    """A feed file that is not what its name says."""


class DataError(DetenteError):
    """The question is right, the record cannot answer it."""


class StoreError(DetenteError):
    """The store cannot be opened, read or written."""


class StoreVersionError(StoreError):
    """The store has another format version."""
