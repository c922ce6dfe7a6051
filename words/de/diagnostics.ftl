### The diagnostics: checks, the live connection and its events, the log, the support file.

diagnostics-title = Diagnose
diagnostics-parts = Teile der Diagnose
diagnostics-rail =
    { $count ->
        [one] { $count } Prüfung fehlgeschlagen
       *[other] { $count } Prüfungen fehlgeschlagen
    }
diagnostics-why = Warum?
diagnostics-works = Alles funktioniert.
diagnostics-warnings =
    { $count ->
        [one] { $count } Punkt braucht einen Blick.
       *[other] { $count } Punkte brauchen einen Blick.
    }
diagnostics-more =
    { $count ->
        [one] { $count } weiterer Punkt braucht einen Blick.
       *[other] { $count } weitere Punkte brauchen einen Blick.
    }
diagnostics-checking = Wird geprüft …
diagnostics-partly-checked = Was geprüft werden konnte, funktioniert.
diagnostics-not-checked = Noch wurde nichts geprüft.
diagnostics-again = Erneut prüfen
diagnostics-checked-at = Letzte Prüfung { $time }
diagnostics-never-checked = Noch keine Prüfung
diagnostics-failed = Die Diagnose kann nicht gezeigt werden
diagnostics-loading = Der Zustand dieses PCs wird gelesen …
diagnostics-what-to-do = Was zu tun ist:
diagnostics-details = Details
diagnostics-details-of = Details: { $check }
diagnostics-reloads =
    { $count ->
        [one] Das Fenster reagierte nicht mehr und wurde um { $time } neu geladen, denn { $cause }. Das Getippte wird wieder angeboten.
       *[other] Das Fenster reagierte nicht mehr und wurde { $count }-mal neu geladen, zuletzt um { $time }, denn { $cause }. Das Getippte wird wieder angeboten.
    }

diagnostics-tab-checks = Prüfungen
diagnostics-tab-connection = Live-Verbindung
diagnostics-tab-events = Live-Ereignisse

check-name_resolution = Name des Servers
check-tls = Zertifikat des Servers
check-server = Server
check-server_clock = Uhr
check-sign_in = Anmeldung
check-lists = Listen des Hotels
check-live_name_resolution = Name Live-Server
check-live_tls = Zertifikat Live-Server
check-socket = Live-Verbindung
check-channels = Kanäle
check-latency = Tempo
check-outbox = Ausgang
check-database = Datenbank
check-cache = Bilder

failure-name_resolution = Der Server des Hotels wird nicht gefunden: Ihre Änderungen warten auf diesem PC.
failure-tls = Der Server des Hotels kann sich nicht ausweisen: Ihre Änderungen warten auf diesem PC.
failure-server = Der Server des Hotels antwortet nicht: Ihre Änderungen warten auf diesem PC.
failure-server_clock = Die Uhr dieses PCs geht falsch: Zeiten werden vielleicht falsch gezeigt.
failure-sign_in = Die Anmeldung ist beendet: Ihre Änderungen warten, bis Sie sich neu anmelden.
failure-lists = Ein Teil des Hotels kann nicht gelesen werden: Was Sie davon sehen, kann alt sein.
failure-live_name_resolution = Die Live-Verbindung steht nicht: Änderungen aus dem Team kommen mit dem nächsten Lesen.
failure-live_tls = Die Live-Verbindung steht nicht: Änderungen aus dem Team kommen mit dem nächsten Lesen.
failure-socket = Die Live-Verbindung steht nicht: Änderungen aus dem Team kommen mit dem nächsten Lesen.
failure-channels = Nicht jeder Kanal ist offen: Manche Änderungen aus dem Team kommen mit dem nächsten Lesen.
failure-latency = Änderungen aus dem Team kommen spät.
failure-outbox = Eine Ihrer Änderungen kommt nicht beim Hotel an.
failure-database = Die Datenbank auf diesem PC ist beschädigt.
failure-cache = Die gespeicherten Bilder sind beschädigt: Manche fehlen vielleicht.

finding-state-ok = In Ordnung
finding-state-warning = Ansehen
finding-state-failed = Fehler
finding-state-unknown = Nicht geprüft

reload-cause-silent = es antwortete nicht
reload-cause-died = ein Teil davon war beendet

connection-missing = Es gibt keine Live-Verbindung
connection-missing-lead = Für diesen PC ist kein Live-Server eingerichtet. Änderungen aus dem Team kommen mit dem nächsten Lesen.
connection-state = Zustand
connection-since = Seit
connection-cause = Letzte Unterbrechung
connection-cause-none = Keine
connection-attempts = Versuche
connection-next = Nächster Versuch
connection-next-none = Keiner geplant
connection-connections = Verbindungen seit dem Start
connection-traffic = Letzte empfangene Nachricht
connection-traffic-none = Noch keine

channels-title = Kanäle
channels-empty = Kein Kanal ist angefragt.
channels-name = Kanal
channels-state = Zustand
channels-last = Letztes Ereignis
channels-at = Ankunft
channels-count = Ereignisse
channels-cause = Ursache
channels-no-event = Noch keines

channel-state-pending = Angefragt
channel-state-confirmed = Offen
channel-state-failed = Abgelehnt

latency-title = Wie lange Ereignisse brauchen
latency-over =
    { $count ->
        [one] Ein Ereignis
       *[other] Median aus { $count } Ereignissen
    }
latency-hotel = Vom Hotel bis zu diesem PC
latency-stored = Bis gespeichert
latency-shown = Bis gezeigt
latency-slowest = Langsamstes bis gezeigt
latency-no-event = Noch kam kein Ereignis.

events-search = Live-Ereignisse durchsuchen
events-search-hint = Suchen (Taste /)
events-channel = Kanal
events-all-channels = Alle Kanäle
events-connection = Verbindung
events-outcome = Ergebnis
events-all-outcomes = Alle Ergebnisse
events-pause = Anhalten
events-resume = Weiter
events-new = { $count } neu
events-new-hint = Die neuesten zeigen
events-copy-all = Alle gezeigten kopieren
events-copy-one = Kopieren
events-copy-revealed = Mit persönlichen Daten kopieren
events-table = Live-Ereignisse, die neuesten unten
events-time = Zeit
events-event = Ereignis
events-size = Größe
events-hotel = Hotel → PC
events-stored = → gespeichert
events-shown = → gezeigt
events-milliseconds = { $number } ms
events-empty = Noch kam nichts
events-empty-lead = Hier erscheint alles, was die Live-Verbindung bringt, und was mit der Verbindung selbst geschieht.
events-no-match = Keine Treffer
events-no-match-lead = Kein Ereignis hat diese Wörter, diesen Kanal und dieses Ergebnis.
events-clear-filter = Alle Ereignisse zeigen
events-no-data = Es hat keine Daten.
events-reveal = Persönliche Daten zeigen
events-reveal-hint = Namen und Texte sind verborgen. Sie werden nur für diesen Eintrag gezeigt und wieder verborgen, wenn Sie diese Seite verlassen.
events-hide = Persönliche Daten verbergen
events-revealed = Persönliche Daten werden gezeigt.
events-count =
    { $count ->
        [one] { $count } Ereignis
       *[other] { $count } Ereignisse
    }
events-count-some =
    { $count ->
        [one] { $shown } von { $count } Ereignis
       *[other] { $shown } von { $count } Ereignissen
    }

event-outcome-applied = Übernommen
event-outcome-unknown = Unbekannt
event-outcome-foreign = Nicht für diesen PC
event-outcome-unreadable = Nicht verstanden
event-outcome-connection = Verbindung

log-title = Protokoll

log-level = Wie viel protokolliert wird
log-level-error = Fehler
log-level-warn = Warnungen
log-level-info = Info
log-level-debug = Debug
log-level-trace = Trace

log-hint-error = Nur Fehler. Zu wenig, um Ursachen zu finden.
log-hint-warn = Fehler, und was einer werden kann.
log-hint-info = Was geschieht, in Kürze. Richtig für den Alltag.
log-hint-debug = Viel mehr wird geschrieben, für die Suche nach einer Ursache. Nach einem Tag gilt wieder „Info“.
log-hint-trace = Jeder Schritt wird geschrieben: Das Protokoll des Tages ist bald voll, und bis morgen wird nichts mehr geschrieben. Wählen Sie danach wieder „Info“; nach einem Tag geschieht es von selbst.

support-file-title = Support-Datei
support-file-lead = Für die Person, die Ihnen hilft: eine ZIP-Datei in Ihren Downloads, mit
support-file-leaves-out = Passwörter, Anmeldungen, Schlüssel und persönliche Texte fehlen darin.
support-file-save = Support-Datei speichern
support-file-busy = Wird gespeichert …
support-file-written =
    { $count ->
        [one] { $count } Datei gepackt in
       *[other] { $count } Dateien gepackt in
    }
support-file-holds-checks = diesen Prüfungen und dem Zustand dieses PCs
support-file-holds-events = den letzten Live-Ereignissen: Namen, Größen und Zeiten
support-file-holds-waiting = dem, was auf das Senden wartet: Art und Grund
support-file-holds-log = Version, Einstellungen und Protokoll
