### The people of the hotel.

team-count =
    { $count ->
        [one] 1 Person
       *[other] { $count } Personen
    }, { $duty } im Dienst
team-search = Team durchsuchen
team-search-hint = Name, Abteilung, Funktion
team-filter = Nach Dienst filtern
team-all = Alle
team-on_duty = Im Dienst
team-on_break = In der Pause
team-off_duty = Nicht im Dienst
team-unknown = Nicht bekannt
team-me = Sie
team-since = seit { $time }
team-long = Ausstempeln vergessen?
team-no-department = Ohne Abteilung
team-limited = { $reason } Angezeigt werden Sie und alle aus dem Team, die seit dem Start des Programms gestempelt haben.
team-failed = Das Team kann nicht gelesen werden
team-not-read = Das Team wurde noch nicht vom Hotel gelesen
team-loading = Das Team wird gelesen
team-no-match = Keine Treffer
team-no-match-lead = Suchen Sie nach einem anderen Wort, oder lassen Sie alle Personen anzeigen.
team-show-all = Alle anzeigen

# On the card of the handover. The names are joined by commas.
team-now = Jetzt im Dienst: { $names }.
team-now-more = Jetzt im Dienst: { $names } und { $more ->
    [one] eine weitere Person
   *[other] { $more } weitere Personen
    }.
team-now-on-break = { $name } (in der Pause)
team-now-none = Sonst ist niemand aus dem Team im Dienst.
team-now-unknown = Wer sonst aus dem Team im Dienst ist, ist hier nicht bekannt.
