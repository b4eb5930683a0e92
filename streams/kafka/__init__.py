"""Kafka: transport under Faust, producer, topics, messages."""
