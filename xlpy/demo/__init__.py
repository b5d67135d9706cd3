"""A made-up year (示例项目): filings and ballots, played through the real steps.

On any edition: its own demo.toml is the script, else one is made of the edition (`story`).
Never a special case in a step: whatever the demo shows, a clerk's own case shows too.
"""
