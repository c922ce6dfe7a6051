# The checklist of `deskctl doctor` and of the window's diagnostics: what each check finds, and what to do about it.

## Several checks.
doctor-not-checked-yet = Not checked yet.
doctor-tell-server = Tell the people who run the server.
doctor-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
    }
doctor-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
    }
doctor-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
    }
doctor-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
    }
# $why is a sentence.
doctor-not-checked = Not checked. { $why }
doctor-live-not-set = Live events are not set up.
doctor-live-address-wrong = The address of the live events is wrong.
doctor-live-settings-wrong = The settings of the live events are wrong.
doctor-figure-cause = Cause

## The names and certificates of the two servers. $server is one of these two, in the middle of a sentence.
doctor-hotel-server = the hotel's server
doctor-event-server = the event server
doctor-no-server = No server is set.
doctor-no-server-way-out = Sign in, or set “server” in desk.toml.
doctor-address-wrong = The address of { $server } has no host name.
doctor-address-way-out = Correct the address in the settings.
doctor-name-found = The name of { $server } resolves.
doctor-name-number = Address of { $server }: { $address } (no DNS needed).
doctor-name-unknown = The name of { $server } does not resolve ({ $name }).
doctor-name-late = DNS does not answer in time for the name of { $server } ({ $name }).
doctor-name-way-out = Open any web page in a browser. If that works, check the server's address in the settings; if not, check this computer's network.
doctor-live-name-way-out = Open any web page in a browser. If that works, check pusher_cluster or pusher_host in desk.toml; if not, check this computer's network.
doctor-figure-name = Name
doctor-figure-addresses = Addresses
doctor-tls-valid = The certificate of { $server } is valid.
doctor-tls-here = No encryption is needed: { $server } is on this computer.
doctor-tls-silent = Not checked: { $server } does not answer.
doctor-tls-no-address = Not checked: the name does not resolve.
# $why is one of the sentences about certificates.
doctor-tls-refused = There is no secure connection to { $server }. { $why }
doctor-certificates-unusable = This computer cannot check certificates.
doctor-certificates-unusable-way-out = Update the operating system and its certificates.
doctor-no-tls = It closes the connection, or does not speak TLS.
doctor-no-tls-way-out = Check the address in the settings. If it is right, something in the network is in between: tell the people who look after the network.
doctor-certificate-date = Its certificate has expired, or is not valid yet.
doctor-certificate-date-way-out = Check this computer's date. If it is right, tell the people who run the server.
doctor-certificate-name = Its certificate is for another name.
doctor-certificate-name-way-out = Check the address in the settings, and that no sign-in page of the network is in between.
doctor-certificate-issuer = This computer does not trust the issuer of its certificate.
doctor-certificate-issuer-way-out = Open any web page in a browser: a sign-in page of the network, a virus scanner or a proxy may be in between. If the hotel has its own certificate authority, install that on this computer.
doctor-certificate-revoked = Its certificate is revoked.
doctor-certificate-refused = Its certificate is not accepted.
doctor-open = The connection to the hotel's server is not encrypted: others in the network can read it, passwords included.
doctor-open-way-out = Ask the people who run the server for an address that begins with https://, and set it.
doctor-live-open = The connection to the event server is not encrypted: others in the network can read it.
doctor-live-open-way-out = Ask the people who run it for an address that begins with wss://, and set it.
doctor-figure-version = Version
# $found is the sentence of a check that failed.
doctor-by-proxy = { $found } The server still answers, through a proxy.
doctor-by-proxy-way-out = There is nothing to do while the server answers.

## The hotel's server and its clock.
doctor-server-answers = The hotel's server answers.
doctor-server-silent = Not checked: the hotel's server does not answer.
doctor-server-trouble = The hotel's server has a problem of its own ({ $status }).
doctor-server-trouble-way-out = Wait a little. If it stays so, tell the people who run the server.
doctor-server-other = The answer comes from something that is no HotelMate server ({ $status }).
doctor-server-other-way-out = Open any web page in a browser: the network may want a sign-in of its own. Otherwise check the server's address in the settings.
doctor-answered-since = This did not work at the last check. Since then the hotel's server has answered.
doctor-silent-since = The hotel's server did not answer the last request.
doctor-silent-since-way-out = Run the checks: they show where the connection fails.
doctor-connected-since = This did not work at the last check. Since then the live connection has been made.
doctor-figure-round-trip = Round trip
doctor-clock-agrees = This computer's clock agrees with the hotel's server.
doctor-clock-apart = { $side ->
    [behind] This computer's clock is { $apart } behind the hotel's server.
   *[ahead] This computer's clock is { $apart } ahead of the hotel's server.
    }
doctor-clock-way-out = Switch on automatic time in the system settings.
doctor-clock-untold = Not checked: the hotel's server does not tell the time.
doctor-figure-difference = Difference
doctor-figure-uncertain = Uncertain by

## The sign-in.
doctor-sign-in-valid = The sign-in is valid.
doctor-sign-in-again = You have signed in again since the last check.
doctor-sign-in-unclear = The sign-in could not be checked. { $why }
doctor-sign-in-offline = Not checked: the hotel's server cannot be reached.
doctor-sign-in-trouble = Not checked: the hotel's server has a problem of its own.
doctor-sign-in-ended = Your sign-in has ended.
doctor-sign-in-ended-way-out = Enter your password again. Nothing is lost.
doctor-not-staff = The hotel's server does not count you among the staff of this hotel.
doctor-not-staff-way-out = Check the hotel: hotel in desk.toml, or DESK_HOTEL. If it is right, sign out and in again, or ask a manager.
doctor-signed-out = Nobody is signed in.
doctor-signed-out-way-out = Sign in.

## The live connection and its channels.
doctor-socket-up = The live connection is up.
doctor-socket-not-set = Live events are not set up: changes of colleagues arrive with the next reading, up to a minute later.
doctor-socket-not-set-way-out = If the hotel has live events, set pusher_key and pusher_cluster in desk.toml.
doctor-socket-signed-out = There is no live connection while nobody is signed in.
doctor-socket-untried = The live connection has not been tried yet.
doctor-socket-first = The live connection is being made for the first time.
doctor-socket-above = The live connection is down: see the failed line above.
doctor-socket-lost = The live connection was lost and is being made again: { $cause }.
doctor-socket-failed = The live connection cannot be made: { $cause }.
doctor-socket-refused = The event server refuses the live connection: { $cause }.
doctor-socket-settings-way-out = Correct pusher_key, and pusher_cluster or pusher_host, in desk.toml.
doctor-socket-account-way-out = Tell the people who run the event server: the account there is closed or over its limit.
doctor-socket-certificate-way-out = Check this computer's date, and that no sign-in page of the network and no virus scanner is in between.
doctor-socket-network-way-out = Check the network: a proxy or firewall has to let WebSockets pass. The connection is tried again by itself.
doctor-figure-since = Since
doctor-figure-last-cause = Last cause
doctor-figure-next-attempt = Next attempt
doctor-figure-attempts = Attempts
doctor-figure-connections = Connections
doctor-figure-last-traffic = Last traffic
doctor-channels-confirmed = { $count ->
    [one] { $count } channel is confirmed.
   *[other] { $count } channels are confirmed.
    }
# Behind the sentence above. $names are in the plural: “offers”, or “offers, room types and galleries”.
doctor-channels-partial = Not every change of { $names } has an event, so they are also read about every minute.
doctor-channels-silent = This server sends no events about { $names }: they are read about every minute instead.
doctor-row = { $others } and { $last }
# $why is a sentence.
doctor-channels-unconfirmed = Not confirmed. { $why }
doctor-channels-down = The live connection is down.
doctor-channel-failed = The channel { $name } is not confirmed: { $cause }.
doctor-channel-failed-way-out = Tell the people who run the event server. Until then changes arrive with the next reading.
doctor-channel-pending = The channel { $name } is not confirmed yet.
doctor-channel-pending-way-out = Wait a few seconds: the channel is asked for again by itself.
doctor-figure-names = Names

## How long events take.
doctor-latency-fine = Events come without delay.
doctor-latency-none = No event has come since the program started.
doctor-latency-late = Events from the hotel arrive { $time } late.
doctor-latency-late-way-out = Check the network. If other programs are quick, tell the people who run the server.
doctor-latency-slow = Events take { $time } to reach the screen.
doctor-latency-slow-way-out = Close other programs: this computer is too busy.
doctor-figure-events = Events
doctor-figure-from-hotel = From the hotel
doctor-figure-to-database = To the database
doctor-figure-to-screen = To the screen
doctor-figure-slowest = Slowest to the screen
