"""Other stream processors with our processors and our sink, for `bench_peers.py`. Each runs in a process of its own."""
