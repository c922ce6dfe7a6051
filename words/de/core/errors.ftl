# What can fail, one plain sentence each; `way-out` says what the person can do now.

error-fields-wrong = Einige Felder sind noch zu prüfen.
    .way-out = Berichtigen Sie die markierten Felder. Nichts, was Sie eingegeben haben, geht verloren.
error-locked = HotelMate Desk ist gesperrt.
    .way-out = Wählen Sie aus, wer Sie sind, und geben Sie Ihre PIN ein. Auf der Befehlszeile: `deskctl people`, und `--as` mit einem Benutzernamen.
error-person-gone = Diese Person ist auf diesem PC nicht mehr angemeldet.
    .way-out = Melden Sie sich an.
error-pin-form = Eine PIN hat vier bis acht Ziffern.
    .way-out = Geben Sie vier bis acht Ziffern ein.
error-pin-exists = Sie haben bereits eine PIN.
    .way-out = Um eine andere festzulegen, melden Sie sich ab und wieder an.
error-pin-wrong = Diese PIN ist falsch. { $left ->
    [one] Noch ein Versuch,
   *[other] Noch { $left } Versuche,
    } dann ist das Passwort nötig.
    .way-out = Geben Sie sie noch einmal ein, oder verwenden Sie das Passwort.
error-pin-spent = Die PIN war fünfmal falsch.
    .way-out = Geben Sie das Passwort Ihres HotelMate-Kontos ein. Dazu ist eine Verbindung zum Hotel nötig.
error-pin-spent-here = Die PIN war fünfmal falsch.
    .way-out = Wechseln Sie zum Fenster, und geben Sie dort das Passwort ein.
error-pin-none = Es gibt keine PIN.
    .way-out = Geben Sie das Passwort Ihres HotelMate-Kontos ein. Dazu ist eine Verbindung zum Hotel nötig.
error-pin-no-key-store = Die PIN lässt sich nicht prüfen, weil der Schlüsselspeicher des Systems nicht benutzt werden kann ({ $cause }).
    .way-out = Geben Sie das Passwort Ihres HotelMate-Kontos ein. Dazu ist eine Verbindung zum Hotel nötig.
error-pin-hash = Die PIN lässt sich nicht prüfen ({ $cause }).
    .way-out = Schließen Sie andere Programme, und versuchen Sie es erneut, oder verwenden Sie das Passwort.
error-person-not-here = { $name } ist auf diesem PC nicht angemeldet.
    .way-out = `deskctl people` zeigt, wer angemeldet ist.
error-signed-out = Niemand ist angemeldet.
    .way-out = Melden Sie sich zuerst an.

## The hotel's server.
error-offline = Der Server des Hotels ist nicht erreichbar ({ $cause }).
    .way-out = Prüfen Sie das Netzwerk. Was Sie inzwischen tun, bleibt erhalten und wird später gesendet.
error-no-tls = Der Server des Hotels ist nicht erreichbar: Was unter seiner Adresse antwortet, spricht kein TLS.
    .way-out = Prüfen Sie das Netzwerk: Vielleicht steht eine Anmeldeseite des Netzwerks dazwischen. Was Sie inzwischen tun, bleibt erhalten und wird später gesendet.
error-sign-in-offline = Der Server { $server } ist nicht erreichbar ({ $cause }).
    .way-out = Prüfen Sie die Adresse und das Netzwerk, und versuchen Sie es erneut.
error-sign-in-silent = Der Server { $server } hat nicht geantwortet ({ $cause }).
    .way-out = Prüfen Sie die Adresse, und versuchen Sie es gleich noch einmal.
error-sign-in-no-tls = Es gibt keine sichere Verbindung zu { $server }: Was dort antwortet, spricht kein TLS.
    .way-out = Prüfen Sie die Adresse. Wenn der Server keine Verschlüsselung hat, schreiben Sie http:// davor; andere im Netzwerk können das Passwort dann mitlesen.
error-token-refused = Der Server des Hotels nimmt die Anmeldung in DESK_TOKEN nicht an.
    .way-out = Setzen Sie DESK_TOKEN auf ein gültiges Token, oder entfernen Sie es, und melden Sie sich an.
error-unclear = Der Server des Hotels hat nicht geantwortet ({ $cause }).
    .way-out = Versuchen Sie es gleich noch einmal. Nichts wird doppelt gesendet.
error-busy = Der Server des Hotels ist ausgelastet.
    .way-out = Warten Sie ein wenig. Es wird von selbst noch einmal versucht.
error-server-trouble = Der Server des Hotels hat selbst ein Problem ({ $status }){ $said }
    .way-out = Versuchen Sie es erneut. Wenn es so bleibt, melden Sie das der Serverbetreuung.
error-other-row = Der Server des Hotels hat einen Fehler: Gefragt nach Nummer { $asked }, antwortete er zu Nummer { $answered }.
    .way-out = Aus einer solchen Antwort wird nichts übernommen, und es wird von selbst noch einmal gefragt. Wenn es so bleibt, melden Sie das der Serverbetreuung.
error-not-new = Der Server des Hotels hat einen Fehler: Er antwortete auf einen neuen Eintrag mit Nummer { $answered }, die es vorher schon gab.
    .way-out = Aus einer solchen Antwort wird nichts übernommen, und die Liste wird von selbst noch einmal gelesen. Wenn es so bleibt, melden Sie das der Serverbetreuung.
error-sign-in-needed = Ihre Anmeldung ist abgelaufen.
    .way-out = Geben Sie Ihr Passwort noch einmal ein. Nichts geht verloren.
error-wrong-password = Der Benutzername oder das Passwort ist falsch.
    .way-out = Geben Sie beides noch einmal ein, und achten Sie auf die Feststelltaste.
error-forbidden = Der Server des Hotels erlaubt Ihnen das nicht{ $said }
    .way-out = Fragen Sie die Leitung, oder melden Sie sich als jemand anderes an.
error-not-at-hotel = Das gibt es beim Hotel nicht mehr.
    .way-out = Sehen Sie noch einmal in die Liste.
error-not-offered = Der Server des Hotels bietet das nicht an.
    .way-out = Prüfen Sie die Adresse des Servers in den Einstellungen, oder fragen Sie die Serverbetreuung.
error-rejected = Der Server des Hotels hat das abgelehnt{ $said }
    .way-out = Ändern Sie es, und versuchen Sie es erneut. Nichts, was Sie eingegeben haben, geht verloren.
error-too-large = Das ist zu groß für den Server des Hotels.
    .way-out = Verkleinern Sie es, und versuchen Sie es erneut. Nichts, was Sie eingegeben haben, geht verloren.
error-strange-answer = Die Antwort kam nicht von einem HotelMate-Server{ $said }
    .way-out = Prüfen Sie die Adresse des Servers, und ob eine Anmeldeseite des Netzwerks dazwischensteht.
error-not-on-staff = Für den Server des Hotels gehören Sie nicht zum Team von „{ $hotel }“.
    .way-out = Prüfen Sie den Kurznamen des Hotels in den Einstellungen (hotel in desk.toml oder DESK_HOTEL). Wenn er stimmt, bitten Sie die Leitung, Sie hinzuzufügen.
error-list-moving = Die Liste des Hotels hat sich während des Lesens immer wieder geändert.
    .way-out = Sie wird gleich von selbst noch einmal gelesen.
error-list-repeating = Der Server des Hotels liefert immer wieder die erste Seite seiner Liste, deshalb lässt sich der Rest nicht lesen.
    .way-out = Melden Sie das der Serverbetreuung.
error-not-sent = Diese Änderung ist mit diesem Programm nicht möglich ({ $many }).
    .way-out = Nehmen Sie sie dort vor, wo das Hotel das selbst verwaltet.
error-part-absent = { $absent }
    .way-out = Fragen Sie die Serverbetreuung. Sobald der Server es hat, geht es hier von selbst.
error-list-outage =
    { $read ->
        [yes] Der Server des Hotels liefert gerade nicht alles. Es fehlt: { $names }. Sie sehen den Stand vom letzten Lesen.
       *[no] Der Server des Hotels liefert gerade nicht alles. Es fehlt: { $names }.
    }
    .way-out = Es wird von selbst noch einmal angefragt. Wenn es so bleibt, melden Sie das der Serverbetreuung.
error-unreadable-rows = Dieses Programm kann { $names } des Hotels weder lesen noch anzeigen.
    .way-out = Aktualisieren Sie dieses Programm. Wenn es so bleibt, geben Sie der Programmbetreuung eine Support-Datei.
error-clock-elsewhere = In einem anderen Fenster dieses Programms wird gerade gestempelt.
    .way-out = Sehen Sie gleich noch einmal nach.
error-mass-absence = Beim Hotel fehlen plötzlich viele Einträge ({ $what }): { $missing } von { $known }. Hier bleiben sie vorerst erhalten.
    .way-out = Fragen Sie, ob jemand sie absichtlich entfernt hat. Wenn ja, bestätigen Sie das; wenn nicht, melden Sie es der Serverbetreuung.
error-restored = Die Daten dieses Programms wurden aus einer Sicherung wiederhergestellt. Manches, was wartet, ist vielleicht schon beim Hotel, deshalb wird nichts gesendet.
    .way-out = Vergleichen Sie, was wartet, mit dem, was das Hotel hat, und verwerfen Sie, was dort schon ist. Lassen Sie dann den Rest senden; auf der Befehlszeile: deskctl outbox send-restored.

## The sign-in.
error-other-person = Die Anmeldung, die dem Programm übergeben wurde (DESK_TOKEN), gehört einer anderen Person.
    .way-out = Melden Sie sich als Sie selbst an, oder geben Sie einen anderen Datenordner an.
error-name-changed = Dieser Name gehört jetzt zu einer anderen Person oder einem anderen Hotel.
    .way-out = Melden Sie sich ab und wieder an.
error-key-store = Der Schlüsselspeicher des Systems kann nicht benutzt werden ({ $cause }).
    .way-out = Sie bleiben angemeldet, bis das Programm endet. Danach ist das Passwort wieder nötig.
error-key-store-locked = Der Schlüsselspeicher des Systems ist gesperrt.
    .way-out = Entsperren Sie ihn, oder geben Sie hier Ihr Passwort noch einmal ein.
error-sign-in-not-kept = Die Anmeldung kann nicht aufbewahrt werden: { $cause }.
    .way-out = Sie bleiben angemeldet, bis das Programm endet. Starten oder entsperren Sie den Schlüsselspeicher, und melden Sie sich neu an.
error-sign-in-not-kept-once = Die Anmeldung kann nicht aufbewahrt werden: { $cause }.
    .way-out = Sie endet mit diesem Befehl. Starten oder entsperren Sie den Schlüsselspeicher, und melden Sie sich neu an; oder setzen Sie DESK_TOKEN auf ein Token vom Server des Hotels, dann ist keine Anmeldung nötig.
error-signed-out-elsewhere = Sie wurden in einer anderen Kopie dieses Programms abgemeldet.
    .way-out = Melden Sie sich neu an. Was Sie gerade getan haben, wurde nicht gespeichert.
error-drafts-not-saved = { $count ->
        [one] Was Sie an 1 Stelle eingegeben haben, ist nicht gespeichert.
       *[other] Was Sie an { $count } Stellen eingegeben haben, ist nicht gespeichert.
    }
    .way-out = Speichern Sie es im Fenster, behalten Sie es für die nächste Anmeldung, oder verwerfen Sie es.
error-still-waiting = { $count ->
        [one] 1 Änderung ist noch nicht beim Hotel.
       *[other] { $count } Änderungen sind noch nicht beim Hotel.
    }
    .way-out = Warten Sie, bis alles gesendet ist, behalten Sie es für die nächste Anmeldung, oder verwerfen Sie es.
error-left-in-use = Die Daten einer abgemeldeten Person sind noch auf diesem PC: Eine andere Kopie dieses Programms hat sie geöffnet.
    .way-out = Schließen Sie die andere Kopie. Danach werden die Daten entfernt.
error-left-file = Die Daten einer abgemeldeten Person sind noch auf diesem PC: Eine Datei davon lässt sich nicht entfernen.
    .way-out = Beim nächsten Start wird es noch einmal versucht. Schließen Sie Programme, die die Datei geöffnet haben könnten, zum Beispiel eine Datensicherung.

## Why what waits is not sent before a sign-out.
leaving-sign-in-needed = Das Hotel hat die Anmeldung beendet. Zuerst ist das Passwort nötig.
leaving-offline = Das Hotel ist nicht erreichbar.
leaving-needs-person = Das muss erst geklärt werden: Sehen Sie unter „Zu klären“ nach.
leaving-has-to-wait = Das muss noch warten, oder davor steht etwas, das erst geklärt werden muss.
leaving-no-answer = Das Hotel antwortet nicht.

## Settings.
error-setting-no-home = Dieses Benutzerkonto hat keinen Home-Ordner, deshalb gibt es keinen Platz für die Daten.
    .way-out = Geben Sie einen Ordner mit --data-dir oder DESK_DATA_DIR an.
error-setting-no-folder = Der Datenordner { $folder } ist nicht zu finden: { $cause }.
    .way-out = Geben Sie ihn mit vollständigem Pfad an, mit --data-dir oder DESK_DATA_DIR.
error-setting-unknown = Es gibt keine Einstellung „{ $name }“.
    .way-out = „deskctl settings list“ zeigt alle.
error-setting-choice = „{ $text }“ ist kein Wert der Einstellung { $name }.
    .way-out = Wählen Sie einen von: { $choices }.
error-setting-region = „{ $text }“ ist keine Region.
    .way-out = Schreiben Sie die zwei Großbuchstaben eines Landes, zum Beispiel AT, oder system.
error-setting-locked = Die Einstellung { $name } ist für diesen PC festgelegt und kann hier nicht geändert werden.
    .way-out = Fragen Sie die Betreuer dieses PCs.
error-setting-server-in-use = { $name } ist bei { $server } angemeldet, deshalb kann der Server nicht geändert werden.
    .way-out = Melden Sie sich zuerst ab, und stellen Sie dann den neuen Server ein.
error-setting-own-wrong = Die Einstellungen in { $file } können nicht gelesen werden, es gelten die Standardwerte: { $cause }.
    .way-out = Stellen Sie sie neu ein. Die alte Datei bleibt als settings.damaged.toml neben der neuen.
error-setting-unwritten = Die Einstellungen können nicht in { $file } gespeichert werden: { $cause }.
    .way-out = Prüfen Sie, ob Sie in diesen Ordner schreiben dürfen und ob der Datenträger voll ist.
error-work-ended = Das wurde nicht ausgeführt, denn ein Teil des Programms endete vorzeitig: { $cause }.
    .way-out = Versuchen Sie es noch einmal.
error-setting-unreadable = Die Einstellungen in { $file } sind nicht lesbar: { $cause }.
    .way-out = Prüfen Sie, ob Sie diese Datei lesen dürfen und ob sie Text enthält.
error-setting-wrong = Die Einstellungen in { $file } sind falsch: { $cause }.
    .way-out = Berichtigen oder entfernen Sie diese Zeile; das Handbuch nennt alle Einstellungen.
error-setting-server = „{ $text }“ ist keine Adresse eines Servers.
    .way-out = Schreiben Sie sie mit https:// davor, zum Beispiel https://hotel.example.
error-setting-lock-after = „{ $text }“ ist keine gültige Anzahl von Minuten: Möglich sind 0 (nie) bis { $latest } (Einstellung lock_after_minutes oder DESK_LOCK_AFTER_MINUTES).
    .way-out = Schreiben Sie zum Beispiel 10.
error-setting-chat-days = „{ $text }“ ist keine gültige Anzahl von Tagen: Möglich sind 1 bis { $longest } (Einstellung chat_days oder DESK_CHAT_DAYS).
    .way-out = Schreiben Sie zum Beispiel 30.
error-setting-chat-key = DESK_CHAT_KEY ist kein Schlüssel.
    .way-out = Geben Sie 32 zufällige Bytes in Base64 an, zum Beispiel aus: openssl rand -base64 32
error-quick-replies = Die Textbausteine in { $file } sind nicht lesbar: { $cause }.
    .way-out = Berichtigen Sie die Datei. docs/chat.md zeigt, wie sie aussieht.
error-no-such-room = Das Hotel hat kein Zimmer { $room }.
    .way-out = Prüfen Sie die Zimmernummer.
error-message-empty = Eine Nachricht braucht einen Text.
    .way-out = Geben Sie die Nachricht ein.
error-setting-late-commit = „{ $text }“ ist keine gültige Anzahl von Sekunden: Möglich sind 1 bis { $latest } (Einstellung late_commit_seconds oder DESK_LATE_COMMIT_SECONDS).
    .way-out = Schreiben Sie zum Beispiel 120.
error-setting-zone = „{ $name }“ ist keine Zeitzone (Einstellung time_zone oder DESK_TIME_ZONE).
    .way-out = Schreiben Sie zum Beispiel Europe/Dublin.
error-setting-no-server = Es ist nicht bekannt, welcher Server gefragt werden soll.
    .way-out = Legen Sie den Server in den Einstellungen fest, oder mit „deskctl setup --server …“.
error-setting-no-hotel = Es ist nicht bekannt, um welches Hotel es geht, und dieser Server erkennt es nicht an der Anmeldung allein.
    .way-out = Legen Sie den Kurznamen des Hotels in den Einstellungen fest, mit „deskctl settings set hotel …“ oder mit DESK_HOTEL.
error-setting-pusher-address = Die Adresse der Live-Ereignisse ist falsch: { $cause }.
    .way-out = Berichtigen Sie den eigenen Pusher-Server oder den Pusher-Cluster in den Einstellungen (in desk.toml: pusher_host, pusher_cluster).
error-setting-no-pusher-address = Es gibt einen Pusher-Schlüssel, aber weder einen Pusher-Cluster noch einen eigenen Pusher-Server.
    .way-out = Ergänzen Sie eines davon in den Einstellungen (in desk.toml: pusher_cluster, pusher_host).
error-no-log = Dieses Programm führt kein Protokoll.
    .way-out = Suchen Sie seine Meldungen dort, wo es gestartet wurde.

## This computer.
error-disk-full = Auf dem Datenträger ist kein Platz mehr, deshalb kann die lokale Datenbank nicht geschrieben werden.
    .way-out = Schaffen Sie Platz, und versuchen Sie es erneut. Was auf das Senden wartet, bleibt erhalten.
error-not-here =
    { $what ->
        [picture] Dieses Bild gibt es hier nicht mehr.
        [field] Dieses Feld gibt es hier nicht mehr.
        [file] Diese Datei gibt es hier nicht mehr.
        [place] Diesen Platz für ein Bild gibt es hier nicht mehr.
        [offer] Dieses Angebot gibt es hier nicht mehr.
        [room_type] Diesen Zimmertyp gibt es hier nicht mehr.
        [branding] Das Erscheinungsbild gibt es hier nicht mehr.
        [gallery] Diese Galerie gibt es hier nicht mehr.
        [change] Diese Änderung gibt es hier nicht mehr.
        [version] Diese Fassung gibt es hier nicht mehr.
        [conflict] Diesen Konflikt gibt es hier nicht mehr.
        [event] Dieses Ereignis gibt es hier nicht mehr.
       *[entity] Das gibt es hier nicht mehr.
    }
    .way-out = Sehen Sie noch einmal in die Liste.
error-too-late = Dafür ist es zu spät: Es ist schon unterwegs.
    .way-out = Warten Sie einen Moment, und sehen Sie dann noch einmal nach.
error-not-stored = Das konnte nicht gespeichert werden, und nichts wurde geändert.
    .way-out = Versuchen Sie es erneut. Wenn es wieder vorkommt, melden Sie das der Programmbetreuung.
error-database = Die lokale Datenbank konnte nicht benutzt werden: { $cause }.
    .way-out = Schließen Sie andere Kopien des Programms, und starten Sie es neu. Wenn das nicht hilft, geben Sie den Datenordner der Programmbetreuung: Darin ist alles, was auf das Senden wartet.
error-database-read-only = In den Datenordner darf nicht geschrieben werden, deshalb kann die lokale Datenbank nicht benutzt werden.
    .way-out = Geben Sie diesem Benutzerkonto dort Schreibrechte, und starten Sie neu. Was auf das Senden wartet, ist in diesem Ordner und lässt sich bis dahin nicht zählen.
error-database-newer = Die lokale Datenbank stammt von einer neueren Version dieses Programms.
    .way-out = Starten Sie die neuere Version. Was auf das Senden wartet, ist in der Datenbank und lässt sich mit dieser Version nicht zählen.
error-database-set-aside = Die lokale Datenbank war beschädigt. Sie wurde als { $file } beiseitegelegt.
    .way-out = Die Daten des Hotels werden neu gelesen, und Ihre nicht gesendeten Änderungen wurden übernommen, soweit sie lesbar waren.
error-data-folder = In den Datenordner { $folder } kann nicht geschrieben werden: { $cause }.
    .way-out = Prüfen Sie seine Rechte und den Platz auf dem Datenträger, oder geben Sie mit --data-dir einen anderen an.
error-part-failed = Ein Teil des Programms ({ $name }) ist ausgefallen und wurde neu gestartet.
    .way-out = Nichts ist verloren. Wenn es wieder vorkommt, melden Sie das der Programmbetreuung.
error-edit-of-several = Eine Änderung darf nur ein Feld betreffen.
    .way-out = Das ist ein Fehler des Programms; bitte melden Sie ihn.
error-days-too-far = Ein Angebot würde an einem Tag beginnen oder enden, den dieses Programm nicht darstellen kann.
    .way-out = Verschieben Sie es um weniger Tage.
error-picture-stays = Der Server des Hotels kann dieses Bild ersetzen, aber nicht entfernen.
    .way-out = Wählen Sie stattdessen ein anderes Bild.
error-doubtful = Es ist nicht bekannt, ob das schon beim Hotel ist.
    .way-out = Sehen Sie in die Liste des Hotels selbst. Sie können es trotzdem verwerfen; was dort ist, bleibt dort.
error-file-not-written = Die Datei konnte nicht in { $folder } geschrieben werden: { $cause }.
    .way-out = Prüfen Sie den Ordner, seine Rechte und den Platz auf dem Datenträger.

## Files of messages.
error-file-too-large = „{ $name }“ ist größer als 50 MB.
    .way-out = Senden Sie eine kleinere Datei.
error-file-incomplete = Die Datei ist nicht vollständig angekommen.
    .way-out = Wählen Sie die Datei noch einmal aus.
error-file-empty = „{ $name }“ ist leer.
    .way-out = Wählen Sie eine andere Datei.
error-file-type = Der Gästechat nimmt keine Datei wie „{ $name }“ an.
    .way-out = Senden Sie ein Bild, ein PDF, ein Word- oder Excel-Dokument, einen Text oder eine CSV-Datei.
error-file-host-away = Der Server der Dateien ist nicht erreichbar.
    .way-out = Versuchen Sie es erneut, sobald das Netzwerk wieder da ist.
error-file-host = Die Datei lässt sich nicht abrufen: { $cause }.
    .way-out = Bitten Sie den Gast, sie noch einmal zu senden.

## Pictures.
error-picture-not-kept = Dieses Bild kann nicht aufbewahrt werden.
    .way-out = Wählen Sie ein anderes Bild.
error-picture-job = Es ist nicht klar, was mit dem Bild geschehen soll ({ $cause }).
    .way-out = Wählen Sie das Bild noch einmal aus.
error-picture-of-hotel = Der Server des Hotels hat etwas geliefert, das kein Bild ist.
    .way-out = Setzen Sie ein anderes Bild in das Angebot ein.
error-picture-no-room = Auf dem Datenträger ist kein Platz für das Bild.
    .way-out = Schaffen Sie Platz, und versuchen Sie es erneut.
error-picture-disk = Das Bild kann auf diesem PC nicht aufbewahrt werden ({ $cause }).
    .way-out = Prüfen Sie, ob in den Datenordner geschrieben werden kann, und versuchen Sie es erneut.
picture-empty = Die Datei ist leer.
    .way-out = Kopieren Sie das Bild noch einmal, oder wählen Sie ein anderes.
picture-too-many-bytes = Die Datei ist größer als { $limit } MB.
    .way-out = Verkleinern Sie sie mit einem Bildprogramm, oder wählen Sie eine andere.
picture-too-many-pixels = Das Bild hat { $width } x { $height } Pixel, mehr als { $limit } Millionen.
    .way-out = Verkleinern Sie es mit einem Bildprogramm, oder wählen Sie ein anderes.
picture-too-much-memory = Das Bild braucht { $needed } MB Arbeitsspeicher, mehr als { $limit } MB.
    .way-out = Verkleinern Sie es mit einem Bildprogramm, oder wählen Sie ein anderes.
picture-hollow = Das Bild soll { $width } x { $height } Pixel haben, aber die Datei enthält so gut wie nichts.
    .way-out = Kopieren Sie das Bild noch einmal, oder wählen Sie ein anderes.
picture-heic = HEIC-Bilder können nicht verwendet werden.
    .way-out = Speichern Sie es als JPEG. Auf einem iPhone: Einstellungen, Kamera, Formate, Maximale Kompatibilität.
picture-other-kind = Bilder dieser Art können nicht verwendet werden: { $kind }.
    .way-out = Wählen Sie ein Bild in JPEG, PNG, WebP, GIF, BMP oder TIFF.
picture-variety = { $kind }-Bilder dieser Variante können nicht verwendet werden.
    .way-out = Speichern Sie das Bild mit einem Bildprogramm als einfaches JPEG oder PNG.
picture-no-picture = Die Datei ist kein Bild.
    .way-out = Wählen Sie ein Bild in JPEG, PNG, WebP, GIF, BMP oder TIFF.
picture-damaged = Das Bild ist beschädigt: { $cause }.
    .way-out = Kopieren Sie das Bild noch einmal, oder wählen Sie ein anderes.
picture-bad-crop = Der Ausschnitt liegt nicht innerhalb des Bildes.
    .way-out = Wählen Sie den Ausschnitt noch einmal.
picture-too-slow = Das Lesen des Bildes hat länger als { $limit } Sekunden gedauert.
    .way-out = Verkleinern Sie es mit einem Bildprogramm, oder wählen Sie ein anderes.
picture-cancelled = Die Vorbereitung des Bildes wurde angehalten.
    .way-out = Wählen Sie das Bild noch einmal aus, wenn Sie es verwenden möchten.

## The sign-in at a server of the hotel.
login-not-on-staff = Dieses Benutzerkonto gehört nicht zum Team eines Hotels.

## The reception display
error-display-no-server = Es ist nicht bekannt, von welchem Server die Anzeige lesen soll.
    .way-out = Öffnen Sie HotelMate Desk auf diesem PC, und legen Sie dort den Server fest, oder verwenden Sie „deskctl setup --server …“.
error-display-no-hotel = Es ist nicht bekannt, welches Hotel die Anzeige zeigen soll.
    .way-out = Öffnen Sie HotelMate Desk auf diesem PC, und legen Sie dort den Kurznamen des Hotels fest, oder verwenden Sie „deskctl settings set hotel …“.
error-display-pin-pause = Es wurden zu viele falsche PINs eingegeben.
    .way-out = Warten Sie eine Minute, und versuchen Sie es erneut.
error-display-pin-wrong = Diese PIN der Anzeige ist falsch.
    .way-out = Versuchen Sie es noch einmal, oder fragen Sie die IT nach der PIN.
error-display-file = Die Datei der Anzeige { $file } kann nicht verwendet werden: { $cause }.
    .way-out = Prüfen Sie die Rechte der Datei und ihres Ordners, und versuchen Sie es noch einmal.
error-no-display = Mit diesem Datenordner ist noch keine Empfangsanzeige gelaufen.
    .way-out = Starten Sie sie mit hotelmate-desk --display, oder geben Sie ihren Datenordner an.
error-display-status = Der Status der Anzeige ist nicht lesbar: { $cause }.
    .way-out = Starten Sie die Anzeige neu.

# The faults of display.toml.
display-fault-seconds = Geben Sie eine ganze Zahl von { $least } bis { $most } ein.
display-fault-pin = Eine PIN hat vier bis acht Ziffern.
display-fault-message = Die Nachricht hat höchstens { $most } Zeichen.
display-fault-title = Wählen Sie ein Angebot.
display-fault-hours = „{ $text }“ ist keine Zeit in der Form 07:00-23:00.
display-fault-no-day = Wählen Sie mindestens einen Tag.
display-fault-day = „{ $text }“ ist kein Tag; die Tage sind mon, tue, wed, thu, fri, sat und sun.

## Commands about whole accounts.
error-account-not-here = Auf diesem PC gibt es kein Konto von { $name }.
    .way-out = `deskctl accounts list` zeigt die Konten.
error-account-ambiguous = { $name } hat mehrere Konten auf diesem PC.
    .way-out = Nennen Sie statt des Benutzernamens den Schlüssel des Kontos: `deskctl accounts list` zeigt ihn.
error-account-in-use = Ein anderes Programm hat das Konto von { $name } geöffnet.
    .way-out = Schließen Sie das Fenster von HotelMate Desk, und beenden Sie andere Befehle von `deskctl`. Versuchen Sie es dann noch einmal.
error-account-still-waiting = Von { $name } ist noch nicht alles beim Hotel: { $changes ->
        [one] 1 Änderung wartet
       *[other] { $changes } Änderungen warten
    }, { $drafts ->
        [one] 1 Text ist nicht gespeichert
       *[other] { $drafts } Texte sind nicht gespeichert
    }, { $pictures ->
        [one] 1 Bild gehört dazu.
       *[other] { $pictures } Bilder gehören dazu.
    }
    .way-out = Lassen Sie { $name } die Änderungen zuerst senden. Um alles davon zu verlieren, fügen Sie --discard hinzu.
error-account-not-counted = Es ist nicht bekannt, was von { $name } wartet: { $why }
    .way-out = Starten Sie das Programm als { $name }, und sehen Sie nach, was wartet. Um alles davon zu verlieren, fügen Sie --discard hinzu.
error-account-set-aside = Im Ordner von { $name } { $count ->
        [one] liegt eine beschädigte Datenbank, die beiseitegelegt wurde. Sie kann
       *[other] liegen { $count } beschädigte Datenbanken, die beiseitegelegt wurden. Sie können
    } wartende Änderungen enthalten.
    .way-out = Geben Sie den Ordner der Programmbetreuung. Um alles davon zu verlieren, fügen Sie --discard hinzu.
error-account-only-folder = Vom Konto { $account } ist nur der Ordner bekannt, und nicht, wem es gehört.
    .way-out = Lassen Sie die Person sich auf diesem PC einmal anmelden. Versuchen Sie es dann noch einmal.
error-account-empty = Auf diesem PC gibt es keine Daten von { $name }.
    .way-out = Es gibt nichts umzuziehen: { $name } kann sich auf dem anderen PC anmelden.
error-account-moved = Dieses Konto ist auf einen anderen PC umgezogen, als Datei { $file }. Hier wird nichts gespeichert und nichts gesendet.
    .way-out = Übernehmen Sie die Datei dort (`deskctl accounts take`), und melden Sie sich dort an. Wurde sie nie übernommen, holt `deskctl accounts move PERSON --cancel` das Konto hierher zurück; die Datei darf dann nicht mehr benutzt werden.
error-account-moved-here = Das Konto von { $name } ist auf einen anderen PC umgezogen, als Datei { $file }. Was wartet, ist in dieser Datei.
    .way-out = Wurde die Datei dort übernommen, fügen Sie --discard hinzu, um den Rest hier zu entfernen. Sonst holt `deskctl accounts move { $name } --cancel` das Konto zurück; die Datei darf dann nicht mehr benutzt werden.
error-account-not-moved = Das Konto von { $name } ist nicht von diesem PC umgezogen.
    .way-out = Es gibt nichts abzubrechen. `deskctl accounts list` zeigt die umgezogenen Konten.
error-move-passphrase-short = Die Passphrase ist zu kurz: Sie braucht mindestens { $count } Zeichen.
    .way-out = Wählen Sie einige Wörter, die nicht zusammengehören, und schreiben Sie sie für den anderen PC auf.
error-move-file-exists = Es gibt schon eine Datei { $file }.
    .way-out = Nennen Sie eine andere Datei, oder löschen Sie diese, wenn sie nicht gebraucht wird.
error-move-key-store = Es warten Nachrichten an Gäste, und der Schlüssel dazu kann nicht gelesen werden: { $cause }.
    .way-out = Entsperren Sie den Schlüsselspeicher und versuchen Sie es noch einmal, oder lassen Sie die Nachrichten zuerst senden.
error-move-no-key = Es warten Nachrichten an Gäste, und der Schlüssel dazu ist nicht mehr auf diesem PC.
    .way-out = Verwerfen Sie diese Nachrichten (`deskctl outbox list`), oder lassen Sie sie zuerst senden. Steht der Schlüssel anderswo in DESK_CHAT_KEY, setzen Sie ihn auch hier.
error-move-not-named = Das Konto ist umgezogen. Die Datei ist vollständig, heißt aber noch { $file }: { $cause }.
    .way-out = Wiederholen Sie den Befehl: Er gibt der Datei ihren Namen.
error-sealed-other-form = Das ist nicht die Datei eines Kontos, oder eine neuere Version dieses Programms hat sie erzeugt.
    .way-out = Nennen Sie die Datei, die `deskctl accounts move` erzeugt hat, und benutzen Sie dieselbe Version des Programms.
error-sealed-damaged = Die Datei ist beschädigt oder nicht vollständig. Es wurde nichts geändert.
    .way-out = Kopieren Sie sie noch einmal vom anderen PC. Ist sie auch dort beschädigt, holt `deskctl accounts move PERSON --cancel` das Konto dort zurück.
error-sealed-passphrase = Die Passphrase ist falsch. Es wurde nichts geändert.
    .way-out = Geben Sie die Passphrase ein, die für diese Datei gewählt wurde, und achten Sie auf die Feststelltaste.
error-sealed-key = Die Passphrase kann nicht benutzt werden ({ $cause }).
    .way-out = Schließen Sie andere Programme, und versuchen Sie es noch einmal.
error-sealed-disk = Die Datei kann nicht gelesen oder geschrieben werden: { $cause }.
    .way-out = Prüfen Sie ihren Ordner, ihre Rechte und den Platz auf dem Datenträger, und versuchen Sie es noch einmal.
error-take-other-hotel = Die Datei gehört zum Hotel „{ $hotel }“ bei { $server }. Dieser PC ist für ein anderes eingerichtet.
    .way-out = Übernehmen Sie sie auf einem PC dieses Hotels, oder ändern Sie zuerst die Einstellungen server und hotel.
error-take-newer = Eine neuere Version dieses Programms hat die Datei erzeugt.
    .way-out = Aktualisieren Sie dieses Programm. Übernehmen Sie dann die Datei.
error-take-twice = Die Datei wurde auf diesem PC schon übernommen. Es wurde nichts geändert.
    .way-out = Melden Sie sich an, um das Konto zu sehen. Eine Datei wird einmal benutzt.
error-take-own-work = Auf diesem PC wartet Arbeit von { $name }: { $changes ->
        [one] 1 Änderung
       *[other] { $changes } Änderungen
    } und { $drafts ->
        [one] 1 Text, der nicht gespeichert ist.
       *[other] { $drafts } Texte, die nicht gespeichert sind.
    }
    .way-out = Lassen Sie { $name } das hier zuerst senden oder verwerfen. Übernehmen Sie dann die Datei.
error-take-not-counted = Es ist nicht bekannt, was von { $name } auf diesem PC wartet: { $why }
    .way-out = Starten Sie das Programm als { $name }, und sehen Sie nach, was wartet. Übernehmen Sie dann die Datei.
error-take-moved-from-here = Das Konto von { $name } ist von diesem PC weggezogen, als Datei { $file }, und diese Datei ist nicht danach entstanden.
    .way-out = Um das Konto hier wieder zu haben, benutzen Sie `deskctl accounts move { $name } --cancel` statt der Datei.
error-take-other-key = In der Datei sind Nachrichten an Gäste, und DESK_CHAT_KEY ist nicht ihr Schlüssel.
    .way-out = Setzen Sie DESK_CHAT_KEY auf den Schlüssel des anderen PCs, oder entfernen Sie es.
error-take-no-key-store = In der Datei sind Nachrichten an Gäste, und ihr Schlüssel kann nicht aufbewahrt werden: { $cause }.
    .way-out = Starten oder entsperren Sie den Schlüsselspeicher, und versuchen Sie es noch einmal.
error-take-unfinished = Der Umzug dieser Datei ist auf dem alten PC nicht zu Ende.
    .way-out = Wiederholen Sie dort `deskctl accounts move`: Der Befehl gibt der Datei ihren Namen.
