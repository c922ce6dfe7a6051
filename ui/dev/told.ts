// What colleagues of the pretended desk do, and its answers to the commands about it.
import type { Fact } from '../src/generated/Fact';
import type { FactList } from '../src/generated/FactList';
import type { FactQuery } from '../src/generated/FactQuery';
import type { Answers, PretendDesk } from './desk';

export function factOf(part: Partial<Fact> & { id: number }): Fact {
  return { kind: 'offer_updated', text: `Offer ${part.id} was changed.`, thing: `offer-${part.id}`, at: new Date().toISOString(), put_back: false, ...part };
}

/** What a guest wrote. */
export function guestWrote(id: number): Fact {
  return factOf({ id, kind: 'guest_message', thing: null, text: `Guest in room 101: “Towels ${id}, please”` });
}

function listed(desk: PretendDesk, { kinds, text, before, limit }: FactQuery): FactList {
  const newest = [...desk.facts].sort((a, b) => b.id - a.id);
  const fitting = newest.filter(
    (fact) =>
      (kinds.length === 0 || kinds.includes(fact.kind)) &&
      fact.text.toLowerCase().includes((text ?? '').toLowerCase()) &&
      (before === null || fact.id < before),
  );
  const facts = fitting.slice(0, limit ?? 100);
  const unseen = newest.filter((fact) => fact.id > desk.seen).length;
  return { facts, more: facts.length < fitting.length, seen: desk.seen, unseen };
}

export function factAnswers(desk: PretendDesk): Answers {
  const told = async (): Promise<null> => {
    await desk.tell({ topic: 'notifications' });
    return null;
  };
  return {
    facts: ({ query }) => listed(desk, query as FactQuery),
    mark_facts_seen: ({ upto }) => {
      desk.seen = Math.max(desk.seen, upto as number);
      return told();
    },
    put_back: ({ fact }) => {
      desk.facts = desk.facts.map((known) => (known.id === fact ? { ...known, put_back: false } : known));
      return told();
    },
    notification_settings: () => desk.notifications,
    set_quiet: ({ minutes }) => {
      const until = minutes === null ? null : new Date(Date.now() + (minutes as number) * 60_000).toISOString();
      desk.notifications = { ...desk.notifications, quiet_until: until };
      return told();
    },
    set_sounds: ({ on }) => {
      desk.notifications = { ...desk.notifications, sounds: on as boolean };
      return told();
    },
  };
}
