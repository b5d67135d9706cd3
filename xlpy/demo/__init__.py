"""A made-up year (示例项目): filings and ballots from demo.toml, played through the real steps.

Never a special case in a step: whatever the demo shows, a clerk's own case shows too.
"""
