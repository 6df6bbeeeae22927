"""A caseworker's list of cases: read, judged and written row by row, and continued after an interruption."""
