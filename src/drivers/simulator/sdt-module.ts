import { assertNever } from '#domain/result.ts';
import type { SdtRequest } from '../framing/sdt.ts';
import { encodeSdtResponse } from '../framing/sdt.ts';

/** What lies on the simulated reader. */
export type SimulatedCard =
  | {
      readonly kind: 'identity';
      readonly text: Uint8Array;
      readonly photo: Uint8Array;
      /** 512 or 1024 bytes of features; none when left out. */
      readonly fingerprints?: Uint8Array;
      /** UTF-16LE, a multiple of 70 bytes, as it was written to the chip after the card was made; none when left out. */
      readonly newestAddress?: Uint8Array;
      /** 28 bytes; zeros when left out. */
      readonly bodyNumber?: Uint8Array;
    }
  /** Some other card of the same radio type. */
  | { readonly kind: 'foreign' };

/** In what models differ. */
export interface SdtModel {
  /** A card that was read is found again before it was lifted. Which models do is unverified. */
  readonly findsReadCards: boolean;
  /** Knows 30 10. */
  readonly readsFingerprints: boolean;
  /** The largest block over the radio that 61 FF is taken with is one of these. */
  readonly radioBlocks: readonly number[];
}

export const STRICT_MODEL: SdtModel = {
  findsReadCards: false,
  readsFingerprints: true,
  radioBlocks: [0x50, 0x58],
};

/** How far the card in the field has come: each step wants the one before. */
export type CardStep = 'new' | 'found' | 'selected' | 'read';

/** Everything a module remembers while it has power. */
export interface SdtModule {
  readonly model: SdtModel;
  readonly card: SimulatedCard | null;
  readonly step: CardStep;
  /** Bits a second on the line, as `60 0n` last set it. */
  readonly baudRate: number;
}

/** What a module is asked, in the words of a fault script. */
export const SDT_OCCASIONS = [
  'reset',
  'status',
  'sam-id',
  'find',
  'select',
  'read',
  'newest-address',
  'body-number',
  'line-rate',
  'radio-block',
  'unknown',
] as const;
export type SdtOccasion = (typeof SDT_OCCASIONS)[number];

export interface ModuleReply {
  readonly module: SdtModule;
  readonly frame: Uint8Array;
}

/** `99.01-20260101-0000000001-0000000001`: 99 where a real module has its maker's number. */
const SAM_ID = new Uint8Array([99, 0, 1, 0, 0x05, 0x25, 0x35, 0x01, 1, 0, 0, 0, 1, 0, 0, 0]);
const BODY_NUMBER_LENGTH = 28;
const LINE_RATES = [115200, 57600, 38400, 19200, 9600] as const;

export function newModule(options: { readonly model: SdtModel; readonly baudRate: number }): SdtModule {
  return { ...options, card: null, step: 'new' };
}

/** Lays a card down; one that lies there already is taken away first. Null lifts it. */
export function layCard(module: SdtModule, card: SimulatedCard | null): SdtModule {
  return { ...module, card, step: 'new' };
}

/** Without power it forgets which card it has read. */
export function losePower(module: SdtModule): SdtModule {
  return { ...module, step: 'new' };
}

/** Commands of GA/T 467-2019 chapter 7; the table stands in `drivers/reader/sdt-commands.ts`. */
export function occasionOf(request: SdtRequest): SdtOccasion {
  switch ((request.command << 8) | request.parameter) {
    case 0x10ff:
      return 'reset';
    case 0x11ff:
      return 'status';
    case 0x12ff:
      return 'sam-id';
    case 0x2001:
      return 'find';
    case 0x2002:
      return 'select';
    case 0x3001:
    case 0x3010:
      return 'read';
    case 0x3003:
      return 'newest-address';
    case 0x3005:
      return 'body-number';
    case 0x61ff:
      return 'radio-block';
    default:
      return request.command === 0x60 && request.parameter < LINE_RATES.length ? 'line-rate' : 'unknown';
  }
}

/** A module that refuses did nothing with the card, which is found again unless it was read before. */
export function refuseRequest(module: SdtModule, status: number): ModuleReply {
  return say(module.step === 'read' ? module : { ...module, step: 'new' }, status);
}

/** What a module answers, and what it has become. */
export function answerRequest(module: SdtModule, request: SdtRequest): ModuleReply {
  const occasion = occasionOf(request);
  switch (occasion) {
    case 'reset':
      return say(module.step === 'read' ? module : { ...module, step: 'new' }, 0x90);
    case 'status':
      return say(module, 0x90);
    case 'sam-id':
      return say(module, 0x90, SAM_ID);
    case 'find':
      return find(module);
    case 'select':
      return select(module);
    case 'read':
      return read(module, request.parameter === 0x10);
    case 'newest-address':
      return newestAddress(module);
    case 'body-number':
      return bodyNumber(module);
    case 'line-rate':
      // Answered at the old rate. Unverified: some models may answer at the new one.
      return say({ ...module, baudRate: LINE_RATES[request.parameter] ?? module.baudRate }, 0x90);
    case 'radio-block': {
      const [block, ...more] = request.data;
      if (block === undefined || more.length > 0) return say(module, 0x11);
      return say(module, module.model.radioBlocks.includes(block) ? 0x90 : 0x24);
    }
    case 'unknown':
      return say(module, 0x21);
    default:
      return assertNever(occasion);
  }
}

function say(module: SdtModule, status: number, data?: Uint8Array): ModuleReply {
  return { module, frame: encodeSdtResponse(data ? { status, data } : { status }) };
}

function find(module: SdtModule): ModuleReply {
  const hidden = module.step === 'read' && !module.model.findsReadCards;
  if (module.card === null || hidden) return say(module, 0x80);
  return say({ ...module, step: 'found' }, 0x9f, new Uint8Array(4));
}

function select(module: SdtModule): ModuleReply {
  if (module.card === null || module.step !== 'found') return say(module, 0x81);
  if (module.card.kind === 'foreign') return say(module, 0x40);
  return say({ ...module, step: 'selected' }, 0x90, new Uint8Array(8));
}

/**
 * The lengths of the fields, big-endian 16 bits each, then the fields: text, photo and, for 30 10, fingerprints. Without
 * a find and a select before it, and a second time after one select, reading fails.
 */
function read(module: SdtModule, withFingerprints: boolean): ModuleReply {
  const { card, model } = module;
  if (withFingerprints && !model.readsFingerprints) return say(module, 0x21);
  if (card === null || card.kind === 'foreign' || module.step !== 'selected') return say(module, 0x41);
  const fields = [card.text, card.photo];
  if (withFingerprints) fields.push(card.fingerprints ?? new Uint8Array(0));
  const lengths = fields.flatMap(({ length }) => [length >> 8, length & 0xff]);
  const data = new Uint8Array(lengths.length + fields.reduce((sum, field) => sum + field.length, 0));
  data.set(lengths);
  let at = lengths.length;
  for (const field of fields) {
    data.set(field, at);
    at += field.length;
  }
  return say({ ...module, step: 'read' }, 0x90, data);
}

function newestAddress(module: SdtModule): ModuleReply {
  const { card } = module;
  if (card === null || card.kind === 'foreign' || module.step !== 'read') return say(module, 0x41);
  return card.newestAddress ? say(module, 0x90, card.newestAddress) : say(module, 0x91);
}

/** The order of its parts differs between papers; nothing in this product reads it. */
function bodyNumber(module: SdtModule): ModuleReply {
  const { card } = module;
  const selected = module.step === 'selected' || module.step === 'read';
  if (card === null || card.kind === 'foreign' || !selected) return say(module, 0x41);
  return say(module, 0x90, card.bodyNumber ?? new Uint8Array(BODY_NUMBER_LENGTH));
}
