### The people of one computer: the lock, the switch from one to another, and the handover.

people-open = Personen an diesem PC
people-title = An diesem PC
people-here = jetzt hier
people-add = Weitere Person anmelden
people-lock = Sperren
people-switch-title = Weiter als { $name }
people-switch-title-hidden = Wer sind Sie?
people-pin = PIN
people-pin-lead = Geben Sie Ihre PIN ein.
people-password-lead = Geben Sie das Passwort Ihres HotelMate-Kontos ein. Dazu ist eine Verbindung zum Hotel nötig.
people-why-unset = Sie haben noch keine PIN festgelegt.
people-why-spent = Die PIN war fünfmal falsch.
people-why-unavailable = Dieser PC hat keinen Schlüsselspeicher, der eine PIN aufbewahren könnte.
people-use-password = Passwort verwenden
people-go = Weiter
people-checking = Wird geprüft …
people-work =
    { $count ->
        [0] nichts wartet
        [one] { $count } Änderung wartet
       *[other] { $count } Änderungen warten
    }
people-attention =
    { $count ->
        [one] { $count } zu klären
       *[other] { $count } zu klären
    }
people-unread = { $count } neu
people-uncounted = Was wartet, lässt sich nicht zählen

lock-title = HotelMate Desk ist gesperrt
lock-lead = Was wartet, wird weiter gesendet. Wählen Sie aus, wer Sie sind.
lock-person = Weiter als { $initials }

handover-title = Übergabe
handover-first = Sie sind zum ersten Mal hier.
handover-since = Zuletzt waren Sie hier: { $time }.
handover-nothing-new = Es gibt nichts Neues.
handover-unread =
    { $count ->
        [one] Es gibt { $count } Neuigkeit
       *[other] Es gibt { $count } Neuigkeiten
    }, { $changes ->
        [0] keine davon ist eine Änderung durch andere.
        [one] davon { $changes } Änderung durch andere.
       *[other] davon { $changes } Änderungen durch andere.
    }
handover-failed =
    { $count ->
        [one] { $count } Ihrer Änderungen ist fehlgeschlagen.
       *[other] { $count } Ihrer Änderungen sind fehlgeschlagen.
    }
handover-conflicts =
    { $count ->
        [one] { $count } Ihrer Änderungen steht im Konflikt mit der einer anderen Person.
       *[other] { $count } Ihrer Änderungen stehen im Konflikt mit denen anderer Personen.
    }
handover-waiting =
    { $count ->
        [one] { $count } Ihrer Änderungen wartet auf das Senden.
       *[other] { $count } Ihrer Änderungen warten auf das Senden.
    }
handover-on-duty = Sie sind im Dienst seit { $time }.
handover-off-duty = Sie sind nicht im Dienst.
handover-others-none = Von anderen wartet nichts auf diesem PC.
handover-others = { $name }: { $waiting } wartend, { $attention ->
    [0] nichts
    [one] { $attention }
   *[other] { $attention }
    } zu klären.
handover-pin-lead = Legen Sie eine PIN mit vier bis acht Ziffern fest. Mit ihr sperren und entsperren Sie HotelMate Desk, auch ohne Netzwerk.
handover-pin = Neue PIN
handover-pin-save = PIN speichern
handover-pin-unavailable = Dieser PC hat keinen Schlüsselspeicher, deshalb gibt es hier keine PIN: Zum Entsperren ist das Passwort nötig.
handover-close = Verstanden
