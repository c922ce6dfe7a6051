// All keyboard shortcuts. The help lists them in this order; the words for their keys and for what they do are in the
// catalogue (`shortcut-keys-…`, `shortcut-does-…`).

interface Keys {
  readonly keys: readonly string[];
  /** With Ctrl, or Cmd on a Mac. */
  readonly control?: boolean;
}

/** Shortcuts that work wherever the focus is. */
const ANYWHERE = {
  new: { keys: ['n'] },
  search: { keys: ['/'] },
  save: { keys: ['s', 'Enter'], control: true },
  palette: { keys: ['k'], control: true },
  chat: { keys: ['F7'] },
  clock: { keys: ['F9'] },
  lock: { keys: ['l'], control: true },
  guide: { keys: ['F1'] },
  help: { keys: ['?'] },
} satisfies Record<string, Keys>;

export type Shortcut = keyof typeof ANYWHERE;

/** Shortcuts in the order of the help. Those without keys here belong to the element that has the focus. */
export const SHORTCUTS = [
  'new',
  'search',
  'palette',
  'walk',
  'edit',
  'choose',
  'all',
  'change',
  'delete',
  'move',
  'gallery',
  'save',
  'chat',
  'send',
  'reply',
  'replies',
  'emoji',
  'clock',
  'lock',
  'messages',
  'close',
  'guide',
  'help',
] as const;

/** The shortcut that was pressed; none for any other key, and for a key that writes in a field that takes text. */
export function shortcutOf(event: KeyboardEvent): Shortcut | null {
  const control = event.ctrlKey || event.metaKey;
  if (event.defaultPrevented || event.altKey) return null;
  const inField = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
  const writes = !control && event.key.length === 1;
  if (writes && inField) return null;
  const isPressed = ([, rule]: [string, Keys]): boolean =>
    (rule.control ?? false) === control && rule.keys.some((key) => key.toLowerCase() === event.key.toLowerCase());
  const found = Object.entries(ANYWHERE).find(isPressed);
  return (found?.[0] as Shortcut | undefined) ?? null;
}

/** Returns a handler of keys that carries out the actions of these shortcuts while `isOn` says so. */
export function onShortcuts(
  actions: Partial<Record<Shortcut, () => unknown>>,
  isOn: () => boolean,
): (event: KeyboardEvent) => void {
  return (event) => {
    const shortcut = shortcutOf(event);
    const action = shortcut && isOn() ? actions[shortcut] : undefined;
    if (!action) return;
    event.preventDefault();
    void action();
  };
}
