# What `deskctl` answers. Words in `backquotes` are typed, and names with underlines are the server's.

## The command line.
deskctl-set-and-cleared = { $field } kann nicht zugleich gesetzt und geleert werden
deskctl-nothing-to-change = nichts zu ändern: Nennen Sie ein Feld mit seinem neuen Wert, oder --clear mit einem Feld
deskctl-field-and-value-expected = erwartet werden ein Feld und sein Wert, zum Beispiel bed_setup='1 king'
deskctl-cannot-start = Das Programm kann nicht starten: { $cause }.
    .way-out = Schließen Sie andere Programme, und versuchen Sie es erneut.
deskctl-answer-unwritable = Die Antwort kann nicht ausgegeben werden: { $cause }.
    .way-out = Was der Befehl getan hat, ist trotzdem gespeichert. Sehen Sie mit `deskctl status` nach.
deskctl-support-file = { $file } ({ $count ->
        [one] { $count } Datei
       *[other] { $count } Dateien
    })

## Lists and tables. A heading has one name for each column, with | between them.
deskctl-columns-activity = NUMMER | WANN | | WAS
deskctl-columns-chat = ZIMMER | UNGELESEN | ZULETZT | GAST | TEXT
deskctl-columns-doctor = STATUS | PRÜFUNG | WAS GEFUNDEN WURDE UND WAS ZU TUN IST
deskctl-columns-gallery = BILD | ABGLEICH | BILDUNTERSCHRIFT | ADRESSE
deskctl-columns-offers = ID | STATUS | ABGLEICH | GÜLTIG | TITEL
deskctl-columns-plan = ZEILE | PLAN | TITEL | FELDER
deskctl-columns-rooms = ID | STATUS | ABGLEICH | PREIS AB | NAME
deskctl-columns-team = ID | DIENST | SEIT | NAME | ABTEILUNG | FUNKTION | TELEFON
deskctl-columns-records = ID | ABGLEICH | NAME | WEITERES
deskctl-count-changes = { $count ->
    [one] { $count } Änderung
   *[other] { $count } Änderungen
    }
deskctl-count-offers = { $count ->
    [one] { $count } Angebot
   *[other] { $count } Angebote
    }
deskctl-count-pictures = { $count ->
    [one] { $count } Bild
   *[other] { $count } Bilder
    }
deskctl-total = { $total }.
deskctl-total-as-of = { $total }, vom Hotel gelesen: { $at }.
deskctl-not-read = Das wurde noch nicht vom Hotel gelesen: Führen Sie `deskctl sync` aus.
deskctl-room-shown = sichtbar
deskctl-room-hidden = verborgen

## Offers, room types and the branding.
deskctl-label-number = Nummer beim Hotel
deskctl-label-local-id = lokale ID
deskctl-label-state = Status
deskctl-label-created = angelegt
deskctl-label-sync = Abgleich
deskctl-no-number-yet = noch keine
deskctl-days-from-to = { $from } bis { $to }
deskctl-days-from = ab { $from }
deskctl-days-until = bis { $to }
deskctl-days-always = immer
deskctl-picture-waits = wartet auf das Senden
deskctl-picture-none = keines
deskctl-field-unknown = Dieses Feld gibt es nicht. `--help` nennt die Felder.
deskctl-field-twice = Dieses Feld ist zweimal genannt.
deskctl-flag-never-empty = Dieses Feld ist true oder false, und nie leer.
deskctl-cannot-be-changed = Das lässt sich hier nicht ändern.
    .way-out = `deskctl doctor` zeigt, was der Server dieses Hotels kann.
deskctl-branding-not-read = Das Erscheinungsbild wurde noch nicht vom Hotel gelesen.
    .way-out = Führen Sie `deskctl sync` aus. `deskctl doctor` zeigt, was der Server dieses Hotels kann.

## Galleries.
deskctl-picture-not-sent = noch nicht gesendet
deskctl-caption-too-late = Das Hotel hat dieses Bild schon, und sein Server ändert keine Bildunterschriften.
    .way-out = Nehmen Sie das Bild heraus, und fügen Sie es mit einer anderen Bildunterschrift neu hinzu.
deskctl-gallery-not-read = Es wurde noch keine Galerie vom Hotel gelesen.
    .way-out = Führen Sie `deskctl sync` aus. `deskctl doctor` zeigt, was der Server dieses Hotels kann.
deskctl-several-galleries = Das Hotel hat mehrere Galerien.
    .way-out = Nennen Sie eine mit --gallery, so wie `deskctl gallery list` sie zeigt.
deskctl-gallery-gone = Diese Galerie gibt es hier nicht mehr.
    .way-out = Sehen Sie noch einmal in `deskctl gallery list` nach.
deskctl-picture-gone = Dieses Bild gibt es hier nicht mehr.
    .way-out = Sehen Sie noch einmal in `deskctl gallery list` nach.

## What colleagues did. $text is a sentence.
deskctl-new = neu
deskctl-no-events = Es gibt keine Ereignisse.
deskctl-activity-put-back = { $text } Wiederherstellen: deskctl activity put-back { $number }
deskctl-put-back = Es ist wiederhergestellt und geht mit dem nächsten Abgleich zum Hotel.
deskctl-count-events = { $count ->
    [one] { $count } Ereignis
   *[other] { $count } Ereignisse
    }, { $new } neu.
deskctl-older-events = { $count } Es gibt ältere: --before { $number }.

## The outbox.
deskctl-label-where-it-stands = Status
deskctl-label-entry = Eintrag
deskctl-label-change = Änderung
deskctl-label-about = Betrifft
deskctl-label-since = Seit
deskctl-label-reason = Grund
deskctl-label-field = Feld
deskctl-label-like = Ähnlich
deskctl-label-ways-out = Möglichkeiten
deskctl-label-tries = Versuche
deskctl-label-next-try = Nächster Versuch
deskctl-label-now = Jetzt
deskctl-label-in-its-place = An seiner Stelle
deskctl-outbox-empty = Nichts wartet: Das Hotel hat alles.
deskctl-way-out-make_again = `deskctl outbox retry { $id }` macht es noch einmal; `deskctl outbox discard { $id }` lässt es, wie es ist.
deskctl-way-out-remove_changed = `deskctl outbox retry { $id }` entfernt es trotzdem; `deskctl outbox discard { $id }` behält es.
deskctl-way-out-remove_again = `deskctl outbox retry { $id }` entfernt es noch einmal; `deskctl outbox discard { $id }` behält es.
deskctl-way-out-choose_picture = `{ $photo }` setzt ein Bild ein; `deskctl outbox discard { $id }` lässt es ohne Bild.
deskctl-way-out-whose = `deskctl outbox adopt { $id } NUMBER`, wenn es der Eintrag ist, den Sie angelegt haben; `deskctl outbox retry { $id }`, wenn nicht.
deskctl-way-out-removed = `deskctl outbox retry { $id }` legt es neu an; `deskctl outbox discard { $id }` verwirft Ihre Änderungen.
deskctl-way-out-refused = `deskctl outbox retry { $id }` versucht es noch einmal; `deskctl outbox discard { $id }` verwirft es.
deskctl-doubtful-ways-out = `outbox retry ID --anyway` (das Hotel hat es dann vielleicht doppelt) oder `outbox discard ID --anyway` (das Hotel hat es vielleicht)
deskctl-sent-again-anyway = Das nächste `deskctl sync` versucht, es noch einmal zu senden; das Hotel hat es dann vielleicht doppelt.
deskctl-retry-made-anew = Es wurde beim Hotel entfernt; das nächste `deskctl sync` versucht, es neu anzulegen.
deskctl-retry-not-needed = Es ist nicht mehr nötig.
deskctl-retry-unclear = Das nächste `deskctl sync` liest vom Hotel und sendet es nur dann noch einmal, wenn es dort nicht ist.
deskctl-retry-sent-again = Das nächste `deskctl sync` versucht es noch einmal.
deskctl-retry-sent = Es wartet nicht länger: Das nächste `deskctl sync` versucht es.
deskctl-nothing-to-retry = Nichts wurde abgelehnt: Es gibt nichts zu wiederholen.
deskctl-nothing-to-retry-but-conflicts = Nichts wurde abgelehnt: Es gibt nichts zu wiederholen. Lösen Sie die Konflikte mit `deskctl outbox resolve`.
deskctl-nothing-to-retry-but-waiting = Nichts wurde abgelehnt: Es gibt nichts zu wiederholen. Was wartet, wird mit `deskctl sync` gesendet.
deskctl-retry-of-conflict = Jemand aus dem Team hat dasselbe geändert: Erneutes Senden hilft nicht.
    .way-out = Wählen Sie mit `deskctl outbox resolve { $entry } --mine` oder `--theirs`.
deskctl-no-conflict = Dieser Eintrag hat keinen Konflikt.
    .way-out = `deskctl outbox list` zeigt die Konflikte.
deskctl-no-conflict-about = Zu { $field } gibt es keinen Konflikt.
    .way-out = Der Konflikt betrifft { $fields }.
deskctl-mine-stands = { $field }: Ihr Wert gilt, { $value }. Das nächste `deskctl sync` versucht, ihn zu senden.
deskctl-theirs-stands = { $field }: Der Wert des Hotels gilt, { $value }.
deskctl-discarded = Verworfen. { $loses }
deskctl-sent-restored =
    { $count ->
        [one] Ein Eintrag darf jetzt gesendet werden. Der nächste Abgleich sucht ihn zuerst beim Hotel.
       *[other] { $count } Einträge dürfen jetzt gesendet werden. Der nächste Abgleich sucht jeden zuerst beim Hotel.
    }
deskctl-adopted = Nummer { $number } des Hotels ist der Eintrag, den Sie angelegt haben.
deskctl-nothing-like-it = Das Hotel hat nichts, was diesem Eintrag ähnlich ist.
    .way-out = Sehen Sie noch einmal in `deskctl outbox list` nach.
deskctl-entry-gone = Dieser Eintrag ist nicht mehr im Ausgang.
    .way-out = Sehen Sie noch einmal in `deskctl outbox list` nach.

## A conflict. $what is a field's name or the following words.
deskctl-the-picture = das Bild
deskctl-nothing = (nichts)
deskctl-conflict =
    Jemand aus dem Team hat auch { $what } geändert.
      Ihr Wert          { $mine }
      Wert des Hotels   { $theirs }
    Wählen Sie mit `deskctl outbox resolve { $entry } --mine|--theirs { $field }`.

## States, as answers for people name them. In English they are the names in JSON.
deskctl-state-offer-live = aktiv
deskctl-state-offer-scheduled = geplant
deskctl-state-offer-expired = abgelaufen
deskctl-state-offer-hidden = verborgen
deskctl-state-sync-saved = gespeichert
deskctl-state-sync-waiting = wartet
deskctl-state-sync-conflict = Konflikt
deskctl-state-sync-attention = zu klären
deskctl-state-entry-waiting = wartet
deskctl-state-entry-in-flight = unterwegs
deskctl-state-entry-unclear = Ankunft wird geprüft
deskctl-state-entry-conflict = Konflikt
deskctl-state-entry-attention = zu klären
deskctl-state-finding-ok = in Ordnung
deskctl-state-finding-warning = auffällig
deskctl-state-finding-failed = Fehler
deskctl-state-finding-unknown = nicht geprüft
deskctl-state-desk-offline = offline
deskctl-state-desk-locked = gesperrt
deskctl-state-desk-sign-in-needed = Anmeldung nötig
deskctl-state-desk-attention = zu klären
deskctl-state-desk-saving = speichert
deskctl-state-desk-waiting = wartet
deskctl-state-desk-unknown = nicht bekannt
deskctl-state-desk-saved = gespeichert
deskctl-state-live-off = aus
deskctl-state-live-connecting = wird verbunden
deskctl-state-live-live = verbunden
deskctl-state-live-refused = abgelehnt

## Earlier versions.
deskctl-no-versions = Dieser PC hat keine frühere Fassung gesehen.
deskctl-version-own = Fassung { $number }, bis { $until }. Dieser PC hat sie ersetzt.
deskctl-version-theirs = Fassung { $number }, bis { $until }. Jemand aus dem Team hat sie ersetzt, oder Sie an einem anderen PC.
deskctl-version-field = { "  " }{ $field }: { $then }   (jetzt: { $now })
deskctl-version-picture = { "  " }{ $place }: ein anderes Bild ({ $hash })
deskctl-version-picture-missing = { "  " }{ $place }: ein anderes Bild, das nicht auf diesem PC ist
deskctl-version-no-picture = { "  " }{ $place }: kein Bild
deskctl-version-same = { "  " }Kein Unterschied zu jetzt.
deskctl-version-lacks-picture = Das Bild dieser Fassung ist nicht auf diesem PC, deshalb bleibt das jetzige.

## Drafts.
deskctl-label-draft = Entwurf
deskctl-label-typed = Eingegeben
deskctl-label-title = Titel
deskctl-label-content = Inhalt
deskctl-draft-of-new = { $kind } (neu)
deskctl-draft-of-gone = { $kind } (nicht mehr vorhanden)
deskctl-no-drafts = Es gibt keine Entwürfe.
deskctl-draft-gone = Diesen Entwurf gibt es hier nicht mehr.
    .way-out = Sehen Sie noch einmal in `deskctl drafts list` nach.
deskctl-draft-discarded =
    Verworfen.
    { $draft }

## The duty clock.
deskctl-on-duty = Im Dienst
deskctl-on-duty-since = Im Dienst seit { $since }
deskctl-on-break = In der Pause
deskctl-on-break-since = In der Pause, im Dienst seit { $since }
deskctl-off-duty = Nicht im Dienst
deskctl-off-duty-since = Nicht im Dienst seit { $since }
deskctl-duty = { $state }.
deskctl-duty-as-of = { $state } (Auskunft des Hotels: { $at }).
deskctl-duty-unknown = Das Hotel hat noch nicht gemeldet, ob Sie im Dienst sind.
deskctl-two-zones = { $hotels } beim Hotel, { $here } hier
deskctl-clock-unavailable = { $reason }
    .way-out = Stempeln Sie dort ein oder aus, wo das Hotel es erfasst. `deskctl clock status` zeigt den Stand weiterhin.
deskctl-clock-try-later = Sehen Sie mit `deskctl clock status` nach, sobald das Netzwerk wieder da ist, und versuchen Sie es dann erneut.

## The guest chat.
deskctl-chat-total = { $count ->
    [one] { $count } Unterhaltung
   *[other] { $count } Unterhaltungen
    }
deskctl-chat-message = { $at }  { $name } [{ $state }] { $number }
deskctl-chat-waiting = wartet
deskctl-chat-sending = unterwegs
deskctl-chat-at-hotel = beim Hotel
deskctl-chat-read = gelesen
deskctl-chat-unread = ungelesen
deskctl-chat-file = Gespeichert als { $file }.
deskctl-chat-sent = Gesendet.
deskctl-chat-no-conversation = Mit Zimmer { $room } gibt es keine Unterhaltung.
    .way-out = `deskctl chat list` zeigt die Unterhaltungen.
deskctl-chat-muted = { $muted ->
    [yes] Nachrichten aus Zimmer { $room } lösen auf diesem PC keine Benachrichtigung und keinen Ton mehr aus.
   *[no] Nachrichten aus Zimmer { $room } werden wieder gemeldet.
    }
deskctl-chat-queued = { $count ->
    [one] Noch nicht gesendet: { $reason } Die Nachricht wird später gesendet.
   *[other] { $count } Nachrichten sind noch nicht gesendet: { $reason } Sie werden später gesendet.
}
deskctl-chat-not-sent = { $count ->
    [one] Nicht gesendet: { $reason } Die Nachricht wurde nicht aufbewahrt, weil dieser PC keine Texte von Gästen aufbewahrt.
   *[other] { $count } Nachrichten wurden nicht gesendet: { $reason } Sie wurden nicht aufbewahrt, weil dieser PC keine Texte von Gästen aufbewahrt.
}

## The team.
deskctl-team-on-duty = im Dienst
deskctl-team-on-break = in der Pause
deskctl-team-off-duty = nicht im Dienst
deskctl-team-unknown = nicht bekannt
deskctl-team-long = im Dienst (Ausstempeln vergessen?)
deskctl-team-total = { $count ->
        [one] 1 Person
       *[other] { $count } Personen
    }
deskctl-team-limited = { $reason } Aufgeführt sind Sie und alle aus dem Team, die gestempelt haben, während dieses Programm lief.

## Files.
deskctl-written = { $what } in { $file } geschrieben.
deskctl-outbox-not-csv = Der Ausgang kann nicht als CSV geschrieben werden.
    .way-out = Geben Sie einen Dateinamen an, der auf .json endet.
deskctl-file-not-written = Die Datei { $file } kann nicht geschrieben werden: { $cause }.
    .way-out = Prüfen Sie den Ordner, seine Rechte und den Platz auf dem Datenträger.
deskctl-file-not-there = Die Datei { $file } gibt es nicht.
    .way-out = Prüfen Sie den Dateinamen.
deskctl-file-not-read = Die Datei { $file } kann nicht gelesen werden ({ $cause }).
    .way-out = Prüfen Sie Namen und Rechte der Datei.

## Imports. What is wrong stands behind “Row 3: ”.
deskctl-plan-new = neu
deskctl-plan-changed = geändert
deskctl-bulk-done = { $count ->
    [0] Kein Angebot wurde geändert.
    [one] { $count } Angebot wurde geändert.
   *[other] { $count } Angebote wurden geändert.
}
deskctl-bulk-undone = { $count ->
    [one] { $count } Angebot ist wie vorher.
   *[other] { $count } Angebote sind wie vorher.
}
deskctl-bulk-left = { $count ->
    [one] { $count } Angebot wurde seither geändert und bleibt, wie es ist.
   *[other] { $count } Angebote wurden seither geändert und bleiben, wie sie sind.
}
deskctl-bulk-no-answer = Die Datei { $file } ist keine Antwort von „offers bulk“.
    .way-out = Schreiben Sie die Antwort in eine Datei: deskctl --json offers bulk hide 3 5 > done.json
deskctl-plan-total = { $new } neu, { $changed } geändert, { $unchanged } unverändert.
deskctl-passed-over = Bilder und gelöschte Angebote werden nicht importiert. Ausgelassene Einträge der Datei: { $count }.
deskctl-import-unread = Die Liste wurde noch nicht vom Hotel gelesen: Führen Sie zuerst `deskctl sync` aus, damit ihre Angebote gefunden werden.
deskctl-ask-import = { $count ->
    [one] Diese { $count } Änderung vornehmen? [j/N]
   *[other] Diese { $count } Änderungen vornehmen? [j/N]
    }
# Answers that mean yes, with a space between them.
deskctl-yes = j ja y yes
deskctl-queued = { $count ->
    [one] { $count } Angebot ist hier gespeichert; `deskctl sync` sendet es zum Hotel.
   *[other] { $count } Angebote sind hier gespeichert; `deskctl sync` sendet sie zum Hotel.
    }
deskctl-not-queued = Nichts wurde geändert.
deskctl-answer-unreadable = Ihre Antwort kann nicht gelesen werden: { $cause }.
    .way-out = Mit --yes geht es ohne Rückfrage weiter.

## Signing in, and the desk as a whole.
deskctl-no-server = Es ist nicht bekannt, an welchem Server Sie sich anmelden möchten.
    .way-out = Nennen Sie ihn mit --server URL, in DESK_SERVER oder in desk.toml.
deskctl-no-password = Es wurde kein Passwort angegeben.
    .way-out = Geben Sie es auf Nachfrage ein, übergeben Sie es mit --password-stdin, oder setzen Sie { $variable }.
deskctl-ask-password = Passwort:
deskctl-no-pin = { $name } hat eine PIN, und es wurde keine PIN angegeben.
    .way-out = Geben Sie sie auf Nachfrage ein, oder setzen Sie { $variable }.
deskctl-ask-pin = PIN von { $name }:
deskctl-signed-in = Angemeldet. { $who }
deskctl-signed-out = Abgemeldet.
deskctl-person-at-hotel = { $person }, { $hotel }
deskctl-nobody = niemand
deskctl-columns-people = | BENUTZERNAME | NAME | HOTEL | WARTET | ZU KLÄREN | NEU
deskctl-never = nie
deskctl-not-known = nicht bekannt
deskctl-label-signed-in = Angemeldet
deskctl-label-server = Server
deskctl-label-time-zone = Zeitzone
deskctl-label-saving = Wird gespeichert
deskctl-label-waiting = Wartet
deskctl-label-attention = Zu klären
deskctl-label-last-sync = Letzter Abgleich
deskctl-label-live = Live-Ereignisse
deskctl-label-hotel = Hotel
deskctl-label-notice = Hinweis
deskctl-everything-saved = Alles ist gespeichert; auf diesem PC: { $offers ->
    [one] { $offers } Angebot
   *[other] { $offers } Angebote
    }.
deskctl-left = Wartet auf das Senden: { $waiting }; { $attention ->
    [one] { $attention } ist
   *[other] { $attention } sind
    } zu klären; auf diesem PC: { $offers ->
    [one] { $offers } Angebot
   *[other] { $offers } Angebote
    }.
deskctl-sync-sign-in = { $renewal } Auf der Befehlszeile: `deskctl sign-in`.
deskctl-sync-accept-missing = Wenn sie absichtlich entfernt wurden, führen Sie `deskctl sync --accept-missing` aus.
deskctl-sync-attention = Siehe `deskctl outbox list`.

deskctl-columns-settings = EINSTELLUNG | WERT | QUELLE
deskctl-setting-of-person = der Person
deskctl-setting-minutes = ganze Minuten, höchstens { $most }
deskctl-label-folder = Ordner
deskctl-label-database = Datenbank
deskctl-label-pictures = Bilder
deskctl-data-size = { $size } kB
deskctl-data-pictures =
    { $count ->
        [one] 1 Bild, { $size } kB
       *[other] { $count } Bilder, { $size } kB
    }
deskctl-setup-nothing = Es gibt nichts einzustellen.
    .way-out = Nennen Sie mindestens --server oder --pusher-key.
setting-source-environment = Umgebung
setting-source-machine = dieser PC
setting-source-folder = desk.toml
setting-source-own = Einstellungen
setting-source-default = Standard
deskctl-copy-lacks-picture = Das Bild ist nicht auf diesem PC, deshalb hat die Kopie keines.
deskctl-no-age = „{ $text }“ ist keine Dauer. Schreiben Sie zum Beispiel 15m oder 2h.
deskctl-accounts-none = Auf diesem PC gibt es keine Konten.
deskctl-columns-accounts = KONTO | BENUTZERNAME | NAME | HOTEL | SERVER | ZULETZT BENUTZT | WARTEND | ENTWÜRFE | BILDER | GRÖSSE
deskctl-accounts-set-aside = { $name }: { $count ->
        [one] Im Ordner wurde eine beschädigte Datenbank beiseitegelegt. Sie ist nicht mitgezählt.
       *[other] Im Ordner wurden { $count } beschädigte Datenbanken beiseitegelegt. Sie sind nicht mitgezählt.
    }
deskctl-accounts-removed = Das Konto von { $name } wurde von diesem PC entfernt.
deskctl-accounts-keys-left = Im Schlüsselspeicher des Systems können noch Einträge des Kontos liegen ({ $cause }). Ihre Namen beginnen mit dem Benutzernamen; entfernen Sie sie dort.
deskctl-accounts-moved-to = { $name }: Das Konto ist auf einen anderen PC umgezogen, als Datei { $file }. Von hier wird nichts gesendet.
deskctl-accounts-moved =
    Das Konto von { $name } ist in der Datei { $file } und lässt sich hier nicht mehr öffnen.
    Auf dem anderen PC: deskctl accounts take DATEI. Benutzen Sie die Datei einmal; { $name } meldet sich dort an.
deskctl-accounts-stays = { $count ->
        [one] Eine beschädigte Datenbank, die beiseitegelegt wurde, bleibt im Ordner des Kontos.
       *[other] { $count } beschädigte Datenbanken, die beiseitegelegt wurden, bleiben im Ordner des Kontos.
    }
deskctl-accounts-cancelled =
    Das Konto von { $name } lässt sich hier wieder öffnen.
    Löschen Sie die Datei { $file }: Sie darf nicht mehr benutzt werden, sonst werden dieselben Änderungen zweimal gesendet.
deskctl-accounts-taken = Das Konto von { $name } ist jetzt auf diesem PC. { $changes ->
        [one] 1 Änderung wartet
       *[other] { $changes } Änderungen warten
    }, { $drafts ->
        [one] 1 Text ist nicht gespeichert.
       *[other] { $drafts } Texte sind nicht gespeichert.
    } Zum Senden melden Sie sich als { $name } an.
deskctl-ask-passphrase = Passphrase der Datei:
deskctl-ask-new-passphrase = Neue Passphrase für die Datei:
deskctl-ask-passphrase-again = Noch einmal dieselbe Passphrase:
deskctl-no-passphrase = Es wurde keine Passphrase angegeben.
    .way-out = Geben Sie sie auf Nachfrage ein, übergeben Sie sie mit --passphrase-stdin, oder setzen Sie { $variable }.
deskctl-passphrases-differ = Die beiden Passphrasen sind verschieden.
    .way-out = Versuchen Sie es noch einmal. Es wurde nichts geändert.
