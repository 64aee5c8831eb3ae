import { say } from './say.ts';

type Hook = () => unknown;
type AnkiGlobals = {
  anki: { readonly imageOcclusion: { readonly setup: Hook }; readonly setupImageCloze: Hook };
  pycmd: (command: string) => void;
  bridgeCommand: (command: string) => void;
  onUpdateHook: Hook[];
  onShownHook: Hook[];
};

/** What a card's scripts find in Anki. `ans` turns the card over; occlusions are drawn by us. Nothing else is there to be asked. */
export function installAnkiGlobals(turn: () => number): void {
  const bridgeCommand = (command: string) => {
    if (command === 'ans') say({ type: 'tap', turn: turn() });
    const [, side, index] = /^play:([qa]):(\d{1,3})$/.exec(command) ?? [];
    if (side === undefined) return;
    say({ type: 'play', turn: turn(), side: side === 'q' ? 'question' : 'answer', index: Number(index) });
  };
  const nothing: Hook = () => {};
  const globals: AnkiGlobals = {
    anki: { imageOcclusion: { setup: nothing }, setupImageCloze: nothing },
    pycmd: bridgeCommand,
    bridgeCommand,
    onUpdateHook: [],
    onShownHook: [],
  };
  Object.assign(window, globals);
}

/** Runs the scripts under `root` in their order, once those before are there. Put in as HTML, a browser leaves them alone. */
export function runScripts(root: HTMLElement): void {
  for (const inert of root.querySelectorAll('script')) {
    const script = document.createElement('script');
    for (const { name, value } of inert.attributes) script.setAttribute(name, value);
    script.async = false;
    script.textContent = inert.textContent;
    inert.replaceWith(script);
  }
}

/** Calls what the card's scripts asked to be called with this side, once each, as Anki does. */
export function callHooks(): void {
  const { onUpdateHook = [], onShownHook = [] } = window as unknown as Partial<AnkiGlobals>;
  for (const hook of [...onUpdateHook.splice(0), ...onShownHook.splice(0)]) {
    try {
      hook();
    } catch (error) {
      reportError(error);
    }
  }
}
