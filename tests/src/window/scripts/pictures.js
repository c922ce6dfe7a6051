const waiting = [...document.querySelectorAll('[data-testid=offer-card]')]
    .filter((card) => /on its way/.test(card.querySelector('.picture')?.innerText ?? ''));
const drawn = [...document.querySelectorAll('[data-testid=offer-card] img')];
return waiting.length === 0 && drawn.length > 0
    && drawn.every((image) => image.complete && image.naturalWidth > 0);
