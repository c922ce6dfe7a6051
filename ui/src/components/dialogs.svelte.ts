// The stack of open dialogs. Only the topmost one can be used, and everything below it is inert.

let open = $state.raw<symbol[]>([]);

/** Returns true while a dialog covers the window. */
export function covered(): boolean {
  return open.length > 0;
}

/** Returns true while one dialog covers another. */
export function stacked(): boolean {
  return open.length > 1;
}

export function isTop(dialog: symbol): boolean {
  return open.at(-1) === dialog;
}

/** Puts a dialog on top until the returned function is called. */
export function lay(dialog: symbol): () => void {
  open = [...open, dialog];
  return () => {
    open = open.filter((other) => other !== dialog);
  };
}
