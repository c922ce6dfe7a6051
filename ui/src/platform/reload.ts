/**
 * A web view reloads its page on some keys and from its menu, as a browser does. Here that would take the screen away
 * from under whoever is typing, so these keys and that menu do nothing.
 */

/** The keys with which a browser reloads: F5 and Ctrl+R (on macOS Cmd+R), with or without Shift, and the key for it. */
export function isReload(event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  if (key === 'f5' || key === 'browserrefresh') return true;
  return key === 'r' && (event.ctrlKey || event.metaKey) && !event.altKey;
}

/** The menu helps where something can be typed or copied; elsewhere it offers to reload and little else. */
export function isMenuOfUse(event: MouseEvent): boolean {
  const target = event.target;
  const editable = target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;
  return editable || !(window.getSelection()?.isCollapsed ?? true);
}

/** Keeps the page from being reloaded by a person. */
export function preventReload(): void {
  window.addEventListener('keydown', (event) => isReload(event) && event.preventDefault(), { capture: true });
  window.addEventListener('contextmenu', (event) => !isMenuOfUse(event) && event.preventDefault());
}
