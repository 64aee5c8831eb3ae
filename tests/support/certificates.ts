import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Certificate = { readonly key: string; readonly cert: string };

/** A certificate authority of the test's own; nobody trusts it who was not told to. */
export type Authority = Certificate & {
  /** Signs for these names; the dates, `YYYYMMDDHHMMSSZ`, default to the year around now. */
  readonly sign: (names: readonly string[], validity?: Validity) => Promise<Certificate>;
  readonly remove: () => Promise<void>;
};

type Validity = { readonly from?: string; readonly to?: string };

/** Makes an authority in a directory of its own, with the machine's `openssl`. */
export async function makeAuthority(): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), 'authority-'));
  const openssl = (...args: readonly string[]) => run('openssl', args, { cwd: folder });
  await writeFile(join(folder, 'ca.conf'), configuration);
  await writeFile(join(folder, 'index.txt'), '');
  await writeFile(join(folder, 'serial'), '01\n');
  await openssl(...newKey('ca'), '-x509', '-subj', '/CN=Test Authority', '-days', '30', '-out', 'ca.pem');

  let made = 0;
  return {
    ...(await readPair(folder, 'ca')),
    async sign(names, { from = stampIn(-1), to = stampIn(365) } = {}) {
      made += 1;
      const name = `leaf-${made}`;
      await writeFile(join(folder, `${name}.ext`), `subjectAltName=${names.map(altName).join(',')}\n`);
      await openssl(...newKey(name), '-subj', `/CN=${name}`, '-out', `${name}.csr`);
      const dates = ['-startdate', from, '-enddate', to];
      const files = ['-in', `${name}.csr`, '-out', `${name}.pem`, '-extfile', `${name}.ext`];
      await openssl('ca', '-batch', '-notext', '-config', 'ca.conf', ...dates, ...files);
      return readPair(folder, name);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A certificate that vouches for itself. */
export async function makeSelfSigned(name: string): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'self-signed-'));
  const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${altName(name)}`];
  await run('openssl', [...newKey('self'), '-x509', ...names, '-days', '30', '-out', 'self.pem'], { cwd: folder });
  const pair = await readPair(folder, 'self');
  await rm(folder, { recursive: true, force: true });
  return pair;
}

/** The moment some days from now, as `openssl ca` writes it. */
export const stampIn = (days: number): string =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}Z`;

const newKey = (name: string): readonly string[] => [
  ...['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
  ...['-nodes', '-keyout', `${name}.key`],
];

const altName = (name: string): string => `${/^[\d.]+$|:/.test(name) ? 'IP' : 'DNS'}:${name}`;

async function readPair(folder: string, name: string): Promise<Certificate> {
  const read = (file: string) => readFile(join(folder, file), 'utf8');
  return { key: await read(`${name}.key`), cert: await read(`${name}.pem`) };
}

const configuration = `
[ca]
default_ca = own
[own]
dir = .
database = index.txt
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
serial = serial
default_md = sha256
policy = any
[any]
commonName = supplied
`;
