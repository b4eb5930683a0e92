"""The worker: consume, fold, store, acknowledge."""
