"""The law as dated data, and the engine that judges facts by it."""
