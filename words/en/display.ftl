### The reception display.

display-from = From { $day }
display-until = Until { $day }
display-days = { $from } – { $to }
display-book = Scan to book
display-price = from { $price }
display-amenities = For our guests
display-old = As of { $time }
display-waiting = The hotel’s page is being read…
display-empty = Welcome
display-cannot = The display cannot start
display-leave = Leave the display
display-leave-pin = PIN
display-leave-stay = Stay
display-leave-go = Leave
display-leave-wrong = This is not the PIN.
display-open = Open the reception display
