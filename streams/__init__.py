"""The running program: settings, transport, worker, importers, simulator and command line."""
