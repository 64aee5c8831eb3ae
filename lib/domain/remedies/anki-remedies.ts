import { anywhere, type Mends, openAnki, restart, seeLog, whoListens } from './commands.ts';

/** What mends Anki, its add-ons and the card. */
export const ANKI_REMEDIES = {
  'anki-not-running': () => openAnki,
  'anki-hung': () => [anywhere('Look at Anki’s window: close its dialog, or quit and open it again'), ...openAnki],
  'ankiconnect-missing': () => [anywhere('In Anki: Tools → Add-ons → Get Add-ons, code 2055492159, then restart Anki')],
  'key-needed': () => [
    anywhere('In Anki: Tools → Add-ons → AnkiConnect → Config, set "apiKey" to null, then restart Anki'),
  ],
  'bridge-missing': () => [anywhere('In Anki: Tools → Add-ons, turn the bridge add-on on, then restart Anki')],
  'bridge-moved': () => [...whoListens(8770), anywhere('Stop that program, then restart Anki')],
  'collection-closed': () => [anywhere('In Anki: open your profile, and let a sync that is under way finish')],
  'no-review': () => [anywhere('In Anki: open a deck that has cards due and press Study Now')],
  incompatible: () => [
    anywhere('Run the version of the review server that reads cards from AnkiConnect as it is installed'),
  ],
  'no-card': (known) => [
    anywhere('On the server’s machine, see what it says', `curl -i http://127.0.0.1:${known.around.port}/current`),
    ...seeLog(known),
    ...restart(known),
  ],
  'anki-unreached': () => [
    anywhere('See where the review server looks for Anki: AnkiConnect is at 127.0.0.1:8765 here, the bridge at 8770'),
    anywhere('In a container 127.0.0.1 is the container itself: set it to host.docker.internal, or run it outside'),
  ],
} as const satisfies Readonly<Record<string, Mends>>;
