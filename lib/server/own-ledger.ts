import type { Ledger } from '#lib/domain/review/ledger.ts';
import { openLedger } from '#lib/store/open-ledger.ts';
import { claimDataDir, type Owner } from '#lib/store/owner.ts';

/** The ledger of a data directory, and the right to write there. */
type OwnLedger = {
  /** Rejects with a StorageError or an AlreadyOwnedError. */
  readonly open: () => Promise<Ledger>;
  readonly release: () => void;
};

/** `owner`: as it was claimed at start. Where the disk refused that, it is claimed when it does no more: two ledgers could count a grade twice. */
export function ownLedger(dataDir: string, owner: Owner | null): OwnLedger {
  let claim = owner;
  return {
    open: async () => {
      claim ??= claimDataDir(dataDir);
      return openLedger(dataDir);
    },
    release: () => claim?.release(),
  };
}
