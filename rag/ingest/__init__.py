"""Files read in worker processes, cut and embedded: what is stored of them."""
