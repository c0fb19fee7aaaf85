import { execFile } from 'node:child_process';
import { chmod, readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-sha256'];

/** What the HTTPS server shows, and the private authority that stations pin. */
export interface TlsIdentity {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
  /** PEM; stands in the trust list. */
  readonly authority: string;
}

/**
 * Makes a private authority and a server certificate in `folder`, with `openssl`. Stations trust this authority and no
 * other, so that a certificate of a public authority, however obtained, is worth nothing against them.
 *
 * @param hosts names and addresses that stations call the registry by; loopback is always among them
 */
export async function makeTlsIdentity(folder: string, hosts: readonly string[]): Promise<void> {
  const names = [...new Set(['127.0.0.1', 'localhost', ...hosts])];
  const alternatives = names.map((name) => (isIP(name) === 0 ? `DNS:${name}` : `IP:${name}`)).join(',');
  const at = (name: string) => join(folder, name);
  await openssl([
    ...['req', '-x509', ...CURVE, '-days', '7300', '-subj', '/CN=e-ID registry TLS authority'],
    ...['-keyout', at('authority.key'), '-out', at('authority.pem')],
    ...['-addext', 'basicConstraints=critical,CA:TRUE,pathlen:0'],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  ]);
  await openssl([
    ...['req', '-x509', ...CURVE, '-days', '1825', '-subj', '/CN=e-ID registry'],
    ...['-CA', at('authority.pem'), '-CAkey', at('authority.key')],
    ...['-keyout', at('server.key'), '-out', at('server.pem')],
    ...['-addext', `subjectAltName=${alternatives}`],
    ...['-addext', 'basicConstraints=critical,CA:FALSE'],
    ...['-addext', 'keyUsage=critical,digitalSignature'],
    ...['-addext', 'extendedKeyUsage=serverAuth'],
  ]);
  await chmod(at('authority.key'), 0o600);
  await chmod(at('server.key'), 0o600);
}

export async function readTlsIdentity(folder: string): Promise<TlsIdentity> {
  const [certificate, key, authority] = await Promise.all(
    ['server.pem', 'server.key', 'authority.pem'].map((name) => readFile(join(folder, name), 'utf8')),
  );
  if (certificate === undefined || key === undefined || authority === undefined) {
    throw new Error('a TLS file was not read');
  }
  return { certificate, key, authority };
}

async function openssl(parameters: readonly string[]): Promise<void> {
  try {
    await run('openssl', [...parameters], { timeout: 60_000 });
  } catch (fault) {
    const missing = fault instanceof Error && 'code' in fault && fault.code === 'ENOENT';
    throw new Error(
      missing
        ? 'openssl is not installed; it makes the TLS certificate (Debian: apt install openssl)'
        : `openssl ${parameters[0] ?? ''} failed`,
      { cause: fault },
    );
  }
}
