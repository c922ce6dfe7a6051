const toasts = [...document.querySelectorAll('[data-testid=toast]')];
const toast = toasts.find((one) => one.innerText.includes(arguments[0]));
for (let one = toast; one; one = one.parentElement) one.dispatchEvent(new PointerEvent('pointerenter'));
return toast !== undefined
