### The clock button.

duty-in = Clock In
duty-out = Clock Out
duty-clocking-in = Clocking in…
duty-clocking-out = Clocking out…
duty-waits-in = Clock In waits
duty-waits-out = Clock Out waits
duty-until = for the network, until { $time }
duty-since = On duty since { $time }
duty-off-duty = Off duty
duty-unknown = Not known yet
duty-cancel = Cancel
