type MathJaxBegun = {
  readonly startup?: { readonly promise: Promise<void> };
  readonly typesetPromise?: (roots: readonly Element[]) => Promise<void>;
  readonly typesetClear?: () => void;
};
declare global {
  interface Window {
    MathJax?: MathJaxBegun | Readonly<Record<string, unknown>>;
  }
}

/** Anki's delimiters and packages (review reference §4.1), all of which are in the one file. Its menu would keep settings. */
const CONFIG = {
  tex: {
    inlineMath: [['\\(', '\\)']],
    displayMath: [['\\[', '\\]']],
    processEscapes: false,
    processEnvironments: false,
    processRefs: false,
    packages: { '[+]': ['noerrors', 'mathtools', 'mhchem'], '[-]': ['textmacros'] },
  },
  startup: { typeset: false },
  options: { enableMenu: false },
};

export const hasMath = (html: string): boolean => /\\[([]/.test(html);

/** Runs MathJax from its text, once. The policy of the frame knows this text by its hash. */
export function takeMath(source: string): void {
  if (window.MathJax !== undefined) return;
  window.MathJax = CONFIG;
  const script = document.createElement('script');
  script.textContent = source;
  document.head.append(script);
}

/** Sets the formulas under `root`. Resolves when they stand, also where they could not be set: they are then left as written. */
export async function setMath(root: HTMLElement): Promise<void> {
  const math = window.MathJax as MathJaxBegun | undefined;
  try {
    await math?.startup?.promise;
    math?.typesetClear?.();
    await math?.typesetPromise?.([root]);
  } catch {
    // What MathJax cannot set stays as the card has it.
  }
}
