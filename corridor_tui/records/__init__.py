"""The records: results and stars kept in a database of the user's own."""
