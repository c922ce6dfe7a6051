const [from, to] = [...arguments].map((selector) => document.querySelector(selector));
const dataTransfer = new DataTransfer();
const { left, top } = to.getBoundingClientRect();
const at = { bubbles: true, cancelable: true, dataTransfer, clientX: left + 2, clientY: top + 2 };
from.dispatchEvent(new DragEvent('dragstart', at));
to.dispatchEvent(new DragEvent('dragover', at));
to.dispatchEvent(new DragEvent('drop', at));
from.dispatchEvent(new DragEvent('dragend', at));
