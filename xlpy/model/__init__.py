"""Frozen values everything else is made of; no disk, no clock, no workbook library."""
