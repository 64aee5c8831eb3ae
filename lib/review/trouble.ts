import type { GatewayTrouble } from '#lib/domain/review/gateway.ts';

type Help = { readonly remedy?: string; readonly command?: string | null };

/** A trouble with a gateway, in words for the person with the phone. */
export const trouble = (
  code: GatewayTrouble['code'],
  message: string,
  { remedy, command = null }: Help = {},
): GatewayTrouble => ({ code, message, remedy: remedy ?? null, command });
