"""The timetable: time as pure arithmetic, knowing no clock, no database and no web."""
