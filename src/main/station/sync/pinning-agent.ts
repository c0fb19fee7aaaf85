import { X509Certificate } from 'node:crypto';
import { Agent, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

/** OpenSSL's words for a certificate that is not of this time. */
const OF_ANOTHER_TIME = new Set(['CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED']);
/** RFC 5280 section 4.2.1.12, id-kp-serverAuth. */
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';

/**
 * Connects to servers of pinned authorities only, whatever the dates on their certificates. The wall clock of a
 * terminal may be decades off, and only a signed answer of the registry puts it right: refusing a certificate for its
 * dates would lock such a terminal out for ever. What a pin proves is a key, and a key has no date.
 */
export class PinningAgent extends Agent {
  readonly #pins: () => readonly string[];

  /** `pins`: PEM of the authorities, asked anew for each connection. */
  constructor(options: { readonly pins: () => readonly string[]; readonly maxSockets: number }) {
    // A resumed session would be believed without the check below.
    super({
      keepAlive: true,
      maxSockets: options.maxSockets,
      minVersion: 'TLSv1.3',
      maxCachedSessions: 0,
    });
    this.#pins = options.pins;
  }

  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const pins = [...this.#pins()];
    const socket = super.createConnection({ ...options, ca: pins, rejectUnauthorized: false }, callback);
    if (!(socket instanceof TLSSocket)) throw new Error('a connection over TLS was to be made');
    // Told in the very moment in which the handshake is over: nothing has been sent yet.
    socket.once('secureConnect', () => {
      const fault = faultOf(socket, options.servername || options.host || '', pins);
      if (fault !== null)
        socket.destroy(Object.assign(new Error('the server is not trusted'), { code: fault }));
    });
    return socket;
  }
}

/** OpenSSL's code for why this server is not to be spoken to, or null. */
function faultOf(socket: TLSSocket, host: string, pins: readonly string[]): string | null {
  if (socket.authorized) return null;
  // Node puts the code here, whatever its types say.
  const fault = String(socket.authorizationError);
  const certificate = socket.getPeerX509Certificate();
  if (!OF_ANOTHER_TIME.has(fault) || certificate === undefined) return fault;
  // OpenSSL names one fault of several. All others are looked for again.
  const pinned = pins.some((pin) => isIssuedBy(certificate, pin));
  const forServers = certificate.keyUsage?.includes(SERVER_AUTHENTICATION) ?? true;
  const forHost =
    isIP(host) === 0 ? certificate.checkHost(host, { subject: 'never' }) : certificate.checkIP(host);
  return pinned && forServers && forHost !== undefined ? null : fault;
}

function isIssuedBy(certificate: X509Certificate, pin: string): boolean {
  const authority = readCertificate(pin);
  if (authority === null) return false;
  return authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}

/** Null for what is no certificate: it vouches for nobody. */
function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
