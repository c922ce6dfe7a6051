# The lines of the event log that are no events.

live-channel-confirmed = Channel confirmed
live-channel-failed = Channel not confirmed: { $cause }
live-gap-replaced = Events may be missing: the connection was replaced
live-gap-overflow = Events may be missing: too many came at once
live-gap-slept = Events may be missing: the computer slept
live-error = The event server reports an error
live-off = Not connected
live-connecting = Connecting
live-connected = Connected
live-waiting = No connection
live-waiting-since = No connection: { $cause }
live-refused = Connection refused
live-refused-since = Connection refused: { $cause }
