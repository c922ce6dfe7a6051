### The reception display.

display-from = Ab { $day }
display-until = Bis { $day }
display-days = { $from } – { $to }
display-book = Zum Buchen scannen
display-price = ab { $price }
display-amenities = Für unsere Gäste
display-old = Stand { $time }
display-waiting = Die Seite des Hotels wird gelesen …
display-empty = Willkommen
display-cannot = Die Anzeige kann nicht starten
display-leave = Anzeige verlassen
display-leave-pin = PIN
display-leave-stay = Bleiben
display-leave-go = Verlassen
display-leave-wrong = Das ist nicht die PIN.
display-open = Empfangsanzeige öffnen
