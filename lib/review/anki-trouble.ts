import type { GatewayTrouble } from '#lib/domain/review/gateway.ts';
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
      return trouble('unreachable', 'Anki is not running on this computer, or it has no AnkiConnect.', {
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
    case 'foreign':
    case 'too-large':
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
