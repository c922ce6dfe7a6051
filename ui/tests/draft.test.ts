import { describe, expect, it } from 'vitest';

import { offerOf } from '../dev/offers';
import { TABLES } from '../dev/records';
import { Draft } from '../src/components/editor/draft.svelte';

function draftOf(part: Parameters<typeof offerOf>[0] = { local_id: 'a' }): Draft {
  const draft = new Draft('offer', 'a');
  draft.follow(offerOf(part).fields, TABLES.offer);
  return draft;
}

describe('a draft', () => {
  it('sends only the fields that were changed, each with what stood there at the beginning', () => {
    const draft = draftOf({ local_id: 'a', title: 'Spa', tag: 'New' });
    draft.type({ field: 'title', value: 'S' });
    draft.type({ field: 'title', value: 'Spa day' });
    draft.type({ field: 'tag', value: '' });
    expect(draft.edits).toEqual([
      { was: { field: 'title', value: 'Spa' }, now: { field: 'title', value: 'Spa day' } },
      { was: { field: 'tag', value: 'New' }, now: { field: 'tag', value: '' } },
    ]);
  });

  it('keeps the beginning of an edit when a colleague changes the field meanwhile', () => {
    const draft = draftOf({ local_id: 'a', title: 'Spa' });
    draft.type({ field: 'title', value: 'Spa day' });
    draft.follow(offerOf({ local_id: 'a', title: 'Spa weekend' }).fields, TABLES.offer);
    draft.type({ field: 'title', value: 'Spa days' });
    expect(draft.content['title']).toBe('Spa days');
    expect(draft.edits[0]?.was).toEqual({ field: 'title', value: 'Spa' });
    expect(draft.theirs('title')).toEqual({ field: 'title', value: 'Spa weekend' });
  });

  it('lets untouched fields follow what colleagues do', () => {
    const draft = draftOf({ local_id: 'a', title: 'Spa', tag: 'New' });
    draft.type({ field: 'title', value: 'Spa day' });
    draft.follow(offerOf({ local_id: 'a', title: 'Spa', tag: 'Warm' }).fields, TABLES.offer);
    expect(draft.content['tag']).toBe('Warm');
    expect(draft.theirs('tag')).toBeNull();
    expect(draft.edits.map((edit) => edit.now.field)).toEqual(['title']);
  });

  it('treats both dates as one field', () => {
    const draft = draftOf({ local_id: 'a', valid_from: '2026-12-01', valid_to: '2026-12-24' });
    draft.type({ field: 'validity', value: { from: '2026-12-01', to: null } });
    expect(draft.edits).toEqual([
      {
        was: { field: 'validity', value: { from: '2026-12-01', to: '2026-12-24' } },
        now: { field: 'validity', value: { from: '2026-12-01', to: null } },
      },
    ]);
  });

  it('forgets an edit that ends where it began, once the field is left', () => {
    const draft = draftOf({ local_id: 'a', tag: 'New' });
    draft.type({ field: 'tag', value: 'Newer' });
    draft.type({ field: 'tag', value: 'New' });
    expect(draft.dirty).toBe(false);
    draft.settle('tag');
    draft.follow(offerOf({ local_id: 'a', tag: 'Warm' }).fields, TABLES.offer);
    expect(draft.content['tag']).toBe('Warm');
  });

  it('begins anew from theirs when the person has seen it and keeps their own', () => {
    const draft = draftOf({ local_id: 'a', tag: 'New' });
    draft.type({ field: 'tag', value: 'Mine' });
    draft.follow(offerOf({ local_id: 'a', tag: 'Theirs' }).fields, TABLES.offer);
    draft.keepMine('tag');
    expect(draft.theirs('tag')).toBeNull();
    expect(draft.edits).toEqual([{ was: { field: 'tag', value: 'Theirs' }, now: { field: 'tag', value: 'Mine' } }]);
  });

  it('gives way to theirs when the person takes it', () => {
    const draft = draftOf({ local_id: 'a', tag: 'New' });
    draft.type({ field: 'tag', value: 'Mine' });
    draft.follow(offerOf({ local_id: 'a', tag: 'Theirs' }).fields, TABLES.offer);
    draft.takeTheirs('tag');
    expect(draft.content['tag']).toBe('Theirs');
    expect(draft.dirty).toBe(false);
  });

  it('keeps what was typed while a save was under way', () => {
    const draft = draftOf({ local_id: 'a', title: 'Spa' });
    draft.type({ field: 'title', value: 'Spa day' });
    const sent = draft.edits;
    draft.type({ field: 'title', value: 'Spa days' });
    draft.saved(sent);
    expect(draft.content['title']).toBe('Spa days');
  });

  it('is unsaved while a half typed date stands in it', () => {
    const draft = draftOf();
    draft.setUnfinished('valid_to', { text: '30/1', sentence: 'Type a date.' });
    expect(draft.dirty).toBe(true);
    expect(draft.sound).toBe(false);
    expect(draft.errorsAt('valid_to')).toEqual(['Type a date.']);
  });
});
