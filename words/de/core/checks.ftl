# What is wrong with a value that was typed, beside its field.

check-needed = Bitte ausfüllen.
check-too-long = Höchstens { $max } Zeichen.
check-nul = Enthält ein Zeichen, das nicht gespeichert werden kann.
check-no-field = Dieses Feld ist hier nicht bekannt.

## By what the field holds.
check-other = Dieser Wert passt nicht in dieses Feld.
check-number = Die Zahl darf höchstens { $max } sein.
check-days = Der letzte Tag liegt vor dem ersten.
check-line = Nur eine Zeile.
check-link = Geben Sie eine Webadresse an, zum Beispiel https://hotel.example/book.
check-email = Geben Sie eine E-Mail-Adresse an, zum Beispiel stay@hotel.example.
check-colour = Geben Sie eine Farbe an, zum Beispiel #3498DB.
check-money = Geben Sie einen Preis an, zum Beispiel 119.00.
check-currency = Drei Buchstaben, zum Beispiel EUR.
check-coordinate = Grad mit höchstens sechs Nachkommastellen, zum Beispiel 52.043611.
check-theme = Möglich sind light, dark und custom.

## On a command line.
check-typed-number = Geben Sie eine ganze Zahl an, zum Beispiel 3.
check-typed-flag = Schreiben Sie true oder false.
