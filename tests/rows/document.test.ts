import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROW_IDS } from '#lib/domain/rows/row.ts';
import { TABLE } from '#lib/domain/rows/table.ts';
import { DOCUMENT, NOT_PRODUCED, producedRows, tableDocument } from '#tests/support/table-document.ts';

const produced = new Set(producedRows().map(({ id }) => id));

test('every test of a row is of a row of the table and its cause', () => {
  const known = new Set(TABLE.map(({ id, cause }) => `${id} ${cause}`));
  expect(producedRows().filter(({ id, cause }) => !known.has(`${id} ${cause}`))).toEqual([]);
});

test('the document is what the table and the tests say; npm run docs writes it', () => {
  expect(readFileSync(DOCUMENT, 'utf8')).toBe(tableDocument());
});

test('every row is produced, or it is said why not', () => {
  expect(ROW_IDS.filter((id) => !produced.has(id) && NOT_PRODUCED[id] === undefined)).toEqual([]);
  expect(Object.keys(NOT_PRODUCED).filter((id) => produced.has(id))).toEqual([]);
});
