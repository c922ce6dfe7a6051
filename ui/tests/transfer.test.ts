// Offers as files: the export, and the import with its plan, in the window on a fake desk.
import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { failure } from '../dev/commands';
import type { PlannedRow } from '../src/generated';
import { openReadWindow, until } from './setup';

const planned = (part: Partial<PlannedRow>): PlannedRow => ({
  row: 2, action: 'new', title: 'Spa', local_id: null, id: null, fields: ['title'], ...part,
});
const rows = [planned({}), planned({ row: 3, action: 'changed', title: 'Golf', fields: ['tag'] }), planned({ row: 4, action: 'unchanged', title: 'Tea' })];

async function opened() {
  const window = await openReadWindow((desk) => {
    desk.plan = { new: 1, changed: 1, unchanged: 1, queued: false, passed_over: 0, rows };
  });
  await window.user.click(screen.getByTestId('offers-file'));
  await screen.findByTestId('transfer');
  const choose = (name: string) => window.user.upload(screen.getByTestId('import-file'), new File(['title\nSpa\n'], name));
  return { ...window, choose };
}

describe('offers as a file', () => {
  it('are written in the form that was asked for', async () => {
    const { desk, user } = await opened();
    await user.click(screen.getByTestId('export-csv'));
    await screen.findByTestId('exported');
    expect(desk.ran('export_offers')).toEqual([{ form: 'csv' }]);
  });

  it('are imported after the plan was shown, and only as that plan', async () => {
    const { choose, desk, user } = await opened();
    expect(screen.getByTestId<HTMLButtonElement>('import-do').disabled).toBe(true);
    await choose('offers.csv');
    await until(() => expect(screen.getAllByTestId('import-row').map(({ dataset }) => dataset['action'])).toEqual(['new', 'changed']));
    expect(screen.getByTestId('import-total').textContent).toContain('1 new, 1 changed, 1 the same.');
    expect(desk.ran('import_offers')).toEqual([]);
    await user.click(screen.getByTestId('import-do'));
    await until(() => expect(screen.queryByTestId('transfer')).toBeNull());
    const [asked] = desk.ran('import_offers');
    expect(asked).toMatchObject({ file: { name: 'offers.csv', as_new: false }, agreed: rows });
  });

  it('are refused row by row, with the reasons in the order of the file', async () => {
    const { choose, desk } = await opened();
    desk.answers['plan_import'] = () => {
      throw failure({ code: 'invalid', message: 'Wrong.', fields: { tag: ['Row 10: too long'], title: ['Row 2: empty'] } });
    };
    await choose('offers.csv');
    const wrong = await screen.findByTestId('import-wrong');
    expect([...wrong.children].map((one) => one.textContent)).toEqual(['Row 2: empty', 'Row 10: too long']);
    expect(screen.getByTestId<HTMLButtonElement>('import-do').disabled).toBe(true);
  });

  it('show the new plan if it changed while the person looked at it', async () => {
    const { choose, desk, user } = await opened();
    await choose('offers.csv');
    await screen.findAllByTestId('import-row');
    desk.answers['import_offers'] = () => {
      throw failure({ code: 'too_late', message: 'It has changed.' });
    };
    desk.plan = { ...desk.plan, new: 0, rows: rows.slice(1) };
    await user.click(screen.getByTestId('import-do'));
    await screen.findByText('It has changed.');
    await until(() => expect(screen.getAllByTestId('import-row')).toHaveLength(1));
  });
});
