import { describe, expect, test } from 'vitest';
import { probe } from '#tests/support/probing.ts';
import { HEALTH, ok, rawServer, replying, targetAt } from '#tests/support/raw-servers.ts';

const probeReply = async (bytes: string | Buffer) => probe(targetAt(await replying(bytes)));

describe('bytes that are no HTTP', () => {
  test.each([
    ['an SSH server', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a TLS alert', Buffer.from([0x15, 3, 3, 0, 2, 2, 70])],
    ['plain text', 'hello\r\n'],
    ['HTTP/0.9', '<html>hello</html>'],
  ])('%s is not HTTP', async (_, bytes) => {
    expect(await probeReply(bytes)).toMatchObject({ failedIn: 'firstByte', reason: 'not-http' });
  });

  test('a server that greets before it is asked is not HTTP', async () => {
    const port = await rawServer((socket) => socket.write('220 mail ready\r\n'));
    expect(await probe(targetAt(port))).toMatchObject({ failedIn: 'firstByte', reason: 'not-http' });
  });
});

describe('HTTP that contradicts itself', () => {
  test.each([
    ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n', 'HPE_INVALID_CONTENT_LENGTH'],
    [
      'two lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n',
      'HPE_UNEXPECTED_CONTENT_LENGTH',
    ],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'HPE_INVALID_TRANSFER_ENCODING',
    ],
    ['a NUL in a header', 'HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n', 'HPE_INVALID_HEADER_TOKEN'],
    ['a status that is no number', 'HTTP/1.1 fine\r\n\r\n', 'HPE_INVALID_STATUS'],
  ])('%s is malformed, in the head', async (_, bytes, code) => {
    expect(await probeReply(bytes)).toMatchObject({ failedIn: 'firstByte', reason: 'malformed', code });
  });

  test('a chunk size that is no number is malformed, in the body', async () => {
    const bytes = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n';
    expect(await probeReply(bytes)).toMatchObject({ failedIn: 'download', reason: 'malformed' });
  });

  test.each(['close', 'keep-alive'])('a body longer than announced (%s) is malformed, not fine', async (connection) => {
    expect(await probeReply(`${ok(HEALTH, { connection })}{"more":1}`)).toMatchObject({
      failedIn: 'download',
      reason: 'malformed',
    });
  });
});

describe('a body that ends too soon', () => {
  test('is truncated when it is shorter than announced', async () => {
    expect(await probeReply(ok(HEALTH, { 'content-length': '4000' }))).toMatchObject({
      failedIn: 'download',
      reason: 'truncated',
    });
  });

  test('is truncated when the last chunk is missing', async () => {
    const text = JSON.stringify(HEALTH);
    const chunk = `${text.length.toString(16)}\r\n${text}\r\n`;
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await probeReply(head + chunk)).toMatchObject({ failedIn: 'download', reason: 'truncated' });
    expect(await probeReply(`${head}${chunk}0\r\n\r\n`)).toMatchObject({ outcome: 'answered' });
  });

  test('is a reset when the connection broke', async () => {
    const port = await rawServer((socket) =>
      socket.once('data', () => socket.write(ok(HEALTH, { 'content-length': '4000' }), () => socket.resetAndDestroy())),
    );
    expect(await probe(targetAt(port))).toMatchObject({ reason: 'reset' });
  });
});

describe('a flood', () => {
  test('of headers is too large', async () => {
    const bytes = `HTTP/1.1 200 OK\r\nX-Padding: ${'a'.repeat(40_000)}\r\n\r\n`;
    expect(await probeReply(bytes)).toMatchObject({ failedIn: 'firstByte', reason: 'too-large' });
  });

  test('of a body is too large from the first byte beyond 64 KiB', async () => {
    const padded = (bytes: number) => JSON.stringify(HEALTH).padEnd(bytes);
    expect(await probeReply(ok(padded(65_536)))).toMatchObject({ outcome: 'answered' });
    expect(await probeReply(ok(padded(65_537)))).toMatchObject({ failedIn: 'download', reason: 'too-large' });
  });

  test('that never ends is cut off', async () => {
    const port = await rawServer((socket) => {
      const pour = () => {
        while (socket.writable && socket.write('x'.repeat(65_536)));
      };
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.on('drain', pour);
      pour();
    });
    expect(await probe(targetAt(port))).toMatchObject({ failedIn: 'download', reason: 'too-large' });
  });
});

describe('a status that is not 200', () => {
  test('3xx is a redirect, told with where it points and not followed', async () => {
    const bytes = 'HTTP/1.1 307 Temporary Redirect\r\nLocation: https://elsewhere.example/health\r\n\r\n';
    expect(await probeReply(bytes)).toMatchObject({
      failedIn: 'firstByte',
      reason: 'redirect',
      status: 307,
      detail: 'https://elsewhere.example/health',
    });
  });

  test.each([204, 404, 500, 502, 503])('%i is a wrong status, told with the program that said it', async (status) => {
    const bytes = `HTTP/1.1 ${status} Whatever\r\nServer: nginx/1.27\r\nContent-Length: 0\r\n\r\n`;
    expect(await probeReply(bytes)).toMatchObject({ reason: 'wrong-status', status, detail: 'nginx/1.27' });
  });

  test('101 is one too', async () => {
    const bytes = 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n';
    expect(await probeReply(bytes)).toMatchObject({ reason: 'wrong-status', status: 101 });
  });

  test('what a server says of itself is cut to 200 characters', async () => {
    const bytes = `HTTP/1.1 500 Oh\r\nServer: ${'a'.repeat(900)}\r\n\r\n`;
    expect(await probeReply(bytes)).toMatchObject({ detail: 'a'.repeat(200) });
  });
});

describe('a 200 with another body', () => {
  const answered = (body: unknown, headers?: Record<string, string>) => probeReply(ok(body, headers));
  const html = { server: 'nginx', 'content-type': 'text/html' };

  test('errors in the health are the health, in its own words', async () => {
    const broken = { ...HEALTH, anki_addon: 'error: ', ankiconnect: 'error_500', anki_running: 'not_running' };
    expect(await answered(broken)).toMatchObject({
      outcome: 'answered',
      health: { server: 'ok', ankiAddon: 'error: ', ankiConnect: 'error_500', ankiRunning: 'not_running' },
    });
  });

  test('words of the health are cut to 200 characters, keys it does not know are no harm', async () => {
    expect(await answered({ ...HEALTH, ankiconnect: 'é'.repeat(900), version: 3 })).toMatchObject({
      health: { ankiConnect: 'é'.repeat(200) },
    });
  });

  test.each([
    ['a web page', '<html>It works!</html>', html],
    ['nothing', '', { server: 'nginx', 'content-type': 'text/plain' }],
    ['another health', { status: 'ok' }, {}],
    ['another health with the most common key', { server: 'ok' }, {}],
    ['JSON that is no object', [1, 2], {}],
    ['broken JSON of another program', '{"status": ', { server: 'Werkzeug/3.0' }],
  ])('%s is of a wrong server', async (_, body, headers) => {
    expect(await answered(body, headers)).toMatchObject({ failedIn: 'download', reason: 'wrong-server', status: 200 });
  });

  test('a wrong server is told with its name', async () => {
    expect(await answered('<html>', html)).toMatchObject({ detail: 'nginx' });
  });

  test.each([
    ['a key short', { server: 'ok', anki_addon: 'ok', ankiconnect: 'ok' }],
    ['a number for a word', { ...HEALTH, ankiconnect: 200 }],
    ['its end missing', JSON.stringify(HEALTH).slice(0, -9)],
    ['no JSON, though announced by uvicorn', ''],
  ])('the health with %s is a bad body', async (_, body) => {
    expect(await answered(body)).toMatchObject({ failedIn: 'download', reason: 'bad-body', status: 200 });
  });
});
