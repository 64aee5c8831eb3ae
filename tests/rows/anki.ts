import type { Program } from '#tests/support/machine-program.ts';
import { inTime, onMachine, rowTest } from '#tests/support/row-test.ts';

/** The server answers, and Anki does not give it a card. */
export const ankiRows = (): void =>
  onMachine('Anki behind the server', (mac) => {
    let anki: Program;
    let server: Program;
    const be = (wish: object) => tells(anki, wish, (line) => line['done'] === JSON.stringify(wish));
    const serves = (manner: string, generation: string) =>
      tells(server, { manner, generation }, (line) => line['manner'] === manner);
    const tells = (program: Program, wish: object, is: Parameters<Program['tells']>[0]) => {
      program.say(JSON.stringify(wish));
      return program.tells(is);
    };

    rowTest(
      'R34',
      'Anki that was closed',
      { cause: 'anki-not-running', confidence: 'high', code: null },
      async (is) => {
        anki = await mac().run('anki-program.ts');
        server = await mac().serve();
        await mac().watch();
        return inTime(mac(), is, async () => {
          await be({ bridge: 'stop' });
          await be({ anki: 'stop' });
        });
      },
    );

    rowTest(
      'R36',
      'Anki without AnkiConnect',
      { cause: 'ankiconnect-missing', confidence: 'high', code: null },
      async (is) => {
        await be({ bridge: 'start' });
        await mac().watch();
        return mac().shows(is);
      },
    );

    rowTest('R25', 'Anki behind a dialog', { cause: 'anki-hung', confidence: 'high', code: -1001 }, async (is) => {
      await be({ anki: 'reviewing' });
      return inTime(mac(), is, () => be({ anki: 'hung' }));
    });

    rowTest('R37', 'Anki that shows no card', { cause: 'no-review', confidence: 'high', code: null }, async (is) => {
      await be({ anki: 'no-reviewer' });
      await mac().watch();
      return mac().shows(is);
    });

    rowTest(
      'L3',
      'Anki with no profile open',
      { cause: 'collection-closed', confidence: 'high', code: null },
      async (is) => {
        await be({ anki: 'collection-closed' });
        await mac().watch();
        return mac().shows(is);
      },
    );

    rowTest(
      'R39',
      'AnkiConnect that wants a key',
      { cause: 'key-needed', confidence: 'high', code: null },
      async (is) => {
        await be({ anki: 'key-needed' });
        await mac().watch();
        return mac().shows(is);
      },
    );

    rowTest(
      'R38',
      'a server made for another backend',
      { cause: 'incompatible', confidence: 'high', code: null },
      async (is) => {
        await be({ anki: 'reviewing' });
        await serves('mismatched', 'ankiconnect');
        await mac().watch();
        return mac().shows(is);
      },
    );

    rowTest(
      'R36a',
      'the old server without its bridge',
      { cause: 'bridge-missing', confidence: 'high', code: null },
      async (is) => {
        await serves('ok', 'bridge');
        await be({ bridge: 'stop' });
        await mac().watch();
        return mac().shows(is);
      },
    );

    rowTest(
      'R35',
      'the old server, and its bridge on the second port',
      { cause: 'bridge-moved', confidence: 'high', code: null },
      async (is) => {
        await be({ bridge: 'moveOver' });
        await mac().watch();
        return mac().shows(is);
      },
    );
  });
