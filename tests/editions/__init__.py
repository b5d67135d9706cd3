"""Editions made up for the tests (编造的政策版本): another city, another shape of the rule."""
