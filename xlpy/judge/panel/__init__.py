"""The experts (专家组): which ballots are let in, which row is whose, who left one out.

Never counts a person twice, nor a row whose platform is in doubt.
"""
