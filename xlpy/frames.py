"""A case as tables for analysts (数据表): typed pandas DataFrames, experts by number, no person."""
