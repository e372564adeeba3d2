"""From evidence to an answer without a model, or to a refusal; citations and footnotes of any answer."""
