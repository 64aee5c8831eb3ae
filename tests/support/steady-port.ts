import { once } from 'node:events';
import type { ListenOptions, Server } from 'node:net';

/** Below the ports that Linux (32768 on) and macOS (49152 on) give to connections and to servers that name none. */
const FROM = 20_000;
const TO = 32_000;
const TRIES = 50;

/**
 * Listens on the port that is told, or on one (0) that nobody is given by chance, so that a server which stops can come back
 * on it; tells which. Throws when the port that was told is taken.
 */
export async function listenSteadily(server: Server, { port = 0, ...options }: ListenOptions): Promise<number> {
  for (let tried = 1; ; tried += 1) {
    const wanted = port === 0 ? FROM + Math.floor(Math.random() * (TO - FROM)) : port;
    try {
      server.listen({ ...options, port: wanted });
      await once(server, 'listening');
      return wanted;
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (port !== 0 || !isTaken || tried === TRIES) throw error;
    }
  }
}
