"""Every message of the pages in Danish and English, a module a page."""
