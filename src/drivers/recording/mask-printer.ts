import { isStatus, isToldInTurn } from '../printer/printer-status.ts';
import { FILLER, type Mask } from './mask.ts';
import { maskReceipt } from './mask-receipt.ts';

/** `10 04 n`, n = 1..4. */
const STATUS_QUESTION = [0x10, 0x04] as const;
const STATUS_QUESTION_LENGTH = 3;
/** An idle printer's, in place of one that nobody asked for. */
const SOME_STATUS = 0x12;
const SOME_TURN = 0x00;

/**
 * A receipt printer's line. Only an octet that comes alone after a question for the state is its answer, and stays. Other
 * octets can be anything, a scanner's on a port that was mistaken for the printer's: they become the plainest octet that
 * the driver takes for the same (a state, an answer in turn, neither).
 */
export function maskPrinter(): Mask {
  let asked = false;
  return {
    asked(bytes) {
      asked = STATUS_QUESTION.every((octet, index) => bytes[index] === octet);
      asked &&= bytes.length === STATUS_QUESTION_LENGTH;
      return maskReceipt(bytes);
    },
    heard(bytes) {
      const isAnswer = asked && bytes.length === 1 && bytes.some(isStatus);
      if (bytes.some(isStatus)) asked = false;
      return isAnswer ? bytes.slice() : bytes.map(plainest);
    },
    settle: () => new Uint8Array(0),
  };
}

function plainest(octet: number): number {
  if (isStatus(octet)) return SOME_STATUS;
  return isToldInTurn(octet) ? SOME_TURN : FILLER;
}
