"""The running program: settings, transport, worker, importers, simulator and command line."""


def version() -> str:
    """The version of the installed program; "unreleased" when it runs from a checkout that is not installed."""
    from importlib import metadata

    try:
        return metadata.version("salgspuls")
    except metadata.PackageNotFoundError:
        return "unreleased"
