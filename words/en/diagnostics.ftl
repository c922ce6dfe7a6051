### The diagnostics: checks, the live connection and its events, the log, the support file.

diagnostics-title = Diagnostics
diagnostics-parts = Parts of the diagnostics
diagnostics-rail =
    { $count ->
        [one] { $count } check failed
       *[other] { $count } checks failed
    }
diagnostics-why = Why?
diagnostics-works = Everything works.
diagnostics-warnings =
    { $count ->
        [one] { $count } thing needs a look.
       *[other] { $count } things need a look.
    }
diagnostics-more =
    { $count ->
        [one] { $count } more thing needs a look.
       *[other] { $count } more things need a look.
    }
diagnostics-checking = Checking…
diagnostics-partly-checked = What could be checked works.
diagnostics-not-checked = Nothing has been checked yet.
diagnostics-again = Check again
diagnostics-checked-at = Last check { $time }
diagnostics-never-checked = No check yet
diagnostics-failed = The diagnosis cannot be shown
diagnostics-loading = Reading the state of this desk…
diagnostics-what-to-do = What to do:
diagnostics-details = Details
diagnostics-details-of = Details: { $check }
diagnostics-reloads =
    { $count ->
        [one] The window stopped working and was loaded again at { $time }, because { $cause }. What was typed is offered again.
       *[other] The window stopped working and was loaded again { $count } times, the last time at { $time }, because { $cause }. What was typed is offered again.
    }

diagnostics-tab-checks = Checks
diagnostics-tab-connection = Live connection
diagnostics-tab-events = Live events

check-name_resolution = Server name
check-tls = Server certificate
check-server = Server
check-server_clock = Clock
check-sign_in = Sign-in
check-lists = The hotel’s lists
check-live_name_resolution = Live server name
check-live_tls = Live server certificate
check-socket = Live connection
check-channels = Channels
check-chat = Guest chat
check-latency = Speed
check-outbox = Outbox
check-database = Database
check-cache = Pictures

failure-name_resolution = The hotel’s server cannot be found: what you change waits on this computer.
failure-tls = The hotel’s server cannot prove who it is: what you change waits on this computer.
failure-server = The hotel’s server does not answer: what you change waits on this computer.
failure-server_clock = This computer’s clock is wrong: times may be shown wrongly.
failure-sign_in = The sign-in has ended: what you change waits until you sign in again.
failure-lists = A part of the hotel cannot be read: what you see of it may be old.
failure-live_name_resolution = The live connection is down: changes of colleagues come with the next reading.
failure-live_tls = The live connection is down: changes of colleagues come with the next reading.
failure-socket = The live connection is down: changes of colleagues come with the next reading.
failure-channels = Not every channel is open: some changes of colleagues come with the next reading.
failure-chat = Messages of guests may come late, or guests may see answers late.
failure-latency = Changes of colleagues come late.
failure-outbox = Something you changed does not get to the hotel.
failure-database = The database on this computer is damaged.
failure-cache = The stored pictures are damaged: some may not be shown.

finding-state-ok = Works
finding-state-warning = Needs a look
finding-state-failed = Failed
finding-state-unknown = Not checked

reload-cause-silent = it did not answer
reload-cause-died = a part of it had ended

connection-missing = There is no live connection
connection-missing-lead = No live server is set up for this desk. Changes of colleagues come with the next reading.
connection-state = State
connection-since = Since
connection-cause = Last interruption
connection-cause-none = None
connection-attempts = Attempts
connection-next = Next attempt
connection-next-none = None planned
connection-connections = Connections since the start
connection-traffic = Last message received
connection-traffic-none = None yet

channels-title = Channels
channels-empty = No channel is requested.
channels-name = Channel
channels-state = State
channels-last = Last event
channels-at = Came
channels-count = Events
channels-cause = Cause
channels-no-event = None yet

channel-state-pending = Asked for
channel-state-confirmed = Open
channel-state-failed = Refused

latency-title = How long events take
latency-over =
    { $count ->
        [one] One event
       *[other] Median of { $count } events
    }
latency-hotel = From the hotel to this desk
latency-stored = Until stored
latency-shown = Until shown
latency-slowest = Slowest until shown
latency-no-event = No event has come yet.

events-search = Search the live events
events-search-hint = Search (press /)
events-channel = Channel
events-all-channels = All channels
events-connection = Connection
events-outcome = Outcome
events-all-outcomes = All outcomes
events-pause = Pause
events-resume = Go on
events-new = { $count } new
events-new-hint = Show the newest
events-copy-all = Copy all shown
events-copy-one = Copy
events-copy-revealed = Copy with personal data
events-table = Live events, newest at the bottom
events-time = Time
events-event = Event
events-size = Size
events-hotel = Hotel → desk
events-stored = → stored
events-shown = → shown
events-milliseconds = { $number } ms
events-empty = Nothing has come yet
events-empty-lead = Everything that the live connection brings shows here, and what happens to the connection itself.
events-no-match = Nothing matches
events-no-match-lead = No event has these words, this channel and this outcome.
events-clear-filter = Show all events
events-no-data = It carries no data.
events-reveal = Show personal data
events-reveal-hint = Names and texts are hidden. They are shown for this entry only, and hidden again when you leave this screen.
events-hide = Hide personal data
events-revealed = Personal data is shown.
events-count =
    { $count ->
        [one] { $count } event
       *[other] { $count } events
    }
events-count-some =
    { $count ->
        [one] { $shown } of { $count } event
       *[other] { $shown } of { $count } events
    }

event-outcome-applied = Taken in
event-outcome-unknown = Unknown event
event-outcome-foreign = Not for this desk
event-outcome-unreadable = Not understood
event-outcome-connection = Connection

log-title = Log

log-level = How much is written to the log
log-level-error = Errors
log-level-warn = Warnings
log-level-info = Info
log-level-debug = Debug
log-level-trace = Trace

log-hint-error = Only failures. Too little to find out why.
log-hint-warn = Failures, and what may become one.
log-hint-info = What happens, in short. Right for everyday use.
log-hint-debug = Much more is written, for looking into a problem. Goes back to “Info” after a day.
log-hint-trace = Every step is written: the log of the day is soon full, and then nothing more is written until tomorrow. Choose “Info” again when you are done; it comes by itself after a day.

support-file-title = Support file
support-file-lead = For whoever helps you: a zip file in your downloads, with
support-file-leaves-out = Passwords, sign-ins, keys and personal texts are left out.
support-file-save = Save support file
support-file-busy = Saving…
support-file-written =
    { $count ->
        [one] { $count } file packed into
       *[other] { $count } files packed into
    }
support-file-holds-checks = these checks and the state of this desk
support-file-holds-events = the last live events: their names, sizes and times
support-file-holds-waiting = what waits to be sent: its kind and its reason
support-file-holds-log = the version, the settings and the log
