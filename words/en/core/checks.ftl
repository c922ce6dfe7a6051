# What is wrong with a value that was typed, beside its field.

check-needed = This is needed.
check-too-long = At most { $max } characters.
check-nul = This has a character that cannot be stored.
check-no-field = This field is not known here.

## By what the field holds.
check-other = This is not a value for this field.
check-number = The largest number is { $max }.
check-days = The last day is before the first.
check-line = One line only.
check-link = A web address is needed, for example https://hotel.example/book.
check-email = An e-mail address is needed, for example stay@hotel.example.
check-colour = A colour is needed, for example #3498DB.
check-money = A price is needed, for example 119.00.
check-currency = Three letters, for example EUR.
check-coordinate = Degrees with at most six decimals, for example 52.043611.
check-theme = Light, dark or custom.

## On a command line.
check-typed-number = A whole number is needed, for example 3.
check-typed-flag = Write true or false.
