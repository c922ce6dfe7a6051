// What a person does to a list whose things are moved by hand: dragging, the menu of a grip, Alt and an arrow key,
// and the arrow keys that lead the focus from thing to thing. Its things are elements with `data-id` and `data-index`.
import type { LocalId } from '../generated';
import { type Direction, type Mover, placeInGap } from './moving';

/** What a drag carries, so that files and texts from elsewhere are not taken for one. */
const DRAGGED = 'application/x-hotelmate-thing';

/** Pixels from a list's edge within which a drag scrolls it, and by how much at a time. */
const EDGE = 56;
const NUDGE = 18;

/** A list on the screen. All of it is read when it is needed. */
export interface HandList {
  readonly mover: Mover;
  /** How many things it shows. */
  readonly total: number;
  /** Its order can be changed now. */
  readonly movable: boolean;
  /** The left and right arrow keys go through it too. */
  readonly leftRight: boolean;
  /** A dragged thing goes to the left or right of another one, not above or below. */
  readonly sideways: boolean;
  /** How many things stand beside each other. */
  columns(): number;
  /** What scrolls. */
  box(): HTMLElement;
  focusAt(index: number): unknown;
  /** What is said of an entity that was moved to this place; null for nothing. */
  movedTo(index: number, id: LocalId): string | null;
  /** A move was asked for while the order cannot be changed. */
  unmovable?(): void;
  remove(id: LocalId, index: number): void;
}

function entityAt(event: Event): { element: HTMLElement; id: LocalId; index: number } | null {
  const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
  const id = element?.dataset['id'];
  return element && id ? { element, id, index: Number(element.dataset['index']) } : null;
}

export class HandMoves {
  /** The entity whose menu of moves is open, and its button. */
  menu = $state.raw<{ id: LocalId; anchor: HTMLElement } | null>(null);
  /** What a screen reader is told of the last move. */
  announced = $state('');
  /** What is dragged would go before the entity with this number, which is the list's length for its end. */
  gap = $state.raw<number | null>(null);

  #dragged: LocalId | null = null;
  readonly list: HandList;

  constructor(list: HandList) {
    this.list = list;
  }

  /** What the element around the entities listens to. */
  readonly handlers = {
    onkeydown: (event: KeyboardEvent): void => this.#key(event),
    onclick: (event: MouseEvent): void => this.#click(event),
    ondragstart: (event: DragEvent): void => this.#dragStart(event),
    ondragover: (event: DragEvent): void => this.#dragOver(event),
    ondrop: (event: DragEvent): void => this.#drop(event),
    ondragend: (): void => this.#dragEnd(),
  };

  /** Moves the entity whose menu is open, and closes the menu. */
  choose(direction: Direction): void {
    const id = this.menu?.id;
    this.menu = null;
    if (id) this.#step(id, direction);
  }

  /** Closes the menu and gives the focus back to its button. */
  closeMenu(): void {
    const anchor = this.menu?.anchor;
    this.menu = null;
    anchor?.focus();
  }

  #step(id: LocalId, direction: Direction): void {
    void this.#moved(id, this.list.mover.step(id, direction));
  }

  /** Follows an entity to its new place, with the focus and in words. */
  async #moved(id: LocalId, moving: Promise<number | null>, follow = true): Promise<void> {
    const index = await moving;
    if (index === null) return;
    this.announced = this.list.movedTo(index, id) ?? this.announced;
    if (follow) this.list.focusAt(index);
  }

  #key(event: KeyboardEvent): void {
    const entity = entityAt(event);
    if (!entity || event.ctrlKey || event.metaKey) return;
    const { id, index } = entity;
    const { key } = event;
    const list = this.list;
    if (!list.leftRight && (key === 'ArrowLeft' || key === 'ArrowRight')) return;
    if (event.altKey) {
      const direction = ({ ArrowUp: 'up', ArrowLeft: 'up', ArrowDown: 'down', ArrowRight: 'down' } as const)[key];
      if (!direction) return;
      event.preventDefault();
      if (list.movable) this.#step(id, direction);
      else list.unmovable?.();
      return;
    }
    if (key === 'Delete') {
      list.remove(id, index);
      return;
    }
    const columns = list.columns();
    const last = list.total - 1;
    const to = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      ArrowDown: index + columns,
      ArrowUp: index - columns,
      Home: 0,
      End: last,
    }[key];
    if (to === undefined) return;
    event.preventDefault();
    list.focusAt(Math.max(0, Math.min(last, to)));
  }

  #click(event: MouseEvent): void {
    const grip = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-grip]') : null;
    const id = entityAt(event)?.id;
    if (grip && id) this.menu = this.menu?.id === id ? null : { id, anchor: grip };
  }

  #dragStart(event: DragEvent): void {
    const entity = entityAt(event);
    if (!entity || !this.list.movable || !event.dataTransfer) return;
    event.dataTransfer.setData(DRAGGED, entity.id);
    event.dataTransfer.effectAllowed = 'move';
    this.#dragged = entity.id;
  }

  #dragOver(event: DragEvent): void {
    if (this.#dragged === null || !event.dataTransfer?.types.includes(DRAGGED)) return;
    const entity = entityAt(event);
    if (entity) {
      event.preventDefault();
      event.dataTransfer.dropEffect = 'move';
      const { left, top, width, height } = entity.element.getBoundingClientRect();
      const share = this.list.sideways ? (event.clientX - left) / width : (event.clientY - top) / height;
      this.gap = share < 0.5 ? entity.index : entity.index + 1;
    }
    const box = this.list.box();
    const { top, bottom } = box.getBoundingClientRect();
    if (event.clientY < top + EDGE) box.scrollTop -= NUDGE;
    else if (event.clientY > bottom - EDGE) box.scrollTop += NUDGE;
  }

  #drop(event: DragEvent): void {
    const { gap } = this;
    const dragged = this.#dragged;
    this.#dragEnd();
    if (dragged === null || gap === null) return;
    event.preventDefault();
    const { mover } = this.list;
    const to = placeInGap(dragged, gap, (index) => mover.list.at(index));
    if (to) void this.#moved(dragged, mover.move(dragged, () => to), false);
  }

  #dragEnd(): void {
    this.#dragged = null;
    this.gap = null;
  }
}
