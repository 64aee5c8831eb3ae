'use client';

import type { ReviewSession } from '#lib/client/review/session.ts';
import { DecksSheet } from './decks-sheet.tsx';
import { HintSheet } from './hint-sheet.tsx';
import { ProblemsSheet } from './problems-sheet.tsx';
import { ProgressSheet } from './progress-sheet.tsx';
import { SettingsSheet } from './settings-sheet.tsx';

export type ReviewSheet = 'decks' | 'hint' | 'problems' | 'progress' | 'settings';

type ReviewSheetsProps = {
  readonly sheet: ReviewSheet | null;
  readonly session: ReviewSession;
  readonly onClose: () => void;
};

/** The one sheet that lies over the screen, if any. */
export function ReviewSheets({ sheet, session, onClose }: ReviewSheetsProps) {
  switch (sheet) {
    case 'decks':
      return <DecksSheet chosen={session.deck} onChoose={session.chooseDeck} onClose={onClose} />;
    case 'hint':
      return <HintSheet hint={session.hint} onClose={onClose} />;
    case 'problems':
      return <ProblemsSheet {...session} onClose={onClose} />;
    case 'progress':
      return <ProgressSheet {...session} onClose={onClose} />;
    case 'settings':
      return <SettingsSheet card={session.shown?.card ?? null} onClose={onClose} />;
    case null:
      return null;
  }
}
