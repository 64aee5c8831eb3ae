import { expect, test } from 'vitest';
import { readReply } from '#lib/client/request.ts';
import { incidentsSchema } from '#lib/contract/history.ts';

const reply = (status: number, body: string) => ({ status, body, receivedAt: 0 });
const read = (status: number, body: string) => () => readReply(reply(status, body), incidentsSchema);

test('a good answer is parsed', () => {
  expect(read(200, '{"incidents":[],"servedAt":1}')()).toEqual({ incidents: [], servedAt: 1 });
});

test.each([
  ['an error of the API says its message', 503, '{"error":{"code":"starting","message":"Soon."}}', 'refused', 'Soon.'],
  [
    'a proxy in front of a dead Lifeline is told from it',
    502,
    '',
    'not-running',
    'The Mac answered 502, but not Lifeline.',
  ],
  ['a 200 of another version is not shown', 200, '{"incidents":7}', 'unreadable', /does not know/],
  ['a login page is not data', 200, '<html>', 'not-running', /but not Lifeline/],
])('%s', (_fact, status, body, kind, message) => {
  expect(read(status, body)).toThrow(expect.objectContaining({ kind, message: expect.stringMatching(message) }));
});
