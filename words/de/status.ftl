### The state of the desk and of what it reaches, and the rail.

status-offline = Offline
status-offline-waiting =
    { $count ->
        [one] Offline · { $count } wartet
       *[other] Offline · { $count } warten
    }
status-locked = Gesperrt
status-sign-in = Anmeldung nötig
status-saving =
    { $count ->
        [one] { $count } wird gespeichert
       *[other] { $count } werden gespeichert
    }
status-waiting =
    { $count ->
        [one] { $count } wartet
       *[other] { $count } warten
    }
status-not-counted = Was wartet, lässt sich nicht zählen
status-attention =
    { $count ->
        [one] { $count } zu klären
       *[other] { $count } zu klären
    }
status-saved-at = Alles gespeichert · { $time }
status-saved-not-read = Gespeichert · nicht alles lesbar
status-saved-not-live = Gespeichert · Live unterbrochen
status-checking = Wird geprüft …
status-checking-hotel = Es wird geprüft, ob das Hotel erreichbar ist
status-reading = Wird vom Hotel gelesen …
status-unread = Nicht alles lesbar
status-starting = Startet …
status-title = Zustand dieses PCs
status-hint = Drücken, um es jetzt zu versuchen
status-last-sync = Zuletzt vom Hotel gelesen: { $time }
status-never-synced = Noch nicht vom Hotel gelesen
status-online = Das Hotel ist erreichbar
status-unreachable = Das Hotel ist nicht erreichbar
status-next-try = Nächster Versuch: { $wait }
status-try-now = Jetzt versuchen
status-others =
    { $count ->
        [one] { $name }: { $count } Änderung wartet
       *[other] { $name }: { $count } Änderungen warten
    }
status-nothing-waits = Nichts wartet
status-accept-absences = Ja, sie sind wirklich weg
status-send-restored = Wartendes senden

live-state-off = Live-Aktualisierung ist aus
live-state-connecting = Live-Aktualisierung wird verbunden …
live-state-live = Live-Aktualisierung läuft
live-state-refused = Live-Aktualisierung wird abgelehnt

rail-offers = Angebote
rail-gallery = Galerie
rail-branding = Branding
rail-rooms = Zimmer{"\u00AD"}typen
rail-chat = Gästechat
rail-team = Team
rail-attention = Zu klären
rail-diagnostics = Diagnose
rail-settings = Einstel{"\u00AD"}lungen
room-absent = Auf dem Server dieses Hotels nicht vorhanden

rail-needs =
    { $count ->
        [one] { $count } zu klären
       *[other] { $count } zu klären
    }
rail-waits =
    { $count ->
        [one] { $count } wartet auf das Senden
       *[other] { $count } warten auf das Senden
    }
