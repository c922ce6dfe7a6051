// Dialogs lie upon each other: only the topmost one can be used, and everything beneath it is inert.

let open = $state.raw<symbol[]>([]);

/** True while any dialog covers the window. */
export function covered(): boolean {
  return open.length > 0;
}

/** True while a dialog lies upon another one. */
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
