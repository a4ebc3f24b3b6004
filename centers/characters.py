"""Characters that mean the same to the person who typed them."""

# Dashes and the long-vowel mark, after NFKC (which turns －, ｰ and ‑ into these).
HYPHENS = "-‐‒–—―−ー"
ONE_HYPHEN = str.maketrans(dict.fromkeys(HYPHENS, "-"))  # for str.translate
