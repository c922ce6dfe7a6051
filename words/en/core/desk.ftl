# What the desk says beside what it shows.

duty-forgotten = On duty since { $since }. Was the clock-out forgotten? Nothing is changed by itself.
duty-no-clock = The clock of this hotel's server cannot be pressed from this program.
duty-not-pressed-later = Try again when the network is back. A clock is never pressed later by itself.
branding-strange = This hotel's server describes the hotel in a way that this program does not know, so it can only be looked at.
picture-small = This picture is small. On a big display it looks soft.
