"""What is written in Word (公文): notice, letters, request, briefing, minutes, one page each.

Each is a pure function that gives a `Letter`; no letter for others has what only the meeting sees.
"""
