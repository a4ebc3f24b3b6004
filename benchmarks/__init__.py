"""What the pages cost, as ratios to `hello` (a logged-in Django page that shows one word) inside one run."""
