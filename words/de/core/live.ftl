# The lines of the event log that are no events.

live-channel-confirmed = Kanal bestätigt
live-channel-failed = Kanal nicht bestätigt: { $cause }
live-gap-replaced = Vielleicht fehlen Ereignisse: Die Verbindung wurde ersetzt
live-gap-overflow = Vielleicht fehlen Ereignisse: Es kamen zu viele auf einmal
live-gap-slept = Vielleicht fehlen Ereignisse: Der PC war im Ruhezustand
live-error = Der Ereignisserver meldet einen Fehler
live-off = Nicht verbunden
live-connecting = Verbindung wird hergestellt
live-connected = Verbunden
live-waiting = Keine Verbindung
live-waiting-since = Keine Verbindung: { $cause }
live-refused = Verbindung abgelehnt
live-refused-since = Verbindung abgelehnt: { $cause }
