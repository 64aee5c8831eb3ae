import { request } from 'node:http';

/** Where the review server finds the parts it reports on. */
export type Parts = {
  readonly ankiConnectUrl: string;
  /** Null where the bridge add-on is not installed: its port refuses. */
  readonly bridgeUrl: string | null;
};

/** `body`: text where it is no JSON. */
export type Reply = { readonly status: number; readonly body: unknown; readonly isText?: boolean };

export const REFUSED = 'All connection attempts failed';
/** By the kind of action: on the window, any other, a sync. Source: review reference §2. */
export const TIMEOUT_MS = { gui: 4_000, other: 2_000, sync: 120_000 };

export type Answer = { readonly status: number; readonly body: string } | { readonly error: string };

/** An action of AnkiConnect with its parameters; null: a plain GET. */
export type Asked = { readonly action: string; readonly params?: Readonly<Record<string, unknown>> } | null;

/** One call on a fresh socket. A timeout has no words, as in the real server's HTTP library. Never rejects. */
export function ask(url: string, asked: Asked, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    const body = asked === null ? '' : JSON.stringify({ ...asked, version: 6 });
    const headers =
      asked === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = request(url, { agent: false, method: asked === null ? 'GET' : 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    const timer = setTimeout(() => {
      resolve({ error: '' });
      call.destroy();
    }, timeoutMs);
    call.on('error', () => resolve({ error: REFUSED })).on('close', () => clearTimeout(timer));
    call.end(body);
  });
}
