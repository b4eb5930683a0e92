"""Pure analysis: from what is said to what it amounts to. No I/O, no clock, no Kafka, no SQL."""
