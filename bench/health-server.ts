// Run as a child process: a review server whose health is always fine. It sends its port to its parent and ends with it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const body = JSON.stringify({ server: 'ok', anki_addon: 'ok', ankiconnect: 'ok', anki_running: 'ok' });

const server = createServer((_, response) => {
  response.writeHead(200, { server: 'uvicorn', 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
