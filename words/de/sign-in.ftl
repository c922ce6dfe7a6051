### Signing in, again, and out.

sign-in-title = Anmelden
sign-in-lead = Mit Namen und Passwort Ihres HotelMate-Kontos.
sign-in-server = Server
sign-in-server-hint = Die Adresse des HotelMate-Servers Ihres Hotels
sign-in-username = Benutzername
sign-in-password = Passwort
sign-in-submit = Anmelden
sign-in-busy = Wird angemeldet …
sign-in-missing = Füllen Sie Server, Benutzername und Passwort aus.

sign-in-again-title = Erneut anmelden
sign-in-again-lead = Das Hotel hat die Anmeldung von { $name } beendet. Geben Sie das Passwort ein, um weiterzuarbeiten. Nichts von dem, was Sie getippt oder geändert haben, ist verloren.
sign-in-again-submit = Anmelden
sign-in-again-later = Später

sign-out-action = Abmelden
sign-out-not-kept = Sie wurden nicht abgemeldet: Was Sie getippt haben, konnte auf diesem PC nicht gespeichert werden.
sign-out-not-kept-hint = Speichern oder verwerfen Sie es zuerst. Vielleicht ist der Datenträger voll.
sign-out-title = Noch nicht alles ist beim Hotel
sign-out-lead =
    { $count ->
        [one] { $count } Änderung ist erst auf diesem PC. Was soll mit ihr geschehen?
       *[other] { $count } Änderungen sind erst auf diesem PC. Was soll mit ihnen geschehen?
    }
sign-out-drafts-title = Etwas Getipptes ist nicht gespeichert
sign-out-drafts-lead = Es liegt nur auf diesem PC. Was soll damit geschehen?
sign-out-what = Noch nicht beim Hotel
sign-out-send = Jetzt senden
sign-out-send-hint = Meldet Sie ab, sobald alles beim Hotel ist.
sign-out-sending = Wird gesendet: { $done } von { $total } beim Hotel
sign-out-stayed =
    { $count ->
        [one] { $count } Änderung konnte nicht gesendet werden. Sie sind noch angemeldet.
       *[other] { $count } Änderungen konnten nicht gesendet werden. Sie sind noch angemeldet.
    }
sign-out-keep = Für meine nächste Anmeldung behalten
sign-out-keep-hint = Bleibt auf diesem PC und wird gesendet, wenn Sie sich wieder anmelden.
sign-out-export = Als Datei exportieren
sign-out-export-hint = Eine Kopie für Sie. Dadurch wird nichts gesendet oder entfernt.
sign-out-discard = Verwerfen
sign-out-discard-hint = Zeigt, was verloren geht, und fragt noch einmal.
sign-out-discard-title =
    { $count ->
        [one] { $count } Änderung endgültig verwerfen?
       *[other] { $count } Änderungen endgültig verwerfen?
    }
sign-out-discard-lead = Das kann nicht rückgängig gemacht werden:
sign-out-discard-confirm =
    { $count ->
        [one] { $count } Änderung verwerfen
       *[other] { $count } Änderungen verwerfen
    }
sign-out-back = Zurück
sign-out-signed-in-as = Angemeldet: { $name }
sign-out-not-remembered = Diese Anmeldung endet mit dem Programm.
sign-out-server = Server
sign-out-duty-intent-on = Einstempeln, wartet bis { $time } auf das Netzwerk
sign-out-duty-intent-off = Ausstempeln, wartet bis { $time } auf das Netzwerk
sign-out-duty-lost-on = Sie werden nicht eingestempelt.
sign-out-duty-lost-off = Sie werden nicht ausgestempelt.
