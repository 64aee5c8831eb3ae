import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROW_IDS } from '#lib/domain/rows/row.ts';
import { TABLE } from '#lib/domain/rows/table.ts';
import { DOCUMENT, NOT_PRODUCED, producedRows, tableDocument, wayOf } from '#tests/support/table-document.ts';

const produced = new Set(producedRows().map(({ id }) => id));

test('every test of a row is of a row of the table and its cause', () => {
  const known = new Set(TABLE.map(({ id, cause }) => `${id} ${cause}`));
  expect(producedRows().filter(({ id, cause }) => !known.has(`${id} ${cause}`))).toEqual([]);
});

test('a row is produced in the way that its test names, or in the first', () => {
  const waysOf = ({ id, cause }: { id: string; cause: string }) =>
    TABLE.filter((row) => row.id === id && row.cause === cause);
  expect(producedRows().filter((each) => wayOf(waysOf(each), each.way) === undefined)).toEqual([]);
  expect(producedRows().filter(({ way }) => way !== undefined)).not.toEqual([]);
});

test('the document is what the table and the tests say; npm run docs writes it', () => {
  expect(readFileSync(DOCUMENT, 'utf8')).toBe(tableDocument());
});

test('every row is produced, or it is said why not', () => {
  expect(ROW_IDS.filter((id) => !produced.has(id) && NOT_PRODUCED[id] === undefined)).toEqual([]);
  expect(Object.keys(NOT_PRODUCED).filter((id) => produced.has(id))).toEqual([]);
});
