/** What a document can reach of the page around it and of what is kept. Runs in that document: refers to nothing outside itself. */
export function reachedFromFrame() {
  const attempt = (reach: () => unknown): string => {
    try {
      return String(reach());
    } catch (error) {
      return error instanceof Error ? error.name : 'thrown';
    }
  };
  return {
    origin: self.origin,
    parent: attempt(() => parent.document.title),
    storage: attempt(() => localStorage.length),
    cookie: attempt(() => document.cookie),
  };
}

/** The same where the document's origin is nobody's: it reaches nothing. */
export const ISOLATED: ReturnType<typeof reachedFromFrame> = {
  origin: 'null',
  parent: 'SecurityError',
  storage: 'SecurityError',
  cookie: 'SecurityError',
};
