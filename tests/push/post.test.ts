import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { post } from '#lib/push/post.ts';

const never = new AbortController().signal;

/** What posting to this server comes to. */
async function posted(server: Server, signal = never) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return post({ url: `http://127.0.0.1:${port}/`, headers: {}, body: Buffer.from('a message') }, signal);
}

/** Says this once it has heard something, as it stands, and then closes or stays. */
const saying = (said: string, stays = true): Server =>
  createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => (stays ? socket.write(said) : socket.end(said)));
  });

const answering = (listener: RequestListener): Server =>
  createServer((request, response) => {
    response.on('error', () => {});
    request.resume().on('end', () => listener(request, response));
  });

test.each([201, 503])('an answer of %s counts, also where its words never end', async (status) => {
  const slow = answering((_, response) => {
    response.writeHead(status, { 'retry-after': '7' }).write('busy');
  });
  const answer = { outcome: 'answered', status, retryAfter: '7', words: 'busy' };
  expect(await posted(slow, AbortSignal.timeout(500))).toEqual(answer);
});

test('of an answer without end only the first words are heard', async () => {
  const endless = answering((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.writeHead(200).on('drain', more);
    more();
  });
  expect(await posted(endless)).toMatchObject({ outcome: 'answered', status: 200, words: 'x'.repeat(300) });
});

test.each([
  [
    'wants to speak another protocol',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n',
    true,
  ],
  ['speaks none that is known', 'hello\r\n\r\n', true],
  ['hangs up', '', false],
])('who %s has not answered, and may have taken it', async (_, said, stays) => {
  expect(await posted(saying(said, stays))).toMatchObject({ outcome: 'failed', isOut: true });
});

test('a redirect is an answer', async () => {
  const elsewhere = answering((_, response) => {
    response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end();
  });
  expect(await posted(elsewhere)).toMatchObject({ outcome: 'answered', status: 307 });
});
