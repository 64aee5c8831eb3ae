import type { DesktopUser } from './anki-desktop-user.ts';

/** Somebody who reviews at the Mac at the same time. */
export type Company = {
  /** Opens a review unless one is open, and answers a card every few seconds until they leave. */
  join(): void;
  leave(): void;
  readonly isThere: () => boolean;
};

/** Slow enough that a second person meets them sometimes, not always. */
const EVERY_MS = 7_000;

export function createCompany(desktop: DesktopUser, everyMs = EVERY_MS): Company {
  let timer: NodeJS.Timeout | undefined;
  const grade = async () => {
    if ((await desktop.grade(3)) === null) await desktop.openDeck();
  };
  return {
    join: () => {
      timer ??= setInterval(grade, everyMs).unref();
    },
    leave: () => {
      clearInterval(timer);
      timer = undefined;
    },
    isThere: () => timer !== undefined,
  };
}
