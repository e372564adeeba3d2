"""Follow-up questions, completed from the ones before them. History never becomes evidence."""
