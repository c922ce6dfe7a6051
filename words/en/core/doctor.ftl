# The checklist of `deskctl doctor` and of the window's diagnostics: what each check finds, and what to do about it.

## Several checks.
doctor-not-checked-yet = Not checked yet.
doctor-not-checked-signed-out = Not checked: nobody is signed in.
doctor-not-checked-unopened = Not checked: the local database cannot be opened.
doctor-ask-server = Tell the people who run the server.
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
doctor-hotel-server = the hotel’s server
doctor-event-server = the event server
doctor-no-server = No server is set.
doctor-no-server-way-out = Sign in, or set the server in the settings (in desk.toml: server).
doctor-address-wrong = The address of { $server } has no host name.
doctor-address-way-out = Correct the address in the settings.
doctor-name-found = The name of { $server } resolves.
doctor-name-number = Address of { $server }: { $address } (no DNS needed).
doctor-name-unknown = The name of { $server } does not resolve ({ $name }).
doctor-name-late = DNS does not answer in time for the name of { $server } ({ $name }).
doctor-name-way-out = Open any web page in a browser. If that works, check the server’s address in the settings; if not, check this computer’s network.
doctor-live-name-way-out = Open any web page in a browser. If that works, check the Pusher cluster or the own Pusher server in the settings (in desk.toml: pusher_cluster, pusher_host); if not, check this computer’s network.
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
doctor-certificate-date-way-out = Check this computer’s date. If it is right, tell the people who run the server.
doctor-certificate-name = Its certificate is for another name.
doctor-certificate-name-way-out = Check the address in the settings, and that no sign-in page of the network is in between.
doctor-certificate-issuer = This computer does not trust the issuer of its certificate.
doctor-certificate-issuer-way-out = Open any web page in a browser: a sign-in page of the network, a virus scanner or a proxy may be in between. If the hotel has its own certificate authority, install that on this computer.
doctor-certificate-revoked = Its certificate is revoked.
doctor-certificate-refused = Its certificate is not accepted.
doctor-open = The connection to the hotel’s server is not encrypted: others in the network can read it, passwords included.
doctor-open-way-out = Ask the people who run the server for an address that begins with https://, and set it.
doctor-live-open = The connection to the event server is not encrypted: others in the network can read it.
doctor-live-open-way-out = Ask the people who run it for an address that begins with wss://, and set it.
doctor-figure-version = Version
# $found is the sentence of a check that failed.
doctor-by-proxy = { $found } The server still answers, through a proxy.
doctor-by-proxy-way-out = There is nothing to do while the server answers.

## The hotel's server and its clock.
doctor-server-answers = The hotel’s server answers.
doctor-server-knows = The hotel’s server answers. Its hotels: { $hotels }
doctor-server-knows-more = { $hotels } and { $count } more
doctor-server-silent = Not checked: the hotel’s server does not answer.
doctor-server-needed = Not checked: it needs the hotel’s server, whose line says more.
doctor-server-trouble = The hotel’s server has a problem of its own ({ $status }).
doctor-server-trouble-way-out = Wait a little. If it stays so, tell the people who run the server.
doctor-server-other = The answer comes from something that is no HotelMate server ({ $status }).
doctor-server-other-way-out = Open any web page in a browser: the network may want a sign-in of its own. Otherwise check the server’s address in the settings.
doctor-answered-since = This did not work at the last check. Since then the hotel’s server has answered.
doctor-silent-since = The hotel’s server did not answer the last request.
doctor-silent-since-way-out = Run the checks: they show where the connection fails.
doctor-connected-since = This did not work at the last check. Since then the live connection has been made.
doctor-not-since = Not checked since the hotel’s server stopped answering.
doctor-figure-round-trip = Round trip
doctor-clock-agrees = This computer’s clock agrees with the hotel’s server.
doctor-clock-apart = { $side ->
    [behind] This computer’s clock is { $apart } behind the hotel’s server.
   *[ahead] This computer’s clock is { $apart } ahead of the hotel’s server.
    }
doctor-clock-way-out = Switch on automatic time in the system settings.
doctor-clock-untold = Not checked: the hotel’s server does not tell the time.
doctor-figure-difference = Difference
doctor-figure-uncertain = Uncertain by

## The sign-in.
doctor-sign-in-valid = The sign-in is valid.
doctor-sign-in-again = You have signed in again since the last check.
doctor-sign-in-unclear = The sign-in could not be checked. { $why }
doctor-sign-in-offline = Not checked: the hotel’s server cannot be reached.
doctor-sign-in-trouble = Not checked: the hotel’s server has a problem of its own.
doctor-sign-in-ended = Your sign-in has ended.
doctor-sign-in-ended-way-out = Enter your password again. Nothing is lost.
doctor-not-staff = The hotel’s server does not count you among the staff of this hotel.
doctor-not-staff-way-out = Check the hotel’s short name in the settings (hotel in desk.toml, or DESK_HOTEL). If it is right, sign out and in again, or ask a manager.
doctor-signed-out = Nobody is signed in.
doctor-signed-out-way-out = Sign in.

## The live connection and its channels.
doctor-socket-up = The live connection is up.
doctor-socket-not-set = Live events are not set up: changes of colleagues arrive with the next reading, up to a minute later.
doctor-socket-not-set-way-out = If the hotel has live events, set the Pusher key and cluster in the settings (in desk.toml: pusher_key, pusher_cluster).
doctor-socket-signed-out = There is no live connection while nobody is signed in.
doctor-socket-untried = The live connection has not been tried yet.
doctor-socket-first = The live connection is being made for the first time.
doctor-socket-above = The live connection is down: see the failed line above.
doctor-socket-lost = The live connection was lost and is being made again: { $cause }.
doctor-socket-failed = The live connection cannot be made: { $cause }.
doctor-socket-refused = The event server refuses the live connection: { $cause }.
doctor-socket-settings-way-out = Correct the Pusher key, and the cluster or the own Pusher server, in the settings (in desk.toml: pusher_key, pusher_cluster, pusher_host).
doctor-socket-account-way-out = Tell the people who run the event server: the account there is closed or over its limit.
doctor-socket-certificate-way-out = Check this computer’s date, and that no sign-in page of the network and no virus scanner is in between.
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
# $why is a sentence.
doctor-channels-unconfirmed = Not confirmed. { $why }
doctor-channels-server-unknown = Not checked: the hotel’s server has not told yet on which channels it sends events.
doctor-channels-down = The live connection is down.
doctor-channel-failed = The channel { $name } is not confirmed: { $cause }.
doctor-channel-failed-way-out = Tell the people who run the event server. Until then changes arrive with the next reading.
doctor-channel-pending = The channel { $name } is not confirmed yet.
doctor-channel-pending-way-out = Wait a few seconds: the channel is asked for again by itself.
doctor-figure-names = Names

## The conversations with guests.
doctor-chat-confirmed = { $count ->
    [one] { $count } conversation has its channel, and nothing is missing.
   *[other] { $count } conversations have their channels, and nothing is missing.
    }
doctor-chat-none = No conversation is followed.
doctor-chat-polled = This server sends staff no events about conversations: they are read about every minute, and the shown one every five seconds.
doctor-chat-unconfirmed = Room { $room }: the channel { $name } is not confirmed.
doctor-chat-event-missing = Room { $room }: the newest answer came without its event { $event }.
doctor-chat-event-missing-way-out = Tell the people who run the hotel’s server: it did not send the event. The guest may have to load the page again to see the answer.
doctor-chat-channel = { $name } is confirmed.
doctor-chat-channel-open = { $name } is not confirmed.
doctor-chat-events = The newest answer came with { $count } of { $all } events.
doctor-figure-room = Room { $room }

## How long events take.
doctor-latency-fine = Events come without delay.
doctor-latency-down = Not checked: the live connection is down.
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

## What lies on this computer: the outbox, the database, the pictures.
doctor-all-there = Everything is at the hotel.
doctor-on-the-way = { $count ->
    [one] { $count } change on the way to the hotel.
   *[other] { $count } changes on the way to the hotel.
    }
doctor-waits = { $count ->
    [one] { $count } change waits to be sent.
   *[other] { $count } changes wait to be sent.
    }
doctor-waits-way-out = Wait: what waits is sent as soon as the hotel can be reached.
doctor-waits-sync-way-out = Send what waits with `deskctl sync`, or open the window.
doctor-stuck = A change has been waiting for { $age } although the hotel’s server answers.
doctor-stuck-way-out = Press “Try now”. If the change stays, export it under Attention, and tell the people who look after this program.
doctor-attention = { $count ->
    [one] { $count } change needs a person.
   *[other] { $count } changes need a person.
    }
doctor-attention-way-out = Look under Attention (on the command line: `deskctl outbox list`).
doctor-figure-waiting = Waiting
doctor-figure-attention = In need of a person
doctor-figure-oldest = Oldest
doctor-own-data = Not checked: nobody is signed in, and each person has data of their own.
doctor-database-sound = The local database is sound.
doctor-damaged = The local database is damaged.
doctor-damaged-way-out = Export what waits (under Attention), end the program and start it again. The file is then set aside, unsent changes are taken over where they can be read, and the rest is read from the hotel again.
doctor-disk-full = The disk is almost full: what you type may soon not be stored.
doctor-disk-full-way-out = Free some room on this disk now.
doctor-disk-small = There is little room left on the disk.
doctor-disk-small-way-out = Free some room on this disk.
doctor-newer = A newer version of this program has used the local database.
doctor-newer-way-out = Update this program.
doctor-set-aside = The local database is sound. An earlier one was damaged and is set aside.
doctor-set-aside-way-out = If something that you typed is missing, give the file to the people who look after this program. Otherwise the file can be removed.
doctor-journal = The journal of the local database does not shrink.
doctor-journal-way-out = End every copy of the program, deskctl too, and start it again.
doctor-figure-size = Size
doctor-figure-journal = Journal
doctor-figure-schema = Schema
doctor-figure-free = Free on the disk
doctor-figure-set-aside = Set aside
doctor-cache-sound = The picture cache is sound.
doctor-missing = { $count ->
    [one] { $count } picture is missing in the cache.
   *[other] { $count } pictures are missing in the cache.
    }
doctor-missing-way-out = Check the network: missing pictures are loaded again when they are shown.
doctor-cache-large = The picture cache is too large: pictures that wait to be sent, or are shown, are always kept.
doctor-cache-large-way-out = Send what waits: the cache then shrinks by itself.
doctor-figure-pictures = Pictures
doctor-figure-at-most = At most
doctor-figure-missing = Missing

## The hotel's lists. $names are in the plural; $list is the name of one, with a capital letter.
doctor-lists-unread = The hotel has not been read yet.
doctor-lists-read = The last reading brought all that the hotel has.
# Behind sentences about what the hotel does not have.
doctor-lists-rest-read = The last reading brought the rest.
doctor-miscounted = The hotel’s server counts its { $names } wrong: what colleagues remove may stay here.
doctor-figure-read = { $list } read

## The support file: in place of the rest of a log.
doctor-log-unreadable = The rest of this log cannot be read: { $cause }.
