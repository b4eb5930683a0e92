"""What runs beside the workers: rebuild, erase, doctor."""
