"""The web room: pages over `api`, drawn on the server, read-only.

Pages are drawn from the same objects that the command line gives with `--format json`; each page's `.json` twin is
that object. What a browser needs from elsewhere is nothing.
"""
