import type { ThisDevice } from '#lib/client/setup/this-device.ts';

/** Strokes within a box of 24; the share sign is Apple's: a box with an arrow out of it. */
const SHARE =
  'M12 15V3.5M8 7l4-3.5L16 7M8.5 10.5H6.5a1.5 1.5 0 0 0-1.5 1.5v7a1.5 1.5 0 0 0 1.5 1.5h11a1.5 1.5 0 0 0 1.5-1.5v-7a1.5 1.5 0 0 0-1.5-1.5h-2';
const ADD = 'M6.5 3.5h11a3 3 0 0 1 3 3v11a3 3 0 0 1-3 3h-11a3 3 0 0 1-3-3v-11a3 3 0 0 1 3-3zM12 8v8M8 12h8';
const OPEN = 'M6.5 3.5h11a3 3 0 0 1 3 3v11a3 3 0 0 1-3 3h-11a3 3 0 0 1-3-3v-11a3 3 0 0 1 3-3zM5.5 12.5h3l2-5 3 9 2-4h3';
const MENU = 'M12 5.5v.1M12 12v.1M12 18.5v.1';

type Picture = { readonly path: string; readonly says: string; readonly note: string };

const ON_IOS: readonly Picture[] = [
  { path: SHARE, says: 'Tap Share', note: 'In Safari, below or behind •••' },
  { path: ADD, says: 'Add to Home Screen', note: 'Further down in the list' },
  { path: OPEN, says: 'Open Lifeline', note: 'From its new icon' },
];
const ON_ANDROID: readonly Picture[] = [
  { path: MENU, says: 'Open the menu', note: 'At the top of the browser' },
  { path: ADD, says: 'Install app', note: 'Or “Add to Home screen”' },
  { path: OPEN, says: 'Open Lifeline', note: 'From its new icon' },
];

function Pictures({ pictures }: { readonly pictures: readonly Picture[] }) {
  return (
    <ol className="grid grid-cols-3 gap-2 max-[22rem]:grid-cols-1">
      {pictures.map(({ path, says, note }) => (
        <li
          key={says}
          className="flex flex-col items-center gap-1.5 rounded-[14px] bg-bg px-2 py-3 text-center max-[22rem]:flex-row max-[22rem]:gap-3 max-[22rem]:px-3 max-[22rem]:text-left"
        >
          <svg
            viewBox="0 0 24 24"
            aria-hidden="true"
            className="size-11 flex-none fill-none stroke-accent stroke-[1.4] [stroke-linecap:round] [stroke-linejoin:round]"
          >
            <path d={path} />
          </svg>
          <span className="min-w-0">
            <span className="block leading-tight font-semibold">{says}</span>
            <span className="block text-note text-dim">{note}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** How the app gets onto the home screen, in three pictures. */
export function InstallStep({ kind, isInstalled, isSecure }: ThisDevice) {
  if (isInstalled) {
    return (
      <p>
        Lifeline has an icon of its own and opens without a browser around it. It can call you, and what it keeps stays.
      </p>
    );
  }
  if (kind === 'desktop') {
    return <p>Open Setup on the phone to do it there. Here Lifeline works in the browser as well.</p>;
  }
  if (!isSecure) return <p>Open the https address first: only from there it becomes an app.</p>;
  return (
    <>
      <Pictures pictures={kind === 'ios' ? ON_IOS : ON_ANDROID} />
      <p className="mt-2.5 text-dim">
        {kind === 'ios'
          ? 'Leave “Open as Web App” on. The app begins empty: it shares nothing with Safari, so go on here from within it.'
          : 'Then go on here from within it.'}
      </p>
    </>
  );
}
