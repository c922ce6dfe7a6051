### The branding.

branding-title = Branding
branding-loading = Reading the branding from the hotel…
branding-failed = The branding cannot be shown
branding-not-read = The branding has not been read yet
branding-not-read-lead = The hotel cannot be reached. It shows here as soon as it can.
branding-offline = The hotel cannot be reached now. What you save is kept here and sent as soon as it can.
branding-sections = Parts of the branding
branding-identity = Identity
branding-pictures = Pictures
branding-contact = Contact and address
branding-links = Links
branding-amenities = Amenities
branding-colours = Colours and theme
branding-more = More
branding-pictures-hint = These pictures can be replaced, but not removed.

branding-preview-title = Preview: how guests see it
branding-preview-lead = Shows everything as it is typed right now, even before it is saved.
branding-preview-no-name = The hotel’s name
branding-preview-no-tagline = The tagline shows here
branding-preview-no-text = A text of the hotel shows here.
branding-preview-link = A link in the text
branding-preview-button = Book now
branding-preview-button-hover = Under the pointer
branding-preview-offer = Winter weekend
branding-preview-offer-lead = Two nights with breakfast.

branding-contrast-title = Contrast
branding-contrast-good = All texts, buttons and borders can be told apart well.
branding-contrast-faults =
    { $count ->
        [one] One pair of colours is hard to read.
       *[other] { $count } pairs of colours are hard to read.
    }
branding-contrast-lead = You can save all the same.
branding-contrast-pair = { $front } / { $back }
branding-contrast-measured = { $ratio }, should be at least { $needs }
branding-contrast-hard = Hard to see against “{ $back }”: { $ratio }, should be at least { $needs }.
branding-contrast-enough = enough
branding-contrast-too-little = too little
