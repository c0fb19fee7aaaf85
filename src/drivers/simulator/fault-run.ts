import { assertNever } from '#domain/result.ts';
import type { Fault, FaultOccasion, FaultRule, FaultScript } from './fault-script.ts';

/** A script that is being played: its rules, and how often each one's occasion came. */
export type FaultRun = readonly { readonly rule: FaultRule; readonly seen: number }[];

export function beginScript(script: FaultScript): FaultRun {
  return script.map((rule) => ({ rule, seen: 0 }));
}

/** What befalls the thing that is about to be sent, and the rules that are left. */
export function meetOccasion(
  run: FaultRun,
  occasion: Exclude<FaultOccasion, 'any'>,
): { readonly run: FaultRun; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const left = run.flatMap(({ rule, seen }) => {
    if (rule.occasion !== occasion && rule.occasion !== 'any') return [{ rule, seen }];
    const now = { rule, seen: seen + 1 };
    if (rule.which !== 'every' && rule.which !== now.seen) return [now];
    faults.push(rule.fault);
    return rule.which === 'every' ? [now] : [];
  });
  return { run: left, faults };
}

/** What goes out in place of an answer, and what happens to the device when it is out. */
export interface Disturbed {
  readonly delay: number;
  readonly bytes: Uint8Array;
  readonly afterwards:
    | { readonly kind: 'nothing' }
    | { readonly kind: 'unplug'; readonly backAfter: number | null }
    | { readonly kind: 'power-cycle'; readonly milliseconds: number }
    | { readonly kind: 'deaf'; readonly milliseconds: number };
}

/** `frame` stays as it is. A status is the module's own doing and passed over here. */
export function disturb(frame: Uint8Array, faults: readonly Fault[]): Disturbed {
  return faults.reduce<Disturbed>(disturbOnce, {
    delay: 0,
    bytes: frame,
    afterwards: { kind: 'nothing' },
  });
}

function disturbOnce(before: Disturbed, fault: Fault): Disturbed {
  const { bytes } = before;
  switch (fault.kind) {
    case 'drop-byte':
      return { ...before, bytes: joined(bytes.subarray(0, fault.at), bytes.subarray(fault.at + 1)) };
    case 'bad-checksum':
      return { ...before, bytes: bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 0x55 : byte)) };
    case 'delay':
      return { ...before, delay: before.delay + fault.milliseconds };
    case 'cut-after':
      return { ...before, bytes: bytes.subarray(0, fault.length) };
    case 'status':
      return before;
    case 'silence':
      return {
        ...before,
        bytes: NOTHING,
        afterwards:
          fault.milliseconds === 0 ? before.afterwards : { kind: 'deaf', milliseconds: fault.milliseconds },
      };
    case 'unplug-at':
      return {
        ...before,
        bytes: bytes.subarray(0, fault.length),
        afterwards: { kind: 'unplug', backAfter: fault.backAfter },
      };
    case 'power-cycle':
      return {
        ...before,
        bytes: NOTHING,
        afterwards: { kind: 'power-cycle', milliseconds: fault.milliseconds },
      };
    case 'babble':
      return { ...before, bytes: joined(rubbish(fault.length), bytes) };
    default:
      return assertNever(fault);
  }
}

const NOTHING = new Uint8Array(0);

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

/** The first bytes of an SDT frame: what follows decides whether it is one. */
const BEGINNING = [0xaa, 0xaa, 0xaa, 0x96, 0x69];

/** The same rubbish for the same length, so that what it led to can be seen again. Park and Miller's generator. */
function rubbish(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let random = 20_260_101;
  for (let at = 0; at < length; at += 1) {
    random = (random * 48_271) % 2_147_483_647;
    bytes[at] = random >> 8;
    if (at % 97 < BEGINNING.length) bytes[at] = BEGINNING[at % 97] ?? 0;
  }
  return bytes;
}

/** The script that one or more simulated devices play. */
export interface ScriptedFaults {
  set(script: FaultScript): void;
  /** Rules that have not been used, one a line; empty when there are none. */
  left(): string;
  meet(occasion: Exclude<FaultOccasion, 'any'>): readonly Fault[];
}

export function scriptedFaults(): ScriptedFaults {
  let run: FaultRun = [];
  return {
    set(script) {
      run = beginScript(script);
    },
    left: () => run.map(({ rule }) => rule.text).join('\n'),
    meet(occasion) {
      const met = meetOccasion(run, occasion);
      run = met.run;
      return met.faults;
    },
  };
}
