### Set-up and settings.

setup-title = Connect this computer
setup-lead = The address of the hotel’s server is enough to begin. Ask the people who look after the server if you do not know it.
setup-continue = Save and sign in
setup-saving = Saving …
setup-missing-server = Type the address of the server.
setup-missing-hotel = Type the hotel’s short name. The display shows this hotel.
setup-display-hint = For a screen in the lobby. It needs no sign-in, only the server and the hotel’s short name.
setup-back = Back to the sign-in

connection-server = Server
connection-hint-server = For example https://hotel.example
connection-checking = Checking the server …
connection-check = Check the server
connection-other-server = Set another server?
connection-other-server-lead = You are signed out first, and are asked about what still waits. Then you sign in at { $server }.
connection-sign-out = Sign out and set it
connection-more = Hotel and time zone, for a display or a server that does not name them
connection-hotel = Hotel’s short name
connection-hint-hotel = For example killarney. Most servers tell it at the sign-in.
connection-time_zone = Hotel’s time zone
connection-hint-time_zone = For example Europe/Dublin. It decides which offers are live today.
connection-live = Live updates
connection-live-lead = With them a colleague’s change and a guest’s message arrive at once. Without them this computer asks the server every few minutes.
connection-pusher_key = Pusher key
connection-hint-pusher_key = Leave it empty to work without live updates.
connection-pusher_cluster = Pusher cluster
connection-hint-pusher_cluster = For example eu
connection-pusher_host = Own Pusher server
connection-hint-pusher_host = In place of a cluster, for example wss://events.hotel.example
connection-test = Test
connection-testing = Connecting …

settings-title = Settings
settings-locked = Set for this computer by the people who look after it.
settings-save = Save
settings-saved = The connection is saved.
settings-appearance = Appearance
setting-theme = Colours
setting-theme-system = As the system
setting-theme-light = Light
setting-theme-dark = Dark
setting-text_size = Text size
settings-percent = { $count } %
setting-density = Density
setting-density-comfortable = Comfortable
setting-density-compact = Compact
settings-language = Language and region
setting-language = Language
setting-language-system = As the system
setting-language-en = English
setting-language-de = Deutsch
setting-region = Region
setting-region-system = As the system
setting-region-example = { $day }, { $time }, { $amount }
settings-notifications = Notifications and sounds
settings-connection = Connection
settings-data = Data on this computer
settings-folder = Folder
settings-database = Database
settings-pictures = Pictures
settings-pictures-size =
    { $count ->
        [one] 1 picture, { $size }
       *[other] { $count } pictures, { $size }
    }
settings-clear = Clear the picture cache
settings-clear-lead = Pictures that are shown now, and those that wait to be sent, stay.
settings-cleared = { $size } removed.
settings-export =
    { $count ->
        [0] Nothing waits to be sent
        [one] Export what waits (1 entry)
       *[other] Export what waits ({ $count } entries)
    }
settings-about = About
settings-version = HotelMate Desk { $version }
settings-licences = Licences
settings-licences-lead = The program is built from these parts by others, under these licences. It is itself under MIT or Apache-2.0.
settings-licences-search = Search by name or licence
settings-licences-none = not stated in the package
settings-licences-count =
    { $count ->
        [one] { $count } part
       *[other] { $count } parts
    }
settings-diagnostics = Diagnostics

training-start = Try it with a demo hotel
training-start-hint = Opens a training in a window of its own. Nothing you do there reaches a hotel.
training-mark = Training
training-lead = Nothing here reaches a hotel. User name { $username }, password { $password }.
training-leave = Leave the training
