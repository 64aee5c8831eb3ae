import type { GatewayTrouble } from '#lib/domain/review/gateway.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import type { Fault, Reply } from './anki-connect.ts';
import { trouble } from './trouble.ts';

/** What keeps macOS from slowing down an Anki whose window is hidden; Anki reads it when it starts. Source: review reference §1.1. */
const KEEP_AWAKE = `defaults write $(osascript -e 'id of app "Anki"') NSAppSleepDisabled -bool true`;

/** What to say and do where AnkiConnect gave no cards, for the person with the phone. */
export function ankiTrouble(
  failed: Fault | Exclude<Reply<unknown>, { outcome: 'answered' }>,
  platform: NodeJS.Platform = process.platform,
): GatewayTrouble {
  switch (failed.outcome) {
    case 'refused':
      return trouble('unreachable', 'Anki is not running on the Mac, or it has no AnkiConnect.', {
        remedy: 'Open Anki. If it is open, install the add-on AnkiConnect (code 2055492159) and restart Anki.',
        command: platform === 'darwin' ? 'open -a Anki' : null,
      });
    case 'unsent':
      return trouble('unreachable', `No connection to AnkiConnect could be made (${failed.code}).`);
    case 'timed-out':
      return silent(platform);
    case 'forbidden':
      return trouble('forbidden', 'What stands at AnkiConnect’s port turns Lifeline away.', {
        remedy: 'Take any proxy before AnkiConnect away, and see that ANKI_CONNECT_URL is right.',
      });
    case 'too-large':
      return trouble('too-large', 'What Anki answers is larger than Lifeline can carry.', {
        remedy: 'Review the card in Anki. If a picture is written into it as text, save it as a file instead.',
      });
    case 'foreign':
      return trouble('foreign', 'Another program than AnkiConnect answers on its port.', {
        remedy: 'End that program, or tell Lifeline where AnkiConnect is in ANKI_CONNECT_URL.',
      });
    case 'reset':
      return trouble('failed', 'The connection to Anki broke.', { remedy: 'Try again.' });
    case 'bad-shape':
      return trouble('incompatible', 'AnkiConnect answers in a form that Lifeline does not know.', {
        remedy: 'Update the add-on.',
      });
    case 'api-error':
      return ankiRefusal(failed.message);
  }
}

function silent(platform: NodeJS.Platform): GatewayTrouble {
  const message = 'Anki does not answer: its window is busy, shows a dialog or sleeps.';
  return platform === 'darwin'
    ? trouble('silent', message, {
        remedy:
          'Bring Anki to the front. If it sleeps whenever its window is hidden, run this once (App Nap) and restart Anki.',
        command: KEEP_AWAKE,
      })
    : trouble('silent', message, { remedy: 'Bring Anki to the front and close what it asks.' });
}

/** Fewer prove nothing. */
const ENOUGH = 2;
/** A busy window is slow now and then; one that sleeps is slow nearly always. Source: review reference §1.1. */
const NAPPING_MS = 500;

/** Whether so many calls after each other took so long that Anki's window probably sleeps; the cheapest tell most. */
export const looksAsleep = (took: readonly DurationMs[]): boolean =>
  took.length >= ENOUGH && took.filter((each) => each > NAPPING_MS).length > took.length / 2;

/** What to say and do where AnkiConnect gave what was asked, but took its time for each call; null where it did not. */
export function slowHint(took: readonly DurationMs[], platform: NodeJS.Platform): GatewayTrouble | null {
  if (!looksAsleep(took)) return null;
  return platform === 'darwin'
    ? trouble('slow', 'Anki answers slowly: macOS probably slows it down while its window is hidden (App Nap).', {
        remedy: 'Bring Anki to the front, or run this once on the Mac and restart Anki.',
        command: KEEP_AWAKE,
      })
    : trouble('slow', 'Anki answers slowly: its window is busy or hidden.', { remedy: 'Bring Anki to the front.' });
}

/** By the add-on's own words and, during a full sync, those of Anki's backend. Source: review reference §1.2 and §1.3. */
function ankiRefusal(message: string): GatewayTrouble {
  if (message.includes('valid api key must be provided')) {
    return trouble('key-needed', 'AnkiConnect wants a key.', {
      remedy:
        'Set ANKI_CONNECT_KEY to the apiKey in the add-on’s configuration. The review server knows no key and does not work with one.',
    });
  }
  if (/collection is not available|CollectionNotOpen/i.test(message)) {
    return trouble('collection-closed', 'Anki is open, but no collection is.', {
      remedy: 'Open a profile in Anki, or wait until it has synced.',
    });
  }
  if (message.includes('unsupported action')) {
    return trouble('incompatible', 'This AnkiConnect is too old for Lifeline.', { remedy: 'Update the add-on.' });
  }
  return trouble('failed', `Anki says: ${message}`);
}
