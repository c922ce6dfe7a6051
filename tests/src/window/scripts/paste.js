const [name, bytes] = arguments;
const clipboardData = new DataTransfer();
clipboardData.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/jpeg' }));
const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData });
(document.activeElement ?? document.body).dispatchEvent(paste);
