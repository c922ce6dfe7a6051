### The state of the desk and of what it reaches, and the rail.

status-offline = Offline
status-offline-waiting = Offline · { $count } waiting
status-locked = Locked
status-sign-in = Sign-in needed
status-saving = Saving { $count }
status-waiting = { $count } waiting
status-not-counted = What waits cannot be counted
status-attention =
    { $count ->
        [one] { $count } needs attention
       *[other] { $count } need attention
    }
status-saved-at = All saved · { $time }
status-saved-not-read = Saved · not all could be read
status-saved-not-live = Saved · live updates interrupted
status-checking = Checking…
status-checking-hotel = Checking whether the hotel can be reached
status-reading = Reading from the hotel…
status-unread = Not all could be read
status-starting = Starting…
status-title = State of this desk
status-hint = Press to try now
status-last-sync = Last read from the hotel { $time }
status-never-synced = Not read from the hotel yet
status-online = The hotel can be reached
status-unreachable = The hotel cannot be reached
status-next-try = Next try { $wait }
status-try-now = Try now
status-others =
    { $count ->
        [one] { $count } change of { $name } waits
       *[other] { $count } changes of { $name } wait
    }
status-nothing-waits = Nothing waits
status-accept-absences = Yes, they are really gone
status-send-restored = Send what waits

live-state-off = Live updates are off
live-state-connecting = Connecting to live updates…
live-state-live = Live updates arrive
live-state-refused = Live updates are refused

rail-offers = Offers
rail-gallery = Gallery
rail-branding = Branding
rail-rooms = Room types
rail-chat = Guest chat
rail-team = Team
rail-attention = Attention
rail-diagnostics = Diagnostics
rail-settings = Settings
room-absent = Not on this hotel’s server

rail-needs =
    { $count ->
        [one] { $count } needs attention
       *[other] { $count } need attention
    }
rail-waits = { $count } waiting to be sent
