import type { Expected, LifelineMachine } from '#tests/support/lifeline-machine.ts';
import type { Program, Told } from '#tests/support/machine-program.ts';
import { inTime, onMachine, rowTest } from '#tests/support/row-test.ts';

const DEGRADED = { confidence: 'high', code: null, level: 'degraded' } as const;

/** The server's own health says that Anki is not there. */
export const ankiRows = (): void =>
  onMachine('Anki that is not there', (mac) => {
    let anki: Program;

    rowTest('R34', 'Anki that was closed', { ...DEGRADED, cause: 'anki-not-running' }, async (is) => {
      ({ anki } = await mac().begin());
      return inTime(mac(), is, async () => {
        await be(anki, { bridge: 'stop' });
        await be(anki, { anki: 'stop' });
      });
    });

    rowTest('R36', 'Anki without AnkiConnect', { ...DEGRADED, cause: 'ankiconnect-missing' }, async (is) => {
      await be(anki, { bridge: 'start' });
      return mac().shows(is);
    });

    rowTest('R25', 'Anki behind a dialog', { ...DEGRADED, cause: 'anki-hung', code: -1001 }, async (is) => {
      await be(anki, { anki: 'reviewing' });
      return inTime(mac(), is, () => be(anki, { anki: 'hung' }));
    });
  });

/** The server's health is well, and no card comes. */
export const cardRows = (): void =>
  onMachine('Anki that gives no card', (mac) => {
    let anki: Program;
    let server: Program;

    rowTest('R37', 'Anki that shows no card', { ...DEGRADED, cause: 'no-review' }, async (is) => {
      ({ anki, server } = await mac().begin());
      await be(anki, { anki: 'no-reviewer' });
      return found(mac(), is);
    });

    rowTest('L3', 'Anki with no profile open', { ...DEGRADED, cause: 'collection-closed' }, async (is) => {
      await be(anki, { anki: 'collection-closed' });
      return found(mac(), is);
    });

    rowTest('R39', 'AnkiConnect that wants a key', { ...DEGRADED, cause: 'key-needed' }, async (is) => {
      await be(anki, { anki: 'key-needed' });
      return found(mac(), is);
    });

    rowTest('R38', 'a server made for another backend', { ...DEGRADED, cause: 'incompatible' }, async (is) => {
      await be(anki, { anki: 'reviewing' });
      await serves(server, 'mismatched');
      return found(mac(), is);
    });

    rowTest(
      'L4',
      'a server whose card crashes',
      { ...DEGRADED, cause: 'no-card', confidence: 'medium' },
      async (is) => {
        await serves(server, 'cardless');
        return found(mac(), is);
      },
    );

    rowTest('L5', 'a server that looks for Anki elsewhere', { ...DEGRADED, cause: 'anki-unreached' }, async (is) => {
      await serves(server, 'astray');
      return found(mac(), is);
    });

    rowTest('R36a', 'the old server without its bridge', { ...DEGRADED, cause: 'bridge-missing' }, async (is) => {
      await serves(server, 'ok', 'bridge');
      await be(anki, { bridge: 'stop' });
      return found(mac(), is);
    });

    rowTest(
      'R35',
      'the old server, its bridge at the second port',
      { ...DEGRADED, cause: 'bridge-moved' },
      async (is) => {
        await be(anki, { bridge: 'moveOver' });
        return found(mac(), is);
      },
    );
  });

/** What Lifeline shows when it comes to it: while all seems well it asks for the card every thirty seconds only. */
async function found(mac: LifelineMachine, expected: Expected): Promise<Told> {
  await mac.watch();
  return mac.shows(expected);
}

async function be(anki: Program, wish: object): Promise<void> {
  anki.say(JSON.stringify(wish));
  await anki.tells((line) => line['done'] === JSON.stringify(wish));
}

async function serves(server: Program, manner: string, generation = 'ankiconnect'): Promise<void> {
  server.say(JSON.stringify({ manner, generation }));
  await server.tells((line) => line['manner'] === manner);
}
