// The room types in the hotel's order. A hotel has a few dozen at most: all of them are held.
import type { LocalId } from '../generated/LocalId';
import type { Place } from '../generated/Place';
import type { RecordView } from '../generated/RecordView';
import { command } from '../platform';
import { isAbout, LiveQuery } from './live.svelte';
import { Mover } from './moving';

const SEARCHED = ['name', 'code', 'short_description', 'bed_setup', 'availability_message', 'booking_code'];

/** The text of a field; empty where it is none. */
export function textOf(record: RecordView, name: string): string {
  const datum = record.fields[name];
  return typeof datum === 'string' ? datum : '';
}

class Rooms {
  search = $state('');

  query = new LiveQuery(
    () => command('records', { kind: 'room_type' }),
    (change) => isAbout(change, 'room_type'),
  );

  get all(): readonly RecordView[] {
    return this.query.value?.records ?? [];
  }

  /** What is searched for, in the hotel's order. */
  get found(): readonly RecordView[] {
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return this.all;
    return this.all.filter((room) => {
      const text = SEARCHED.map((name) => textOf(room, name)).join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  /** All of them are on the screen: only then is a place in the list a place in the hotel's order. */
  get complete(): boolean {
    return this.search.trim() === '';
  }

  get total(): number {
    return this.all.length;
  }

  at(index: number): LocalId | undefined {
    return this.all[index]?.local_id;
  }

  placeOf(id: LocalId): number {
    return this.all.findIndex((room) => room.local_id === id);
  }

  move(id: LocalId, to: Place): Promise<unknown> {
    return command('move_to', { id, to });
  }

  fresh(): Promise<void> {
    return this.query.fresh();
  }

  /** Forgets everything, for the next person who signs in. */
  forget(): void {
    this.query.forget();
    this.search = '';
  }
}

export const rooms = new Rooms();
export const roomMover = new Mover(rooms);
