import type { Facts } from './facts.ts';

/**
 * Whether the server is to be taken for one on another machine, of which this one's own facts tell nothing: its name leads
 * elsewhere; or it is not this machine's own name and, as far as is known, leads nowhere.
 */
export const isElsewhere = ({ here, ownName }: Pick<Facts, 'here' | 'ownName'>): boolean =>
  ownName !== true && (here ?? ownName) === false;
