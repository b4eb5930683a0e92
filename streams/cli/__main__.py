"""`python -m streams.cli`: the command line where it is not installed as `salgspuls`."""

from streams.cli import main

main()
