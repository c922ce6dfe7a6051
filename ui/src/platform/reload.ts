/**
 * A web view reloads its page on some keys and from its menu, as a browser does. That would discard the screen while a
 * person types, so these keys and that menu are disabled.
 */

/**
 * Returns true for the keys that reload a page: F5 and Ctrl+R (on macOS Cmd+R), with or without Shift, and the reload
 * key.
 */
export function isReload(event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  if (key === 'f5' || key === 'browserrefresh') return true;
  return key === 'r' && (event.ctrlKey || event.metaKey) && !event.altKey;
}

/**
 * Returns true where text can be typed or copied. The menu is useful only there; elsewhere it mainly offers a reload.
 */
export function isMenuOfUse(event: MouseEvent): boolean {
  const target = event.target;
  const editable = target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;
  return editable || !(window.getSelection()?.isCollapsed ?? true);
}

/** Prevents a reload of the page by a person. */
export function preventReload(): void {
  window.addEventListener('keydown', (event) => isReload(event) && event.preventDefault(), { capture: true });
  window.addEventListener('contextmenu', (event) => !isMenuOfUse(event) && event.preventDefault());
}
