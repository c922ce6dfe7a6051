### The clock button.

duty-in = Einstempeln
duty-out = Ausstempeln
duty-clocking-in = Wird eingestempelt …
duty-clocking-out = Wird ausgestempelt …
duty-waits-in = Einstempeln wartet
duty-waits-out = Ausstempeln wartet
duty-until = auf das Netzwerk, bis { $time }
duty-on-duty = Im Dienst
duty-since = Im Dienst seit { $time }
duty-on-break = In der Pause
duty-on-break-since = In der Pause; im Dienst seit { $time }
# A time of duty: on the day before, and in two time zones.
duty-yesterday = gestern, { $time }
duty-two-zones = { $hotel } Hotelzeit (hier { $here })
duty-off-duty = Nicht im Dienst
duty-unknown = Noch nicht bekannt
duty-cancel = Abbrechen
