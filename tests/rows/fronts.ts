import { NAME } from '#tests/support/lifeline-machine.ts';
import type { Program } from '#tests/support/machine-program.ts';
import { inTime, onMachine, rowTest } from '#tests/support/row-test.ts';
import { printing } from '#tests/support/scripted-tailscale.ts';

/** `tailscale serve` stands between the phone and the server. */
export const frontRows = (): void =>
  onMachine('a server behind tailscale serve', (mac) => {
    let server: Program;
    let front: Program | undefined;
    const serves = async (config: object, mode: string, port: number) => {
      await front?.kill('KILL');
      await mac().tailscale('serve', printing(config));
      front = await mac().run('serve-program.ts', [mode, String(port)], { as: 'tailscaled' });
      server = await mac().serve('--host', '127.0.0.1');
    };
    const web = (port: number) => ({ [`${NAME}:${port}`]: { Handlers: { '/': { Proxy: 'http://127.0.0.1:8000' } } } });

    rowTest(
      'R33',
      'tailscale serve --http in front of nobody',
      { cause: 'not-running', confidence: 'high', code: null },
      async (is) => {
        await mac().run('anki-program.ts');
        await serves({ TCP: { 80: { HTTP: true } }, Web: web(80) }, 'http', 80);
        await mac().watch({ REVIEW_SERVER_URL: `http://${NAME}` });
        return inTime(mac(), is, () => server.kill('KILL'));
      },
    );

    rowTest(
      'R23',
      'tailscale serve --tcp in front of nobody',
      { cause: 'not-running', confidence: 'high', code: -1005 },
      async (is) => {
        await serves({ TCP: { 9000: { TCPForward: '127.0.0.1:8000' } } }, 'tcp', 9_000);
        await mac().watch({ REVIEW_SERVER_URL: `http://${NAME}:9000` });
        return inTime(mac(), is, () => server.kill('KILL'));
      },
    );

    rowTest(
      'R31',
      'a certificate that vouches for itself',
      { cause: 'tls', confidence: 'high', code: -1202 },
      async (is) => {
        await serves({ TCP: { 443: { HTTPS: true } }, Web: web(443) }, 'https', 443);
        await mac().watch({ REVIEW_SERVER_URL: `https://${NAME}` });
        return mac().shows(is);
      },
    );
  });
