### Set-up and settings.

setup-title = Diesen PC verbinden
setup-lead = Die Adresse des Hotel-Servers genügt für den Anfang. Falls Sie sie nicht kennen, fragen Sie die Betreuer des Servers.
setup-continue = Speichern und anmelden
setup-saving = Wird gespeichert …
setup-missing-server = Geben Sie die Adresse des Servers ein.
setup-missing-hotel = Geben Sie den Kurznamen des Hotels ein. Die Anzeige zeigt dieses Hotel.
setup-display-hint = Für einen Bildschirm in der Lobby. Dafür ist keine Anmeldung nötig, nur der Server und der Kurzname des Hotels.
setup-back = Zurück zur Anmeldung

connection-server = Server
connection-hint-server = Zum Beispiel https://hotel.example
connection-checking = Der Server wird geprüft …
connection-check = Server prüfen
connection-other-server = Einen anderen Server einstellen?
connection-other-server-lead = Sie werden zuerst abgemeldet und nach dem gefragt, was noch wartet. Dann melden Sie sich bei { $server } an.
connection-sign-out = Abmelden und einstellen
connection-more = Hotel und Zeitzone, für eine Anzeige oder einen Server, der sie nicht nennt
connection-hotel = Kurzname des Hotels
connection-hint-hotel = Zum Beispiel killarney. Die meisten Server nennen ihn bei der Anmeldung.
connection-time_zone = Zeitzone des Hotels
connection-hint-time_zone = Zum Beispiel Europe/Dublin. Sie entscheidet, welche Angebote heute aktiv sind.
connection-live = Live-Aktualisierung
connection-live-lead = Damit kommen Änderungen aus dem Team und Nachrichten von Gästen sofort an. Ohne sie fragt dieser PC den Server alle paar Minuten.
connection-pusher_key = Pusher-Schlüssel
connection-hint-pusher_key = Leer lassen, um ohne Live-Aktualisierung zu arbeiten.
connection-pusher_cluster = Pusher-Cluster
connection-hint-pusher_cluster = Zum Beispiel eu
connection-pusher_host = Eigener Pusher-Server
connection-hint-pusher_host = Statt eines Clusters, zum Beispiel wss://events.hotel.example
connection-test = Testen
connection-testing = Wird verbunden …

settings-title = Einstellungen
settings-locked = Für diesen PC von seinen Betreuern festgelegt.
settings-save = Speichern
settings-saved = Die Verbindung ist gespeichert.
settings-appearance = Darstellung
setting-theme = Farben
setting-theme-system = Wie das System
setting-theme-light = Hell
setting-theme-dark = Dunkel
setting-text_size = Textgröße
settings-percent = { $count } %
setting-density = Dichte
setting-density-comfortable = Großzügig
setting-density-compact = Kompakt
settings-language = Sprache und Region
setting-language = Sprache
setting-language-system = Wie das System
setting-language-en = English
setting-language-de = Deutsch
setting-region = Region
setting-region-system = Wie das System
setting-region-example = { $day }, { $time }, { $amount }
settings-notifications = Benachrichtigungen und Töne
settings-connection = Verbindung
settings-data = Daten auf diesem PC
settings-folder = Ordner
settings-database = Datenbank
settings-pictures = Bilder
settings-pictures-size =
    { $count ->
        [one] 1 Bild, { $size }
       *[other] { $count } Bilder, { $size }
    }
settings-clear = Bilder-Zwischenspeicher leeren
settings-clear-lead = Bilder, die gerade gezeigt werden oder auf das Senden warten, bleiben.
settings-cleared = { $size } entfernt.
settings-export =
    { $count ->
        [0] Nichts wartet auf das Senden
        [one] Wartendes exportieren (1 Eintrag)
       *[other] Wartendes exportieren ({ $count } Einträge)
    }
settings-about = Über
settings-version = HotelMate Desk { $version }
settings-licences = Lizenzen
settings-licences-lead = Das Programm enthält diese Teile anderer unter diesen Lizenzen. Es selbst steht unter MIT oder Apache-2.0.
settings-licences-search = Nach Name oder Lizenz suchen
settings-licences-none = im Paket nicht genannt
settings-licences-count =
    { $count ->
        [one] { $count } Teil
       *[other] { $count } Teile
    }
settings-diagnostics = Diagnose

training-start = Mit einem Demo-Hotel ausprobieren
training-start-hint = Öffnet ein Training in einem eigenen Fenster. Nichts davon erreicht ein Hotel.
training-mark = Training
training-lead = Nichts hier erreicht ein Hotel. Benutzername { $username }, Passwort { $password }.
training-leave = Training verlassen
