import type { SsiScannerDevice } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import { withoutEnding } from '../framing/line.ts';
import { encodeSsi, SSI, SSI_NAK, type SsiFrame, type SsiPacket, ssiDeframer } from '../framing/ssi.ts';
import { drivenProtocol } from './driven-protocol.ts';
import { DAMAGED, scanEffects, TOO_LONG } from './scan-effects.ts';
import { LONGEST_SCAN, readScan } from './scan-text.ts';
import { earlier, type ScannerEffect, type ScannerProtocol } from './scanner-protocol.ts';
import { ssiParts } from './ssi-parts.ts';
import { ssiSymbology } from './ssi-symbology.ts';
import { toldScanner } from './told-scanner.ts';
import { ssiTriggerWords } from './trigger-words.ts';

/** Silence after which what has begun is no packet, milliseconds. The scanner repeats only after much longer. */
const PACKET_GAP = 100;
/** How often in a row a packet is asked for again. Then the scanner's own repetition is all that is left. */
const MOST_RESENDS = 3;
/** Silence after which the rest of a continued code no longer comes, milliseconds. */
const PART_GAP = 5000;

const ACK: ScannerEffect = { do: 'write', bytes: encodeSsi({ opcode: SSI.ack, source: 'host' }) };
const RESEND: ScannerEffect = {
  do: 'write',
  bytes: encodeSsi({ opcode: SSI.nak, source: 'host', data: Uint8Array.of(SSI_NAK.resend) }),
};
const REFUSALS: Readonly<Record<number, string>> = {
  [SSI_NAK.badContext]: 'not now',
  [SSI_NAK.denied]: 'denied',
};

/** A scanner that sends Zebra's packets and repeats each until it is acknowledged. */
export function createSsiProtocol(device: SsiScannerDevice): ScannerProtocol {
  const { encoding } = device;
  const deframer = ssiDeframer('scanner');
  const parts = ssiParts(LONGEST_SCAN);
  const told = toldScanner(ssiTriggerWords(device.trigger));
  let heardAt = 0;
  let partAt = 0;
  let resends = 0;

  function onDecodeData(packet: SsiPacket, at: number): ScannerEffect[] {
    partAt = at;
    const part = parts.add(packet);
    switch (part.kind) {
      case 'repeated':
      case 'unfinished':
        return [ACK];
      case 'too-long':
        return [ACK, ...TOO_LONG];
      case 'scan': {
        const symbology = ssiSymbology(part.type);
        const effects = scanEffects(readScan({ bytes: withoutEnding(part.bytes), encoding, symbology }));
        part.bytes.fill(0);
        return [ACK, ...effects, ...told.step({ type: 'looked' }, at)];
      }
      default:
        return assertNever(part);
    }
  }

  function onPacket(packet: SsiPacket, at: number): ScannerEffect[] {
    switch (packet.opcode) {
      case SSI.ack:
        return told.step({ type: 'answered', command: null, refusal: null }, at);
      case SSI.nak: {
        const [cause = 0] = packet.data;
        if (cause === SSI_NAK.resend) return told.step({ type: 'repeat' }, at);
        const refusal = REFUSALS[cause] ?? `cause ${cause}`;
        return told.step({ type: 'answered', command: null, refusal }, at);
      }
      case SSI.decodeData:
        return onDecodeData(packet, at);
      default:
        // Events and answers that were not asked for are repeated too until they are acknowledged.
        return [ACK];
    }
  }

  function onFrame(frame: SsiFrame, at: number): ScannerEffect[] {
    if (frame.kind === 'damaged') return [DAMAGED];
    resends = 0;
    const effects = onPacket(frame.packet, at);
    frame.packet.data.fill(0);
    return effects;
  }

  const packetDue = () => (deframer.spoilt() || deframer.pending() > 0 ? heardAt + PACKET_GAP : null);
  const partDue = () => (parts.begun() ? partAt + PART_GAP : null);
  const isDue = (due: number | null, at: number) => due !== null && at >= due;

  function onSilence(at: number): ScannerEffect[] {
    const effects: ScannerEffect[] = [];
    if (isDue(packetDue(), at)) {
      if (!deframer.spoilt()) effects.push(DAMAGED);
      if (resends < MOST_RESENDS) effects.push(RESEND);
      resends += 1;
      deframer.reset();
    }
    if (isDue(partDue(), at)) {
      effects.push(DAMAGED);
      parts.reset();
    }
    return effects;
  }

  return drivenProtocol(
    {
      take(bytes, at) {
        heardAt = at;
        return deframer.push(bytes).flatMap((frame) => onFrame(frame, at));
      },
      silence: onSilence,
      due: () => earlier(packetDue(), partDue()),
      drop: () => parts.drop(),
      reset() {
        deframer.reset();
        parts.reset();
        resends = 0;
      },
    },
    told,
  );
}
