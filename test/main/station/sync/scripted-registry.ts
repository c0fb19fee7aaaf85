import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { REGISTRY_CONTENT_TYPES } from '#contract/registry-api.ts';
import { signAcknowledgement } from '#protocol/acknowledgement.ts';
import { type Envelope, openEnvelope } from '#protocol/envelope.ts';
import { hashOf } from '#protocol/hash.ts';
import { encodeBody } from '#protocol/http-body.ts';
import { signResponse } from '#protocol/http-signature.ts';
import { readSignature } from '#protocol/http-signature-fields.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { decodeUpload } from '#protocol/packet.ts';
import { signRefusal } from '#protocol/refusal.ts';
import { makeTlsIdentity } from '#registry/founding/tls-identity.ts';
import { installLocally, type LocalInstallation } from '../desk/local-installation.ts';

/** One request as it came in, and the means to answer it well, badly or not at all. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly body: Uint8Array;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The envelope that was uploaded. */
  sent(): { readonly envelope: Envelope; readonly envelopeSha256: Uint8Array };
  /** Answers signed, with the acknowledgement key unless another is given. */
  answer(status: number, contentType: string, body: Uint8Array, signer?: Signer): void;
  /** An acknowledgement of what was uploaded, changed as wished. */
  acknowledgement(
    changes?: Partial<Parameters<typeof signAcknowledgement>[0]['acknowledgement']>,
    signer?: Signer,
  ): Uint8Array;
  refusal(changes?: Partial<Parameters<typeof signRefusal>[0]['refusal']>, signer?: Signer): Uint8Array;
}

/** SHA-256 of envelopes by sequence. */
export type Held = Map<number, Uint8Array>;

export interface ScriptedRegistry {
  readonly installed: LocalInstallation;
  /** Path and method of every upload, in order of arrival. */
  readonly uploads: string[];
  /** What was acknowledged, which the statements about the chain go by. */
  readonly held: Held;
  /** What is done with uploads; acknowledges them unless told. Every other call is answered properly. */
  onUpload(behave: (incoming: Incoming) => void): void;
  /** What is done with everything else; `true` when it was answered. */
  onOther(behave: (incoming: Incoming) => boolean): void;
}

/**
 * An HTTPS server with real keys that plays the registry of one station, well or badly, in the folder that the station
 * will run on.
 */
export async function scriptedRegistry(
  folder: string,
  options: {
    readonly ownAuthority?: boolean;
    readonly certifiedUntil?: number;
    readonly sealingUntil?: number;
  } = {},
): Promise<ScriptedRegistry> {
  const { ownAuthority, ...validity } = options;
  const pem = ownAuthority ? await newTlsFiles() : await sharedTlsFiles();
  const server = createServer({ cert: pem('server.pem'), key: pem('server.key') });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const installed = await installLocally({
    folder,
    registryUrl: `https://127.0.0.1:${port}`,
    tlsCertificate: pem('authority.pem'),
    ...validity,
  });
  let upload = (incoming: Incoming) =>
    incoming.answer(200, REGISTRY_CONTENT_TYPES.acknowledgement, incoming.acknowledgement());
  let other = (_: Incoming) => false;
  const uploads: string[] = [];
  const held: Held = new Map();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void readBody(request).then((body) => {
      if (body === null) return;
      const incoming = incomingOf({ request, response, body, installed, held });
      if (incoming.path.startsWith('/v1/packets/') && incoming.method === 'POST') {
        uploads.push(incoming.path.slice('/v1/packets/'.length));
        upload(incoming);
      } else if (!other(incoming)) answerProperly(incoming, held);
    });
  });
  return {
    installed,
    uploads,
    held,
    onUpload: (behave) => {
      upload = behave;
    },
    onOther: (behave) => {
      other = behave;
    },
  };
}

type TlsFiles = (name: string) => string;

async function newTlsFiles(): Promise<TlsFiles> {
  const folder = mkdtempSync(join(tmpdir(), 'eid-tls-'));
  await makeTlsIdentity(folder, []);
  const files = new Map(
    ['server.pem', 'server.key', 'authority.pem'].map((name) => [
      name,
      readFileSync(join(folder, name), 'utf8'),
    ]),
  );
  rmSync(folder, { recursive: true });
  return (name) => files.get(name) ?? '';
}

let shared: Promise<TlsFiles> | undefined;

/** Making an authority takes openssl half a second; one for all tests of a file is enough. */
function sharedTlsFiles(): Promise<TlsFiles> {
  shared ??= newTlsFiles();
  return shared;
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return null; // the station hung up: nobody is there to be answered
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function incomingOf(call: {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Uint8Array;
  readonly installed: LocalInstallation;
  readonly held: Held;
}): Incoming {
  const { request, response, body, installed, held } = call;
  const { acknowledgement: key } = installed.registry;
  const sent = () => {
    const upload = decodeUpload(body);
    if (!upload.ok) throw new Error('not an upload');
    const verifier = nodeVerifier(installed.publicKey);
    const envelope = openEnvelope({ octets: upload.value.envelope, findVerifier: () => verifier });
    if (!envelope.ok) throw new Error(envelope.error.where);
    return { envelope: envelope.value, envelopeSha256: hashOf(upload.value.envelope) };
  };
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    body,
    request,
    response,
    sent,
    answer: (status, contentType, answer, signer = key) => {
      const signed = signResponse({
        status,
        body: answer,
        requestSignature: String(request.headers.signature),
        created: Math.floor(Date.now() / 1000),
        signer,
      });
      response.writeHead(status, { ...signed, 'content-type': contentType }).end(answer);
    },
    acknowledgement: (changes = {}, signer = key) => {
      const { envelope, envelopeSha256 } = sent();
      const { packetId, stationId, installation, sequence, sealedSha256 } = envelope;
      held.set(sequence, envelopeSha256);
      return signAcknowledgement({
        signer,
        acknowledgement: {
          packetId,
          envelopeSha256,
          sealedSha256,
          stationId,
          installation,
          sequence,
          receivedAt: Date.now(),
          chainHead: { sequence, envelopeSha256 },
          gaps: [],
          flags: [],
          ...changes,
        },
      });
    },
    refusal: (changes = {}, signer = key) => {
      const { envelope, envelopeSha256 } = sent();
      const refusal = {
        packetId: envelope.packetId,
        envelopeSha256,
        reason: 'conflict',
        at: Date.now(),
        ...changes,
      } as const;
      return signRefusal({ refusal, signer });
    },
  };
}

function answerProperly(incoming: Incoming, held: Held): void {
  if (incoming.path.startsWith('/v1/time')) {
    const read = readSignature(
      incoming.request.headers['signature-input'],
      incoming.request.headers.signature,
    );
    const nonce = read.ok ? (read.value.parameters.nonce ?? '') : '';
    incoming.answer(200, REGISTRY_CONTENT_TYPES.time, encodeBody({ now: Date.now(), nonce }));
    return;
  }
  if (incoming.path.startsWith('/v1/decisions')) {
    const head = Math.max(0, ...held.keys());
    const missing = Array.from({ length: head }, (_, index) => index + 1).filter((each) => !held.has(each));
    const headSha256 = held.get(head) ?? new Uint8Array(32);
    const chain = { head, headSha256, gaps: missing.map((each) => [each, each]) };
    incoming.answer(
      200,
      REGISTRY_CONTENT_TYPES.cbor,
      encodeBody({ decisions: [], next: '0', more: false, chain }),
    );
    return;
  }
  incoming.response.writeHead(404).end();
}
