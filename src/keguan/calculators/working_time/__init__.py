"""Working time: adding and measuring it on a calendar with holidays, make-up working days, breaks and trading days.

``calendar`` says which minutes are worked; ``counting`` counts days, ``elapsing`` counts the time inside business
hours, ``months`` and ``periods`` know months, quarters and years, ``points`` the named moments (当日, 次工作日, …).

Every moment taken and given is aware; those given are in UTC. Days and clock times are those of the calendar's zone.
"""
