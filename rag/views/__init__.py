"""The brokers' views over the library: ratings, target prices, revisions, coverage."""
