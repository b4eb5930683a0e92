"""An import from beginning to end: looked at, compared with what is stored, sent, followed until it is stored."""
