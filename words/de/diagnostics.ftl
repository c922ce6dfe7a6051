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
        [one] { $count } Punkt ist auffällig.
       *[other] { $count } Punkte sind auffällig.
    }
diagnostics-more =
    { $count ->
        [one] { $count } weiterer Punkt ist auffällig.
       *[other] { $count } weitere Punkte sind auffällig.
    }
diagnostics-checking = Wird geprüft …
diagnostics-partly-checked = Was geprüft werden konnte, funktioniert.
diagnostics-not-checked = Es wurde noch nichts geprüft.
diagnostics-again = Erneut prüfen
diagnostics-checked-at = Letzte Prüfung: { $time }
diagnostics-never-checked = Noch keine Prüfung
diagnostics-failed = Die Diagnose kann nicht angezeigt werden
diagnostics-loading = Der Zustand dieses PCs wird gelesen …
diagnostics-what-to-do = Das können Sie tun:
diagnostics-details = Details
diagnostics-details-of = Details: { $check }
diagnostics-reloads =
    { $count ->
        [one] Das Fenster ist ausgefallen und wurde neu geladen ({ $time }). Grund: { $cause }. Ihre Eingaben werden wieder angeboten.
       *[other] Das Fenster ist ausgefallen und wurde { $count }-mal neu geladen (zuletzt: { $time }). Grund: { $cause }. Ihre Eingaben werden wieder angeboten.
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
check-live_name_resolution = Name des Ereignisservers
check-live_tls = Zertifikat des Ereignisservers
check-socket = Live-Verbindung
check-channels = Kanäle
check-chat = Gästechat
check-latency = Tempo
check-outbox = Ausgang
check-database = Datenbank
check-cache = Bilder

failure-name_resolution = Der Server des Hotels wird nicht gefunden: Ihre Änderungen warten auf diesem PC.
failure-tls = Der Server des Hotels kann sich nicht ausweisen: Ihre Änderungen warten auf diesem PC.
failure-server = Der Server des Hotels antwortet nicht: Ihre Änderungen warten auf diesem PC.
failure-server_clock = Die Uhr dieses PCs geht falsch: Zeiten werden vielleicht falsch angezeigt.
failure-sign_in = Ihre Anmeldung ist abgelaufen: Ihre Änderungen warten, bis Sie sich wieder anmelden.
failure-lists = Ein Teil der Daten des Hotels kann nicht gelesen werden: Was Sie davon sehen, ist vielleicht veraltet.
failure-live_name_resolution = Die Live-Verbindung ist unterbrochen: Änderungen aus dem Team kommen erst mit dem nächsten Lesen an.
failure-live_tls = Die Live-Verbindung ist unterbrochen: Änderungen aus dem Team kommen erst mit dem nächsten Lesen an.
failure-socket = Die Live-Verbindung ist unterbrochen: Änderungen aus dem Team kommen erst mit dem nächsten Lesen an.
failure-channels = Nicht jeder Kanal ist offen: Manche Änderungen aus dem Team kommen erst mit dem nächsten Lesen an.
failure-chat = Nachrichten von Gästen kommen vielleicht spät an, oder Gäste sehen Antworten spät.
failure-latency = Änderungen aus dem Team kommen verspätet an.
failure-outbox = Eine Ihrer Änderungen kommt nicht beim Hotel an.
failure-database = Die Datenbank auf diesem PC ist beschädigt.
failure-cache = Die gespeicherten Bilder sind beschädigt: Manche werden vielleicht nicht angezeigt.

finding-state-ok = In Ordnung
finding-state-warning = Auffällig
finding-state-failed = Fehler
finding-state-unknown = Nicht geprüft

reload-cause-silent = Es antwortete nicht
reload-cause-died = Ein Teil davon war beendet

connection-missing = Es gibt keine Live-Verbindung
connection-missing-lead = Für diesen PC ist kein Ereignisserver eingerichtet. Änderungen aus dem Team kommen mit dem nächsten Lesen an.
connection-state = Zustand
connection-since = Seit
connection-cause = Letzte Unterbrechung
connection-cause-none = Keine
connection-attempts = Versuche
connection-next = Nächster Versuch
connection-next-none = Keiner geplant
connection-connections = Verbindungen seit dem Start
connection-traffic = Letzte Übertragung
connection-traffic-none = Noch keine

channels-title = Kanäle
channels-empty = Kein Kanal ist angefragt.
channels-name = Kanal
channels-state = Zustand
channels-last = Letztes Ereignis
channels-at = Eingetroffen
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
latency-stored = Bis zum Speichern
latency-shown = Bis zur Anzeige
latency-slowest = Längste Zeit bis zur Anzeige
latency-no-event = Noch ist kein Ereignis eingetroffen.

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
events-new-hint = Neueste anzeigen
events-copy-all = Angezeigte kopieren
events-copy-one = Kopieren
events-copy-revealed = Mit persönlichen Daten kopieren
events-table = Live-Ereignisse, die neuesten unten
events-time = Zeit
events-event = Ereignis
events-size = Größe
events-hotel = Hotel → PC
events-stored = → Speicher
events-shown = → Anzeige
events-milliseconds = { $number } ms
events-empty = Noch nichts eingetroffen
events-empty-lead = Hier erscheint alles, was über die Live-Verbindung kommt, und was mit der Verbindung selbst geschieht.
events-no-match = Keine Treffer
events-no-match-lead = Kein Ereignis passt zu Suche, Kanal und Ergebnis.
events-clear-filter = Alle Ereignisse anzeigen
events-no-data = Es enthält keine Daten.
events-reveal = Persönliche Daten anzeigen
events-reveal-hint = Namen und Texte sind verborgen. Sie werden nur für diesen Eintrag angezeigt und wieder verborgen, wenn Sie diese Ansicht verlassen.
events-hide = Persönliche Daten verbergen
events-revealed = Persönliche Daten werden angezeigt.
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

log-level = Umfang des Protokolls
log-level-error = Fehler
log-level-warn = Warnungen
log-level-info = Info
log-level-debug = Debug
log-level-trace = Trace

log-hint-error = Nur Fehler. Zu wenig, um die Ursache zu finden.
log-hint-warn = Fehler und was zu einem werden kann.
log-hint-info = Kurz, was geschieht. Richtig für den Alltag.
log-hint-debug = Viel ausführlicher, um ein Problem zu untersuchen. Nach einem Tag gilt wieder „Info“.
log-hint-trace = Jeder Schritt wird festgehalten: Das Protokoll des Tages ist bald voll, und dann wird bis morgen nichts mehr geschrieben. Wählen Sie danach wieder „Info“; nach einem Tag geschieht das von selbst.

support-file-title = Support-Datei
support-file-lead = Für die Person, die Ihnen hilft: eine ZIP-Datei in Ihren Downloads. Sie enthält:
support-file-leaves-out = Passwörter, Anmeldungen, Schlüssel und persönliche Texte sind nicht enthalten.
support-file-save = Support-Datei speichern
support-file-busy = Wird gespeichert …
support-file-written =
    { $count ->
        [one] { $count } Datei gepackt in
       *[other] { $count } Dateien gepackt in
    }
support-file-holds-checks = diese Prüfungen und den Zustand dieses PCs
support-file-holds-events = die letzten Live-Ereignisse: Namen, Größen und Zeiten
support-file-holds-waiting = was auf das Senden wartet: Art und Grund
support-file-holds-log = Version, Einstellungen und Protokoll
