import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../temporary-folder.ts';

/** From when until when a certificate says that it is valid, as a clock that is right sees it. */
export const PERIODS = {
  'of this time': ['20240101000000Z', '20990101000000Z'],
  'long over': ['19990101000000Z', '20050101000000Z'],
  'not begun yet': ['20900101000000Z', '20950101000000Z'],
} as const;
export type Period = keyof typeof PERIODS;

/** PEM. */
export interface ServerIdentity {
  readonly cert: string;
  readonly key: string;
}

export interface TestAuthority {
  /** PEM. */
  readonly certificate: string;
  certify(server: {
    readonly period: Period;
    /** As a subject alternative name; this machine unless given. */
    readonly host?: string;
    readonly usage?: 'serverAuth' | 'clientAuth';
  }): ServerIdentity;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const AUTHORITY = ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=critical,keyCertSign'];

/** A TLS authority that gives certificates of any period, which only `openssl ca` does. Lives as long as the test. */
export function testAuthority(period: Period): TestAuthority {
  const folder = temporaryFolder();
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const openssl = (...parameters: readonly string[]) =>
    execFileSync('openssl', parameters, { cwd: folder, stdio: 'ignore' });

  function certificate(name: string, extensions: readonly string[], valid: Period): void {
    const sections = {
      ca: ['default_ca=default'],
      default: ['database=index', 'new_certs_dir=.', 'serial=serial', 'default_md=sha256', 'policy=policy'],
      policy: ['commonName=supplied'],
      extensions,
    };
    write(
      'ca.cnf',
      Object.entries(sections)
        .map(([section, lines]) => [`[${section}]`, ...lines, ''].join('\n'))
        .join('\n'),
    );
    const [from, until] = PERIODS[valid];
    openssl(...['req', ...KEY, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`]);
    openssl(
      ...['ca', '-batch', '-notext', '-config', 'ca.cnf', '-extensions', 'extensions'],
      ...(name === 'authority' ? ['-selfsign'] : ['-cert', 'authority.pem']),
      ...['-keyfile', 'authority.key', '-startdate', from, '-enddate', until],
      ...['-in', `${name}.csr`, '-out', `${name}.pem`],
    );
  }

  write('index', '');
  write('serial', '01');
  certificate('authority', AUTHORITY, period);
  return {
    certificate: read('authority.pem'),
    certify({ period: valid, host = 'IP:127.0.0.1', usage = 'serverAuth' }) {
      const extensions = [
        'basicConstraints=critical,CA:FALSE',
        'keyUsage=critical,digitalSignature',
        `extendedKeyUsage=${usage}`,
        `subjectAltName=${host}`,
      ];
      certificate('server', extensions, valid);
      return { cert: read('server.pem'), key: read('server.key') };
    },
  };
}
