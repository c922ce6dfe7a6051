window.pressArrived = false;
document.addEventListener('click', () => (window.pressArrived = true), { capture: true, once: true });
