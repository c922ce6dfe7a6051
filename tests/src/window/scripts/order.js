const shown = [...document.querySelectorAll('[data-testid=offer-card]')].map((card) => card.dataset.title);
return arguments[0].every((title, place) => shown[place] === title);
