# The checklist of `deskctl doctor` and of the window's diagnostics: what each check finds, and what to do about it.

## Several checks.
doctor-not-checked-yet = Noch nicht geprüft.
doctor-not-checked-signed-out = Nicht geprüft: Niemand ist angemeldet.
doctor-not-checked-unopened = Nicht geprüft: Die lokale Datenbank lässt sich nicht öffnen.
doctor-ask-server = Melden Sie das der Serverbetreuung.
doctor-seconds = { $count ->
    [one] { $count } Sekunde
   *[other] { $count } Sekunden
    }
doctor-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
    }
doctor-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
    }
doctor-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
    }
# $why is a sentence.
doctor-not-checked = Nicht geprüft. { $why }
doctor-live-not-set = Live-Ereignisse sind nicht eingerichtet.
doctor-live-address-wrong = Die Adresse der Live-Ereignisse ist falsch.
doctor-live-settings-wrong = Die Einstellungen der Live-Ereignisse sind falsch.
doctor-figure-cause = Ursache

## The names and certificates of the two servers. $server is one of these two, in the middle of a sentence.
doctor-hotel-server = Server des Hotels
doctor-event-server = Ereignisserver
doctor-no-server = Es ist kein Server eingestellt.
doctor-no-server-way-out = Melden Sie sich an, oder legen Sie den Server in den Einstellungen fest (in desk.toml: server).
doctor-address-wrong = { $server }: Die Adresse enthält keinen Hostnamen.
doctor-address-way-out = Berichtigen Sie die Adresse in den Einstellungen.
doctor-name-found = { $server }: Der Name wird aufgelöst.
doctor-name-number = { $server }: Die Adresse ist { $address } (kein DNS nötig).
doctor-name-unknown = { $server }: Der Name lässt sich nicht auflösen ({ $name }).
doctor-name-late = { $server }: Die Auflösung des Namens durch das DNS dauert zu lange ({ $name }).
doctor-name-way-out = Öffnen Sie irgendeine Webseite im Browser. Wenn das geht, prüfen Sie die Adresse des Servers in den Einstellungen, sonst das Netzwerk dieses PCs.
doctor-live-name-way-out = Öffnen Sie irgendeine Webseite im Browser. Wenn das geht, prüfen Sie den Pusher-Cluster oder den eigenen Pusher-Server in den Einstellungen (in desk.toml: pusher_cluster, pusher_host), sonst das Netzwerk dieses PCs.
doctor-figure-name = Name
doctor-figure-addresses = Adressen
doctor-tls-valid = { $server }: Das Zertifikat ist gültig.
doctor-tls-here = { $server }: Es ist keine Verschlüsselung nötig, denn er läuft auf diesem PC.
doctor-tls-silent = Nicht geprüft: Es kommt keine Antwort ({ $server }).
doctor-tls-no-address = Nicht geprüft: Der Name lässt sich nicht auflösen.
# $why is one of the sentences about certificates.
doctor-tls-refused = { $server }: Es gibt keine sichere Verbindung. { $why }
doctor-certificates-unusable = Dieser PC kann keine Zertifikate prüfen.
doctor-certificates-unusable-way-out = Aktualisieren Sie das Betriebssystem und seine Zertifikate.
doctor-no-tls = Er schließt die Verbindung oder spricht kein TLS.
doctor-no-tls-way-out = Prüfen Sie die Adresse in den Einstellungen. Wenn sie stimmt, steht im Netzwerk etwas dazwischen: Melden Sie das der Netzwerkbetreuung.
doctor-certificate-date = Sein Zertifikat ist abgelaufen oder noch nicht gültig.
doctor-certificate-date-way-out = Prüfen Sie das Datum dieses PCs. Wenn es stimmt, melden Sie das der Serverbetreuung.
doctor-certificate-name = Sein Zertifikat gilt für einen anderen Namen.
doctor-certificate-name-way-out = Prüfen Sie die Adresse in den Einstellungen, und ob eine Anmeldeseite des Netzwerks dazwischensteht.
doctor-certificate-issuer = Dieser PC vertraut dem Aussteller seines Zertifikats nicht.
doctor-certificate-issuer-way-out = Öffnen Sie irgendeine Webseite im Browser: Vielleicht steht eine Anmeldeseite des Netzwerks, ein Virenscanner oder ein Proxy dazwischen. Wenn das Hotel eine eigene Zertifizierungsstelle hat, installieren Sie diese auf diesem PC.
doctor-certificate-revoked = Sein Zertifikat ist widerrufen.
doctor-certificate-refused = Sein Zertifikat wird nicht angenommen.
doctor-open = Die Verbindung zum Server des Hotels ist nicht verschlüsselt: Andere im Netzwerk können sie mitlesen, auch Passwörter.
doctor-open-way-out = Bitten Sie die Serverbetreuung um eine Adresse, die mit https:// beginnt, und stellen Sie diese ein.
doctor-live-open = Die Verbindung zum Ereignisserver ist nicht verschlüsselt: Andere im Netzwerk können sie mitlesen.
doctor-live-open-way-out = Bitten Sie die Betreuung des Ereignisservers um eine Adresse, die mit wss:// beginnt, und stellen Sie diese ein.
doctor-figure-version = Version
# $found is the sentence of a check that failed.
doctor-by-proxy = { $found } Der Server antwortet trotzdem, über einen Proxy.
doctor-by-proxy-way-out = Solange der Server antwortet, ist nichts zu tun.

## The hotel's server and its clock.
doctor-server-answers = Der Server des Hotels antwortet.
doctor-server-knows = Der Server des Hotels antwortet. Seine Hotels: { $hotels }
doctor-server-knows-more = { $hotels } und { $count } weitere
doctor-server-silent = Nicht geprüft: Der Server des Hotels antwortet nicht.
doctor-server-needed = Nicht geprüft: Dazu ist der Server des Hotels nötig; seine Zeile sagt mehr.
doctor-server-trouble = Der Server des Hotels hat selbst ein Problem ({ $status }).
doctor-server-trouble-way-out = Warten Sie ein wenig. Wenn es so bleibt, melden Sie das der Serverbetreuung.
doctor-server-other = Die Antwort kommt von etwas, das kein HotelMate-Server ist ({ $status }).
doctor-server-other-way-out = Öffnen Sie irgendeine Webseite im Browser: Vielleicht verlangt das Netzwerk eine eigene Anmeldung. Prüfen Sie sonst die Adresse des Servers in den Einstellungen.
doctor-answered-since = Bei der letzten Prüfung ging das nicht. Seitdem hat der Server des Hotels geantwortet.
doctor-silent-since = Auf die letzte Anfrage hat der Server des Hotels nicht geantwortet.
doctor-silent-since-way-out = Starten Sie die Prüfung: Sie zeigt, wo die Verbindung scheitert.
doctor-connected-since = Bei der letzten Prüfung ging das nicht. Seitdem wurde die Live-Verbindung hergestellt.
doctor-not-since = Nicht mehr geprüft, seit der Server des Hotels nicht antwortet.
doctor-figure-round-trip = Antwortzeit
doctor-clock-agrees = Die Uhr dieses PCs stimmt mit dem Server des Hotels überein.
doctor-clock-apart = { $side ->
    [behind] Die Uhr dieses PCs geht gegenüber dem Server des Hotels { $apart } nach.
   *[ahead] Die Uhr dieses PCs geht gegenüber dem Server des Hotels { $apart } vor.
    }
doctor-clock-way-out = Schalten Sie in den Systemeinstellungen die automatische Uhrzeit ein.
doctor-clock-untold = Nicht geprüft: Der Server des Hotels teilt die Uhrzeit nicht mit.
doctor-figure-difference = Abweichung
doctor-figure-uncertain = Ungenauigkeit

## The sign-in.
doctor-sign-in-valid = Die Anmeldung ist gültig.
doctor-sign-in-again = Sie haben sich seit der letzten Prüfung neu angemeldet.
doctor-sign-in-unclear = Die Anmeldung konnte nicht geprüft werden. { $why }
doctor-sign-in-offline = Nicht geprüft: Der Server des Hotels ist nicht erreichbar.
doctor-sign-in-trouble = Nicht geprüft: Der Server des Hotels hat selbst ein Problem.
doctor-sign-in-ended = Ihre Anmeldung ist abgelaufen.
doctor-sign-in-ended-way-out = Geben Sie Ihr Passwort noch einmal ein. Nichts geht verloren.
doctor-not-staff = Für den Server des Hotels gehören Sie nicht zum Team dieses Hotels.
doctor-not-staff-way-out = Prüfen Sie den Kurznamen des Hotels in den Einstellungen (hotel in desk.toml oder DESK_HOTEL). Wenn er stimmt, melden Sie sich ab und wieder an, oder fragen Sie die Leitung.
doctor-signed-out = Niemand ist angemeldet.
doctor-signed-out-way-out = Melden Sie sich an.

## The live connection and its channels.
doctor-socket-up = Die Live-Verbindung besteht.
doctor-socket-not-set = Live-Ereignisse sind nicht eingerichtet: Änderungen aus dem Team kommen mit dem nächsten Lesen an, bis zu einer Minute später.
doctor-socket-not-set-way-out = Wenn das Hotel Live-Ereignisse hat, legen Sie Pusher-Schlüssel und Pusher-Cluster in den Einstellungen fest (in desk.toml: pusher_key, pusher_cluster).
doctor-socket-signed-out = Solange niemand angemeldet ist, gibt es keine Live-Verbindung.
doctor-socket-untried = Die Live-Verbindung wurde noch nicht versucht.
doctor-socket-first = Die Live-Verbindung wird zum ersten Mal hergestellt.
doctor-socket-above = Die Live-Verbindung ist unterbrochen: Siehe die fehlgeschlagene Zeile weiter oben.
doctor-socket-lost = Die Live-Verbindung ging verloren und wird neu hergestellt: { $cause }.
doctor-socket-failed = Die Live-Verbindung lässt sich nicht herstellen: { $cause }.
doctor-socket-refused = Der Ereignisserver lehnt die Live-Verbindung ab: { $cause }.
doctor-socket-settings-way-out = Berichtigen Sie den Pusher-Schlüssel und den Cluster oder den eigenen Pusher-Server in den Einstellungen (in desk.toml: pusher_key, pusher_cluster, pusher_host).
doctor-socket-account-way-out = Melden Sie das der Betreuung des Ereignisservers: Das Konto dort ist geschlossen oder hat seine Grenze überschritten.
doctor-socket-certificate-way-out = Prüfen Sie das Datum dieses PCs, und ob eine Anmeldeseite des Netzwerks oder ein Virenscanner dazwischensteht.
doctor-socket-network-way-out = Prüfen Sie das Netzwerk: Ein Proxy oder eine Firewall muss WebSockets durchlassen. Die Verbindung wird von selbst noch einmal versucht.
doctor-figure-since = Seit
doctor-figure-last-cause = Letzte Ursache
doctor-figure-next-attempt = Nächster Versuch
doctor-figure-attempts = Versuche
doctor-figure-connections = Verbindungen
doctor-figure-last-traffic = Letzte Übertragung
doctor-channels-confirmed = { $count ->
    [one] { $count } Kanal ist bestätigt.
   *[other] { $count } Kanäle sind bestätigt.
    }
# Behind the sentence above. $names are in the plural: “offers”, or “offers, room types and galleries”.
doctor-channels-partial = Nicht zu jeder Änderung gibt es ein Ereignis, deshalb wird zusätzlich etwa jede Minute gelesen: { $names }.
doctor-channels-silent = Dazu sendet dieser Server keine Ereignisse, stattdessen wird etwa jede Minute gelesen: { $names }.
# $why is a sentence.
doctor-channels-unconfirmed = Nicht bestätigt. { $why }
doctor-channels-server-unknown = Nicht geprüft: Der Server des Hotels hat noch nicht mitgeteilt, auf welchen Kanälen er Ereignisse sendet.
doctor-channels-down = Die Live-Verbindung ist unterbrochen.
doctor-channel-failed = Der Kanal { $name } ist nicht bestätigt: { $cause }.
doctor-channel-failed-way-out = Melden Sie das der Betreuung des Ereignisservers. Bis dahin kommen Änderungen mit dem nächsten Lesen an.
doctor-channel-pending = Der Kanal { $name } ist noch nicht bestätigt.
doctor-channel-pending-way-out = Warten Sie einige Sekunden: Der Kanal wird von selbst noch einmal angefragt.
doctor-figure-names = Namen

## The conversations with guests.
doctor-chat-confirmed = { $count ->
    [one] { $count } Unterhaltung hat ihren Kanal, und nichts fehlt.
   *[other] { $count } Unterhaltungen haben ihre Kanäle, und nichts fehlt.
    }
doctor-chat-none = Keine Unterhaltung wird verfolgt.
doctor-chat-polled = Dieser Server sendet dem Team keine Ereignisse über Unterhaltungen: Sie werden etwa jede Minute gelesen, die gezeigte alle fünf Sekunden.
doctor-chat-unconfirmed = Zimmer { $room }: Der Kanal { $name } ist nicht bestätigt.
doctor-chat-event-missing = Zimmer { $room }: Die neueste Antwort kam ohne ihr Ereignis { $event }.
doctor-chat-event-missing-way-out = Wenden Sie sich an die Betreiber des Hotelservers: Er hat das Ereignis nicht gesendet. Vielleicht sieht der Gast die Antwort erst, wenn er die Seite neu lädt.
doctor-chat-channel = { $name } ist bestätigt.
doctor-chat-channel-open = { $name } ist nicht bestätigt.
doctor-chat-events = Die neueste Antwort kam mit { $count } von { $all } Ereignissen.
doctor-figure-room = Zimmer { $room }

## How long events take.
doctor-latency-fine = Ereignisse kommen ohne Verzögerung.
doctor-latency-down = Nicht geprüft: Die Live-Verbindung ist unterbrochen.
doctor-latency-none = Seit dem Start des Programms ist kein Ereignis eingetroffen.
doctor-latency-late = Ereignisse vom Hotel kommen { $time } zu spät an.
doctor-latency-late-way-out = Prüfen Sie das Netzwerk. Wenn andere Programme schnell sind, melden Sie das der Serverbetreuung.
doctor-latency-slow = Ereignisse brauchen { $time } bis auf den Bildschirm.
doctor-latency-slow-way-out = Schließen Sie andere Programme: Dieser PC ist überlastet.
doctor-figure-events = Ereignisse
doctor-figure-from-hotel = Vom Hotel
doctor-figure-to-database = Bis zur Datenbank
doctor-figure-to-screen = Bis zum Bildschirm
doctor-figure-slowest = Längste Zeit bis zum Bildschirm

## What lies on this computer: the outbox, the database, the pictures.
doctor-all-there = Alles ist beim Hotel.
doctor-on-the-way = { $count ->
    [one] { $count } Änderung ist unterwegs zum Hotel.
   *[other] { $count } Änderungen sind unterwegs zum Hotel.
    }
doctor-waits = { $count ->
    [one] { $count } Änderung wartet auf das Senden.
   *[other] { $count } Änderungen warten auf das Senden.
    }
doctor-waits-way-out = Warten Sie: Gesendet wird, sobald das Hotel erreichbar ist.
doctor-waits-sync-way-out = Senden Sie mit `deskctl sync`, oder öffnen Sie das Fenster.
doctor-stuck = Eine Änderung wartet schon { $age }, obwohl der Server des Hotels antwortet.
doctor-stuck-way-out = Drücken Sie „Jetzt versuchen“. Wenn die Änderung bleibt, exportieren Sie sie unter „Zu klären“, und melden Sie das der Programmbetreuung.
doctor-attention = { $count ->
    [one] { $count } Änderung ist zu klären.
   *[other] { $count } Änderungen sind zu klären.
    }
doctor-attention-way-out = Sehen Sie unter „Zu klären“ nach (auf der Befehlszeile: `deskctl outbox list`).
doctor-figure-waiting = Wartet
doctor-figure-attention = Zu klären
doctor-figure-oldest = Älteste Änderung
doctor-own-data = Nicht geprüft: Niemand ist angemeldet, und jede Person hat eigene Daten.
doctor-database-sound = Die lokale Datenbank ist in Ordnung.
doctor-damaged = Die lokale Datenbank ist beschädigt.
doctor-damaged-way-out = Exportieren Sie, was wartet (unter „Zu klären“), beenden Sie das Programm, und starten Sie es neu. Die Datei wird dann beiseitegelegt, nicht gesendete Änderungen werden übernommen, soweit sie lesbar sind, und alles Übrige wird neu vom Hotel gelesen.
doctor-disk-full = Der Datenträger ist fast voll: Was Sie eingeben, kann vielleicht bald nicht mehr gespeichert werden.
doctor-disk-full-way-out = Schaffen Sie jetzt Platz auf diesem Datenträger.
doctor-disk-small = Auf dem Datenträger ist nur noch wenig Platz.
doctor-disk-small-way-out = Schaffen Sie Platz auf diesem Datenträger.
doctor-newer = Eine neuere Version dieses Programms hat die lokale Datenbank benutzt.
doctor-newer-way-out = Aktualisieren Sie dieses Programm.
doctor-set-aside = Die lokale Datenbank ist in Ordnung. Eine frühere war beschädigt und ist beiseitegelegt.
doctor-set-aside-way-out = Wenn etwas fehlt, das Sie eingegeben haben, geben Sie die Datei der Programmbetreuung. Sonst kann die Datei gelöscht werden.
doctor-journal = Das Journal der lokalen Datenbank wird nicht kleiner.
doctor-journal-way-out = Beenden Sie alle Kopien des Programms, auch deskctl, und starten Sie es neu.
doctor-figure-size = Größe
doctor-figure-journal = Journal
doctor-figure-schema = Schema
doctor-figure-free = Frei auf dem Datenträger
doctor-figure-set-aside = Beiseitegelegt
doctor-cache-sound = Der Zwischenspeicher für Bilder ist in Ordnung.
doctor-missing = { $count ->
    [one] { $count } Bild fehlt im Zwischenspeicher.
   *[other] { $count } Bilder fehlen im Zwischenspeicher.
    }
doctor-missing-way-out = Prüfen Sie das Netzwerk: Fehlende Bilder werden neu geladen, wenn sie angezeigt werden.
doctor-cache-large = Der Zwischenspeicher für Bilder ist zu groß: Bilder, die auf das Senden warten oder angezeigt werden, bleiben immer erhalten.
doctor-cache-large-way-out = Senden Sie, was wartet: Der Zwischenspeicher wird dann von selbst kleiner.
doctor-figure-pictures = Bilder
doctor-figure-at-most = Höchstens
doctor-figure-missing = Fehlend

## The hotel's lists. $names are in the plural; $list is the name of one, with a capital letter.
doctor-lists-unread = Vom Hotel wurde noch nicht gelesen.
doctor-lists-read = Beim letzten Lesen wurde alles vom Hotel geholt.
# Behind sentences about what the hotel does not have.
doctor-lists-rest-read = Beim letzten Lesen wurde alles Übrige geholt.
doctor-miscounted = Der Server des Hotels zählt falsch ({ $names }): Was jemand aus dem Team entfernt, bleibt hier vielleicht stehen.
doctor-figure-read = { $list } gelesen

## The support file: in place of the rest of a log.
doctor-log-unreadable = Der Rest dieses Protokolls ist nicht lesbar: { $cause }.
