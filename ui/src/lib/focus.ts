// Keeps the focus in the window. The focused element can be removed (a button that its own press replaces), moved, or
// disabled while a command runs. The browser then moves the focus to the body, where Esc closes no dialog and no arrow
// key moves through a list.

/** Elements that the Tab key reaches. */
const STOPS = ['a[href]', 'button', 'input', 'select', 'textarea', '[contenteditable="true"]', '[tabindex]'].join();

/** Within one of these the focus moves to a nearby element. Outside of them it moves to the topmost one. */
const HOMES = 'main, [role="dialog"]';

function canHold(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled') && !element.closest('[inert]');
}

function isShown(element: HTMLElement): boolean {
  // A test without a browser draws nothing, so every element counts as visible.
  return typeof element.checkVisibility !== 'function' || element.checkVisibility();
}

function stopsIn(node: Node | null): HTMLElement[] {
  if (!(node instanceof HTMLElement)) return [];
  const all = [node, ...node.querySelectorAll<HTMLElement>(STOPS)];
  return all.filter((one) => one.matches(STOPS) && one.tabIndex >= 0 && canHold(one) && isShown(one));
}

/** Returns the first stop behind a place among the children of one element, or else the last one before it. */
function beside(before: Node | null, behind: Node | null): HTMLElement | undefined {
  for (let node = behind; node; node = node.nextSibling) {
    const [stop] = stopsIn(node);
    if (stop) return stop;
  }
  for (let node = before; node; node = node.previousSibling) {
    const stop = stopsIn(node).at(-1);
    if (stop) return stop;
  }
  return undefined;
}

/** Returns the topmost dialog, or else the screen. */
function topmost(): HTMLElement | undefined {
  const dialogs = [...document.querySelectorAll<HTMLElement>('[aria-modal="true"]')].filter(canHold);
  return dialogs.at(-1) ?? document.querySelector<HTMLElement>('main[tabindex]') ?? stopsIn(document.body)[0];
}

/** Returns the stop nearest to a removed child of `parent`. */
function nearest({ target: parent, previousSibling, nextSibling }: MutationRecord): HTMLElement | undefined {
  const home = parent instanceof Element && parent.isConnected ? parent.closest<HTMLElement>(HOMES) : null;
  let before = previousSibling;
  let behind = nextSibling;
  for (let node: Node | null = parent; home && node instanceof HTMLElement; node = node.parentElement) {
    const stop = beside(before, behind);
    if (stop) return stop;
    if (node.matches('[tabindex]') && canHold(node)) return node;
    if (node === home) break;
    before = node.previousSibling;
    behind = node.nextSibling;
  }
  return topmost();
}

/** Returns the enclosing element that can take the focus instead. */
function around(element: HTMLElement): HTMLElement | undefined {
  const found = element.parentElement?.closest<HTMLElement>('[tabindex]');
  return found && canHold(found) ? found : topmost();
}

/** Keeps the focus until the returned function is called. */
export function keepFocus(): () => void {
  /** The element that was focused last; null after the person moved the focus away. */
  let last: HTMLElement | null = null;
  /** The element that has the focus while `last` is disabled. */
  let standIn: HTMLElement | undefined;
  /** The removal of `last`, until the focus has moved. */
  let removal: MutationRecord | undefined;
  const listening = new AbortController();

  const isFree = (): boolean => {
    const active = document.activeElement;
    return active === null || active === document.body || active === last || active === standIn;
  };

  /** Runs after the code that removed the element, because that code may know a better target. */
  const goOn = (): void => {
    const removed = removal;
    removal = undefined;
    if (!last || !isFree()) return;
    if (canHold(last)) {
      if (document.activeElement !== last) last.focus({ preventScroll: true });
      standIn = undefined;
    } else if (removed || !last.isConnected) {
      standIn = undefined;
      (removed ? nearest(removed) : topmost())?.focus({ preventScroll: true });
    } else if (!standIn || document.activeElement !== standIn) {
      standIn = around(last);
      standIn?.focus({ preventScroll: true });
    }
  };

  const watch = new MutationObserver((records) => {
    if (!last || !isFree()) return;
    const gone = last;
    const root = gone.getRootNode();
    // The outermost of the removed elements, or any of them if it was moved to another place.
    const removals = records.filter(({ removedNodes }) => [...removedNodes].some((node) => node.contains(gone)));
    removal = removals.find(({ removedNodes }) => [...removedNodes].includes(root as ChildNode)) ?? removals.at(-1) ?? removal;
    if (removals.length > 0 || standIn || !canHold(gone)) setTimeout(goOn);
  });

  document.addEventListener(
    'focusin',
    ({ target }) => {
      if (!(target instanceof HTMLElement) || target === document.body || target === standIn) return;
      last = target;
      standIn = undefined;
      removal = undefined;
    },
    listening,
  );
  // A press outside all elements means that the person has left the element.
  document.addEventListener(
    'focusout',
    ({ relatedTarget }) => {
      if (relatedTarget) return;
      setTimeout(() => {
        if (last && document.activeElement === document.body && canHold(last) && !removal) last = null;
      });
    },
    listening,
  );
  watch.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled', 'inert'] });
  return () => {
    watch.disconnect();
    listening.abort();
  };
}
