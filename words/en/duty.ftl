### The clock button.

duty-in = Clock In
duty-out = Clock Out
duty-clocking-in = Clocking in…
duty-clocking-out = Clocking out…
duty-waits-in = Clock In waits
duty-waits-out = Clock Out waits
duty-until = for the network, until { $time }
duty-on-duty = On duty
duty-since = On duty since { $time }
duty-on-break = On a break
duty-on-break-since = On a break; on duty since { $time }
# A time of duty: on the day before, and in two time zones.
duty-yesterday = { $time } yesterday
duty-two-zones = { $hotel } at the hotel, { $here } here
duty-off-duty = Off duty
duty-unknown = Not known yet
duty-cancel = Cancel
