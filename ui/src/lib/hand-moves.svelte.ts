// The ways to reorder a list by hand: dragging, the menu of a grip, and Alt with an arrow key. Arrow keys alone move
// the focus between entities. The elements of the entities have `data-id` and `data-index`.
import type { LocalId } from '../generated';
import { type Direction, type Mover, placeInGap } from './moving';

/** The type of a drag's data, which distinguishes it from files and texts from other programs. */
const DRAGGED = 'application/x-hotelmate-thing';

/** The distance from a list's edge within which a drag scrolls it, and the step of one scroll, in pixels. */
const EDGE = 56;
const NUDGE = 18;

/** A list on the screen. Its properties are read whenever they are needed. */
export interface HandList {
  readonly mover: Mover;
  /** The number of entities that the list shows. */
  readonly total: number;
  /** True if the order can be changed now. */
  readonly movable: boolean;
  /** True if the left and right arrow keys move through the list too. */
  readonly leftRight: boolean;
  /** True if a dragged entity goes to the left or right of another one, and not above or below it. */
  readonly sideways: boolean;
  /** Returns the number of entities in a row. */
  columns(): number;
  /** Returns the element that scrolls. */
  box(): HTMLElement;
  focusAt(index: number): unknown;
  /** Returns the announcement for an entity that was moved to this place; null for none. */
  movedTo(index: number, id: LocalId): string | null;
  /** Handles a move while the order cannot be changed. */
  unmovable?(): void;
  /** Chooses an entity for a change of several, or with `range` all from the last chosen one to it. */
  choose?(id: LocalId, range: boolean): void;
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
  /** The announcement of the last move for a screen reader. */
  announced = $state('');
  /** The place of a drop: before the entity with this number, or at the end for the list's length. */
  gap = $state.raw<number | null>(null);

  #dragged: LocalId | null = null;
  readonly list: HandList;

  constructor(list: HandList) {
    this.list = list;
  }

  /** The event handlers of the element around the entities. */
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

  /** Closes the menu and returns the focus to its button. */
  closeMenu(): void {
    const anchor = this.menu?.anchor;
    this.menu = null;
    anchor?.focus();
  }

  #step(id: LocalId, direction: Direction): void {
    void this.#moved(id, this.list.mover.step(id, direction));
  }

  /** Follows an entity to its new place with the focus, and announces the place. */
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
    if (key.toLowerCase() === 'x' && list.choose) {
      list.choose(id, event.shiftKey);
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
