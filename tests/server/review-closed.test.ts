import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { POST as grades } from '#app/api/review/grades/route.ts';
import { GET as hand } from '#app/api/review/hand/route.ts';
import { GET as ledger } from '#app/api/review/ledger/route.ts';
import { GET as status } from '#app/api/status/route.ts';
import { errorSchema } from '#lib/contract/error.ts';
import { gradesReplySchema, type HandView, handSchema } from '#lib/contract/review.ts';
import { statusSchema } from '#lib/contract/status.ts';
import { AlreadyOwnedError, claimDataDir } from '#lib/store/owner.ts';
import { madeGrade } from '#tests/support/made-grade.ts';
import { CALLERS, type ReviewServices, reviewServices } from '#tests/support/review-services.ts';

const TOKEN = 'a-secret-of-some-length';

type Headers = Readonly<Record<string, string>>;
const ask = (path: string, headers: Headers) => new Request(`http://127.0.0.1:3000/api/${path}`, { headers });
const handFor = async (headers: Headers): Promise<HandView> =>
  handSchema.parse(await (await hand(ask('review/hand', headers))).json());

async function press(headers: Headers, { services }: ReviewServices): Promise<Response> {
  const [card] = (await handFor(headers)).cards;
  const { cardId, guard, deck } = card ?? expect.unreachable();
  const grade = madeGrade(Math.floor(performance.now()), { cardId, guard, deck, answeredAt: services.now() });
  return grades(
    new Request('http://127.0.0.1:3000/api/review/grades', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ deck: null, grades: [grade] }),
    }),
  );
}

const emptyDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'lifeline-closed-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

async function running(env: Headers): Promise<ReviewServices> {
  const app = await reviewServices({ state: 'no-reviewer', env });
  onTestFinished(() => app.stop());
  return app;
}

test('where a token is set, only who holds it grades, from wherever', async () => {
  const app = await running({ LIFELINE_TOKEN: TOKEN });
  const holder = { ...CALLERS.stranger, authorization: `Bearer ${TOKEN}` };
  expect((await handFor(holder)).mayGrade).toEqual({ allowed: true, detail: null });
  expect(gradesReplySchema.parse(await (await press(holder, app)).json()).answers).toMatchObject([
    { answer: { status: 'applied' } },
  ]);
  for (const who of [CALLERS.local, CALLERS.owner, { ...holder, authorization: 'Bearer another' }]) {
    expect((await handFor(who)).mayGrade).toMatchObject({
      allowed: false,
      detail: expect.stringMatching(/holds its token/),
    });
    expect((await press(who, app)).status).toBe(403);
  }
});

test('without a ledger cards are shown and none is graded; Status says why', async () => {
  const dir = emptyDir();
  writeFileSync(join(dir, 'grades.db'), 'no ledger of ours, but long enough to be looked into '.repeat(50));
  const app = await running({ LIFELINE_DATA_DIR: dir });
  const before = app.anki.collection.revlog.rows.length;
  expect((await handFor(CALLERS.local)).cards.length).toBeGreaterThan(0);
  const refused = await press(CALLERS.local, app);
  const { error } = errorSchema.parse(await refused.json());
  expect([refused.status, error.code]).toEqual([503, 'ledger']);
  expect(error.message).toMatch(/takes none.*grades\.db is damaged/);
  expect((await ledger(ask('review/ledger', CALLERS.local))).status).toBe(503);
  const { storage } = statusSchema.parse(await (await status(ask('status', CALLERS.local))).json());
  expect(storage).toMatchObject({ state: 'failing', detail: expect.stringContaining('No grade can be counted.') });
  expect(app.anki.collection.revlog.rows).toHaveLength(before);
  expect(readFileSync(join(dir, 'grades.db'), 'utf8')).toMatch(/^no ledger of ours/);
});

test('a damaged history takes no grade with it, and leaves the directory ours', async () => {
  const dir = emptyDir();
  writeFileSync(join(dir, 'history.db'), 'no history of ours, but long enough to be looked into '.repeat(50));
  const app = await running({ LIFELINE_DATA_DIR: dir });
  expect(app.services.storageProblem).toMatch(/history\.db is damaged/);
  expect(gradesReplySchema.parse(await (await press(CALLERS.local, app)).json()).answers).toMatchObject([
    { answer: { status: 'applied' } },
  ]);
  expect(() => claimDataDir(dir)).toThrow(AlreadyOwnedError);
});

test('a directory that could not be claimed at start is claimed before its ledger is written', async () => {
  const dir = join(emptyDir(), 'data');
  writeFileSync(dir, 'a file in the way');
  const app = await running({ LIFELINE_DATA_DIR: dir });
  expect((await press(CALLERS.local, app)).status).toBe(503);
  rmSync(dir);
  mkdirSync(dir);
  await expect.poll(async () => (await press(CALLERS.local, app)).status, { timeout: 10_000, interval: 500 }).toBe(200);
  expect(existsSync(join(dir, 'grades.db'))).toBe(true);
  expect(() => claimDataDir(dir)).toThrow(AlreadyOwnedError);
});

test('another process’s directory is not written, and it says whose it is', async () => {
  const dir = join(emptyDir(), 'data');
  writeFileSync(dir, 'a file in the way');
  const app = await running({ LIFELINE_DATA_DIR: dir });
  rmSync(dir);
  const owner = claimDataDir(dir);
  onTestFinished(() => owner.release());
  await expect
    .poll(async () => errorSchema.parse(await (await press(CALLERS.local, app)).json()).error.message, {
      timeout: 10_000,
      interval: 500,
    })
    .toContain('already keeps its history');
  expect(existsSync(join(dir, 'grades.db'))).toBe(false);
});

test('the owner is known at the first look, however slow tailscale is to say so', async () => {
  const app = await running({});
  const tool = process.env['TAILSCALE_BIN'] ?? expect.unreachable();
  writeFileSync(tool, readFileSync(tool, 'utf8').replace('\n', '\nsleep 0.3\n'));
  expect((await handFor(CALLERS.owner)).mayGrade).toEqual({ allowed: true, detail: null });
  expect(app.services.grades.problem()).toBeNull();
});
