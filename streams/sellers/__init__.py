"""Who counts as a top seller: the star that a manager gives, for page and command line alike."""
