"""Honest workbooks broken by chance (随机变异): whatever comes out must be told, never silent."""
